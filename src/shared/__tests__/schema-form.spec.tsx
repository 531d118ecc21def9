import { fireEvent, screen } from '@testing-library/react';
import React, { useState } from 'react';

import { type FormData, SchemaForm } from '../schema-form';
import { draw } from './fakes';

const schema = {
  type: 'object' as const,
  required: ['depth'],
  properties: {
    depth: {
      type: 'integer' as const,
      title: 'Depth',
      description: 'How deep a tree may be.',
      minimum: 1,
      maximum: 9
    },
    kind: { type: 'string' as const, title: 'Kind', enum: ['gini', 'entropy'] },
    early: { type: 'boolean' as const, title: 'Stop early' }
  }
};

function Form(props: { onValid: (valid: boolean) => void }): JSX.Element {
  const [data, setData] = useState<FormData>({ depth: 3, kind: 'gini', early: false });
  return (
    <SchemaForm
      label="Settings"
      schema={schema}
      data={data}
      onChange={(next, valid) => {
        setData(next);
        props.onValid(valid);
      }}
    />
  );
}

describe('SchemaForm', () => {
  it('gives every field a real label and its help', () => {
    draw(<Form onValid={jest.fn()} />);
    const depth = screen.getByLabelText(/^Depth/);
    expect(depth.getAttribute('type')).toBe('number');
    expect(screen.getByLabelText('Kind').tagName).toBe('SELECT');
    expect(screen.getByLabelText('Stop early').getAttribute('type')).toBe('checkbox');
    const help = document.getElementById('root_depth__description');
    expect(help?.textContent).toBe('How deep a tree may be.');
    expect(depth.getAttribute('aria-describedby')).toContain('root_depth__description');
  });

  it('says in words what would fit', () => {
    const onValid = jest.fn();
    draw(<Form onValid={onValid} />);
    fireEvent.change(screen.getByLabelText(/^Depth/), { target: { value: '12' } });
    expect(screen.getByRole('alert').textContent).toBe('This must be 9 or less.');
    expect(onValid).toHaveBeenLastCalledWith(false);
    fireEvent.change(screen.getByLabelText(/^Depth/), { target: { value: '4' } });
    expect(screen.queryByRole('alert')).toBeNull();
    expect(onValid).toHaveBeenLastCalledWith(true);
  });

  it('asks for what is missing', () => {
    draw(<Form onValid={jest.fn()} />);
    fireEvent.change(screen.getByLabelText(/^Depth/), { target: { value: '' } });
    expect(screen.getByRole('alert').textContent).toBe('This is needed.');
  });
});
