import React from 'react';

import { useTrans } from '../shared/room-widget';
import { stageName } from '../shared/stages';
import type { Recipe } from './api';
import { CellLink, type Places } from './stages';

/** The author's kept statements, as they wrote them, each block with a link to its cell. */
export function SourceTab(props: {
  recipe: Recipe;
  places: Places;
  open: (cell: string) => void;
}): JSX.Element {
  const trans = useTrans();
  const blocks = blocksOf(props.recipe.statements);
  return (
    <div className="ck-Source">
      <p className="ck-Muted">
        {trans.__(
          'These are the notebook’s own statements, unchanged. To change the recipe, edit the notebook and create the next version.'
        )}
      </p>
      {blocks.map(block => (
        <section key={block.key} className="ck-Source-block" data-stage={block.stage}>
          <div className="ck-Source-head">
            <span>{stageName(block.stage, trans)}</span>
            <CellLink cell={block.cell} places={props.places} open={props.open} />
          </div>
          <pre className="ck-Source-code">
            <code>{block.text}</code>
          </pre>
        </section>
      ))}
    </div>
  );
}

type Statement = Recipe['statements'][number];

interface IBlock {
  key: number;
  cell: string;
  stage: Statement['stage'];
  text: string;
}

/** Return the kept statements, those of one cell and stage that follow each other as one block. */
export function blocksOf(statements: readonly Statement[]): IBlock[] {
  const blocks: IBlock[] = [];
  for (const { cell, stage, source, number } of statements.filter(one => one.kept)) {
    const last = blocks.at(-1);
    if (last && last.cell === cell && last.stage === stage) {
      last.text += `\n${source}`;
    } else {
      blocks.push({ key: number, cell, stage, text: source });
    }
  }
  return blocks;
}
