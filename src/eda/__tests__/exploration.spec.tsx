import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { makeQueries } from '../../border/queries';
import { Room } from '../../shared/room-widget';
import { Exploration } from '../exploration';
import { whyFailed } from '../failed-cell';
import { ExplorationStrip } from '../strip';

const plan = {
  runs: 3,
  cells: [
    { id: 'a', run: true, reason: 'Cells that explore need “df” from it.' },
    { id: 'b', run: true, reason: 'It looks at the data.' },
    { id: 'x', run: false, reason: 'It trains.' },
    { id: 'c', run: true, reason: 'It looks at the data.' }
  ]
};

describe('Exploration', () => {
  it('runs the planned cells in order and no other', async () => {
    const ran: string[] = [];
    const exploration = new Exploration(
      plan,
      async cell => ran.push(cell) > 0,
      () => ''
    );
    expect(await exploration.run()).toBe(true);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(exploration.left.map(cell => cell.id)).toEqual(['x']);
    expect(exploration.done).toBe(3);
  });

  it('stops at the first cell that fails', async () => {
    const exploration = new Exploration(
      plan,
      async cell => cell !== 'b',
      cell => `${cell} failed.`
    );
    expect(await exploration.run()).toBe(false);
    expect(exploration.problem).toBe('b failed.');
    expect(exploration.steps.map(step => step.state)).toEqual(['done', 'failed', 'waiting']);
  });

  it('takes a broken kernel for a failure', async () => {
    const away = () => Promise.reject(new Error('dead'));
    expect(await new Exploration(plan, away, () => 'It died.').run()).toBe(false);
  });
});

describe('ExplorationStrip', () => {
  it('says what ran, why, and where it stopped', async () => {
    const exploration = new Exploration(
      plan,
      async cell => cell !== 'c',
      () => 'Cell 4 failed.'
    );
    const reveal = jest.fn();
    const border = { queries: makeQueries() } as never;
    const context = { border, translator: nullTranslator, commands: new CommandRegistry() };
    render(
      <Room context={context}>
        <ExplorationStrip
          exploration={exploration}
          place={cell => ['a', 'b', 'x', 'c'].indexOf(cell) + 1}
          reveal={reveal}
        />
      </Room>
    );
    await act(() => exploration.run());
    expect(screen.getByText('2 of 3 exploring cells ran')).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe('Cell 4 failed.');
    expect(screen.getByText('1 other cell is left alone.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cell 4' }));
    expect(reveal).toHaveBeenCalledWith('c');
  });
});

describe('whyFailed', () => {
  const trans = nullTranslator.load('cookhouse');

  it('names the error that the cell left', () => {
    const outputs = [{ output_type: 'error', ename: 'NameError', evalue: 'no df', traceback: [] }];
    const cell = { model: { sharedModel: { outputs } } } as never;
    expect(whyFailed(cell, 5, trans)).toBe(
      'Cell 5 failed with NameError: no df. The cells after it were not run.'
    );
  });

  it('points to the kernel where the cell left none', () => {
    expect(whyFailed(undefined, 5, trans)).toContain('Look at the kernel.');
  });
});
