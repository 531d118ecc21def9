import { UseSignal } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import type { CellState, Exploration } from './exploration';

interface IProps {
  exploration: Exploration;
  /** The place of a cell in the notebook, from 1. */
  place: (cell: string) => number;
  reveal: (cell: string) => void;
}

const LOOKS = {
  waiting: 'pending',
  running: 'running',
  done: 'succeeded',
  failed: 'failed'
} as const satisfies Record<CellState, string>;

/** Says below the last cell which cells ran, and why. */
export function ExplorationStrip(props: IProps): JSX.Element {
  const trans = useTrans();
  const { exploration } = props;
  return (
    <UseSignal signal={exploration.changed}>
      {() => (
        <div className="ck-Exploration">
          <div className="ck-Exploration-line" aria-live="polite">
            <State value={stateOf(exploration)} label={wordsOf(exploration, trans)} />
          </div>
          {exploration.problem && (
            <p className="ck-Problem" role="alert">
              {exploration.problem}
            </p>
          )}
          <details open={!exploration.ended || exploration.problem !== null}>
            <summary>{trans.__('Which cells, and why')}</summary>
            <Steps {...props} />
          </details>
        </div>
      )}
    </UseSignal>
  );
}

function Steps({ exploration, place, reveal }: IProps): JSX.Element {
  const trans = useTrans();
  return (
    <>
      <ol className="ck-Exploration-steps" aria-label={trans.__('Cells that are run')}>
        {exploration.steps.map(step => (
          <li key={step.cell}>
            <State value={LOOKS[step.state]} short />
            <button type="button" className="ck-Link" onClick={() => reveal(step.cell)}>
              {trans.__('Cell %1', place(step.cell))}
            </button>
            <span className="ck-Exploration-reason">{step.reason}</span>
          </li>
        ))}
      </ol>
      {exploration.left.length > 0 && (
        <p className="ck-Exploration-left">
          {trans._n(
            '%1 other cell is left alone.',
            '%1 other cells are left alone.',
            exploration.left.length
          )}
        </p>
      )}
    </>
  );
}

function stateOf({ ended, problem }: Exploration): 'running' | 'failed' | 'succeeded' {
  if (!ended) {
    return 'running';
  }
  return problem === null ? 'succeeded' : 'failed';
}

function wordsOf({ ended, done, steps }: Exploration, trans: TranslationBundle): string {
  return ended && done === steps.length
    ? trans._n('%1 exploring cell ran', '%1 exploring cells ran', done)
    : trans.__('%1 of %2 exploring cells ran', done, steps.length);
}
