import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { makeQueries } from '../../border/queries';
import { Room } from '../../shared/room-widget';
import { ACTIONS, reasonAgainst, type Standing } from '../guards';
import { ThisNotebook } from '../this-notebook';
import type { INotebookRoom, IOpenNotebook } from '../tokens';
import { keptOf, verdictOf } from '../verdict';
import { analysis, finding, model, recipe, statement } from './fakes';

const trans = nullTranslator.load('cookhouse');
const executed: string[] = [];

function show(standing: Standing | null, fix = jest.fn(), reveal = jest.fn()): void {
  const cells = [{ id: 'z' }, { id: 'a' }];
  const notebook = standing && {
    ...standing,
    path: 'walk/luma.ipynb',
    request: () => ({ cells })
  };
  const room = {
    current: notebook as unknown as IOpenNotebook,
    reasonAgainst: action => reasonAgainst(action, standing, trans)
  } as INotebookRoom;
  Object.assign(room, { changed: new Signal(room) });
  const commands = new CommandRegistry();
  for (const action of ACTIONS) {
    commands.addCommand(`cookhouse:${action}`, {
      label: action,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: () => executed.push(action)
    });
  }
  const border = { queries: makeQueries() } as never;
  render(
    <Room context={{ border, translator: nullTranslator, commands }}>
      <ThisNotebook room={room} fix={fix} reveal={reveal} />
    </Room>
  );
}

describe('ThisNotebook', () => {
  beforeEach(() => {
    executed.length = 0;
  });

  it('says the verdict and how many statements are kept', () => {
    const statements = [statement({}), statement({ kept: false, stage: 'explore' })];
    show({ analysis: analysis({ statements }), failure: null, recipe: null, model: null });
    expect(screen.getByText('luma.ipynb')).toBeTruthy();
    expect(screen.getByText('Ready')).toBeTruthy();
    expect(screen.getByText('1 of 2 statements kept')).toBeTruthy();
  });

  it('runs an action that can be done, and tells why another cannot', () => {
    show({ analysis: analysis(), failure: null, recipe: null, model: null });
    fireEvent.click(screen.getByRole('button', { name: 'create-recipe' }));
    const train = screen.getByRole('button', { name: 'train-recipe' });
    fireEvent.click(train);
    expect(executed).toEqual(['create-recipe']);
    expect(train.getAttribute('aria-disabled')).toBe('true');
    const line = document.getElementById(train.getAttribute('aria-describedby') ?? '');
    expect(line?.textContent).toBe('Create a recipe first.');
  });

  it('tells what was made so far, and never calls an accepted difference proven', () => {
    const close = recipe({ verdict: 'close', accepted: true });
    show({ analysis: analysis(), failure: null, recipe: close, model: model() });
    expect(screen.getByText('luma, version 1: accepted difference')).toBeTruthy();
    expect(screen.getByText('luma: accuracy 0.9650')).toBeTruthy();
    expect(screen.queryByText(/proven/)).toBeNull();
  });

  it('leads from a finding to its cell, and fixes it', () => {
    const fix = jest.fn();
    const reveal = jest.fn();
    const edit = { cell: 'a', line: 1, column: 0, end_line: 1, end_column: 1, text: 'c' };
    const found = finding({ edits: [edit] });
    const refused = analysis({ verdict: 'refused', findings: [found] });
    show({ analysis: refused, failure: null, recipe: null, model: null }, fix, reveal);
    expect(screen.getByText('Cell 2, line 1')).toBeTruthy();
    fireEvent.click(screen.getByText('Cell 7 refits on new rows.'));
    expect(reveal.mock.calls[0][1]).toBe('a');
    fireEvent.click(screen.getByRole('button', { name: 'Fix' }));
    expect(fix).toHaveBeenCalledWith(found);
  });

  it('invites to open a notebook where none is open', () => {
    show(null);
    expect(screen.getByText(/Open a notebook to see/)).toBeTruthy();
  });
});

describe('verdictOf', () => {
  const words = (part: Parameters<typeof analysis>[0]) =>
    verdictOf({ analysis: analysis(part), failure: null }, trans).words;

  it('counts the things to fix', () => {
    const findings = [finding({}), finding({}), finding({ severity: 'info' })];
    expect(words({ verdict: 'refused', findings })).toBe('2 things to fix');
  });

  it('says that there is no model, but not of a notebook that cannot be read', () => {
    const none = finding({ code: 'no-model' });
    expect(words({ verdict: 'refused', findings: [none] })).toBe('No model found');
    const syntax = finding({ code: 'syntax-error' });
    expect(words({ verdict: 'refused', findings: [syntax] })).toBe('1 thing to fix');
  });

  it('is silent about statements where there are none', () => {
    expect(keptOf({ analysis: analysis(), failure: null }, trans)).toBe('');
  });
});
