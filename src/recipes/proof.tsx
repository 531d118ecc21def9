import React from 'react';

import type { Message } from '../border/request';
import { count, seconds } from '../shared/format';
import { useTrans } from '../shared/room-widget';
import { State } from '../shared/state';
import { Table } from '../shared/table';
import { When } from '../shared/time';
import type { Recipe } from './api';
import { ProofBadge, ScoringBadge } from './badge';
import { CellLink, type Places } from './stages';
import { metricWord, verdictMeaning } from './words';

interface IProps {
  recipe: Recipe;
  places: Places;
  open: (cell: string) => void;
}

/** The proof in words, then test by test. */
export function ProofTab(props: IProps): JSX.Element {
  const trans = useTrans();
  const { proof, acceptance } = props.recipe;
  return (
    <div className="ck-Proof">
      <p className="ck-Proof-sentence">{proof.sentence || props.recipe.sentence}</p>
      <p className="ck-Muted">{verdictMeaning(proof.verdict, trans)}</p>
      {acceptance && (
        <p className="ck-Proof-acceptance">
          {trans.__('%1 accepted this difference: %2', acceptance.who, acceptance.reason)}{' '}
          <When at={acceptance.when} />
        </p>
      )}
      <Metric metric={proof.metric} />
      <Differences {...props} differences={proof.differences} />
      <Scoring {...props} scoring={proof.scoring} />
      <h3>
        {trans.__('Tests')} <span className="ck-Muted">{seconds(proof.seconds)}</span>
      </h3>
      <Steps steps={proof.steps} />
    </div>
  );
}

/** The verdict as it stands when a recipe has just been made. */
export function VerdictLine({ recipe }: { recipe: Recipe }): JSX.Element {
  return (
    <div className="ck-Proof">
      <div className="ck-Proof-badges">
        <ProofBadge recipe={recipe} />
        <ScoringBadge recipe={recipe} />
      </div>
      <p className="ck-Proof-sentence">{recipe.sentence || recipe.proof.sentence}</p>
    </div>
  );
}

function Metric({ metric }: { metric: Message<'ProofMetric'> }): JSX.Element | null {
  const trans = useTrans();
  if (!metric.name) {
    return <p className="ck-Muted">{trans.__('The notebook computes no metric.')}</p>;
  }
  return (
    <Table
      label={trans.__('The metric on both sides')}
      rows={[metric]}
      columns={[
        { id: 'name', title: trans.__('Metric'), render: one => one.name },
        {
          id: 'notebook',
          title: trans.__('Notebook'),
          align: 'end',
          render: one => metricWord(one.notebook)
        },
        {
          id: 'recipe',
          title: trans.__('Recipe'),
          align: 'end',
          render: one => metricWord(one.recipe)
        }
      ]}
    />
  );
}

function Differences(
  props: IProps & { differences: readonly Message<'Difference'>[] }
): JSX.Element | null {
  const trans = useTrans();
  if (props.differences.length === 0) {
    return null;
  }
  return (
    <>
      <h3>{trans.__('Where they part')}</h3>
      <ul className="ck-Plain">
        {props.differences.map((one, index) => (
          <li key={index}>
            {one.what} {one.column && <code>{one.column}</code>}{' '}
            {one.cell && <CellLink cell={one.cell} places={props.places} open={props.open} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Scoring(props: IProps & { scoring: Message<'ScoringProof'> }): JSX.Element {
  const trans = useTrans();
  const { scoring } = props;
  return (
    <>
      <h3>{trans.__('Safe scoring')}</h3>
      <p>
        <ScoringBadge recipe={{ scoring: scoring.verdict }} />{' '}
        {scoring.rows > 0 && trans.__('%1 raw test rows', count(scoring.rows))}
        {scoring.ways.length > 0 && `: ${scoring.ways.join(', ')}`}
      </p>
      {scoring.reason && (
        <p>
          {scoring.reason}{' '}
          {scoring.cell && <CellLink cell={scoring.cell} places={props.places} open={props.open} />}
        </p>
      )}
    </>
  );
}

function Steps({ steps }: { steps: readonly Message<'ProofStep'>[] }): JSX.Element {
  const trans = useTrans();
  if (steps.length === 0) {
    return <p className="ck-Empty">{trans.__('No test was run.')}</p>;
  }
  return (
    <ol className="ck-Plain ck-Proof-steps">
      {steps.map((step, index) => (
        <li key={index}>
          <State
            value={step.passed ? 'succeeded' : 'failed'}
            label={step.passed ? trans.__('Passed') : trans.__('Not passed')}
          />
          <span>{step.name}</span>
          {step.what && <span className="ck-Muted">{step.what}</span>}
        </li>
      ))}
    </ol>
  );
}
