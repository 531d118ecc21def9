import { fireEvent, screen, waitFor } from '@testing-library/react';
import React from 'react';

import { Failure } from '../../border/failure';
import { draw, fakeContext } from '../../shared/__tests__/fakes';
import { SchemaEditor } from '../schema-editor';
import { SchemaTree } from '../schema-tree';

function field(path: string, fields: unknown[] = []) {
  const name = path.split('.').pop();
  const type = fields.length ? 'struct' : 'string';
  return {
    name,
    path,
    type,
    nullable: true,
    description: '',
    identity: false,
    mark: null,
    fields
  } as never;
}

const fields = [field('visitor', [field('visitor.id'), field('visitor.age')]), field('url')];

describe('SchemaTree', () => {
  it('opens, closes and chooses by keyboard', () => {
    const onChoose = jest.fn();
    draw(<SchemaTree label="Fields" fields={fields} onChoose={onChoose} />);
    const tree = screen.getByRole('tree', { name: 'Fields' });
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    expect(screen.getAllByRole('treeitem')).toHaveLength(2);
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    fireEvent.keyDown(tree, { key: 'ArrowDown' });
    fireEvent.keyDown(tree, { key: 'Enter' });
    expect(onChoose).toHaveBeenCalledWith(expect.objectContaining({ path: 'visitor.id' }));
  });
});

describe('SchemaEditor', () => {
  const schema = { dataset: 'events', version: 1, fields, leaves: 3, etag: 'e1' };
  const dataset = { name: 'events', rows: 3 } as never;

  it('stores an identity against the version that was seen', async () => {
    const { context, asked } = fakeContext({
      'get /datasets/{name}/schema': schema,
      'patch /datasets/{name}/schema': schema
    });
    draw(<SchemaEditor dataset={dataset} />, context);
    fireEvent.click(await screen.findByLabelText('visitor.id identifies a row'));
    await waitFor(() => expect(asked.some(one => one.method === 'patch')).toBe(true));
    const parts = asked.find(one => one.method === 'patch')?.parts;
    expect(parts?.headers).toEqual({ 'If-Match': '"e1"' });
    expect(parts?.body).toEqual({
      notes: [{ path: 'visitor.id', description: null, identity: true, mark: null }]
    });
  });

  it('shows the sentence when somebody else was faster, and reads again', async () => {
    const { context, asked } = fakeContext({
      'get /datasets/{name}/schema': schema,
      'patch /datasets/{name}/schema': () => {
        throw new Failure('Somebody changed the schema since.', 'changed', 412);
      }
    });
    draw(<SchemaEditor dataset={dataset} />, context);
    fireEvent.change(await screen.findByLabelText('Mark of url'), { target: { value: 'target' } });
    expect((await screen.findByRole('alert')).textContent).toContain('Somebody changed');
    expect(asked.filter(one => one.method === 'get')).toHaveLength(2);
  });

  it('stores a description when the field is left, once', async () => {
    const { context, asked } = fakeContext({
      'get /datasets/{name}/schema': schema,
      'patch /datasets/{name}/schema': schema
    });
    draw(<SchemaEditor dataset={dataset} />, context);
    const input = await screen.findByLabelText('Description of url');
    fireEvent.change(input, { target: { value: 'Where it was ' } });
    fireEvent.blur(input);
    await waitFor(() => expect(asked.filter(one => one.method === 'patch')).toHaveLength(1));
    const body = asked.find(one => one.method === 'patch')?.parts.body;
    expect(body).toMatchObject({ notes: [{ path: 'url', description: 'Where it was' }] });
  });
});
