import type { Widget } from '@lumino/widgets';
import React from 'react';

import type { Message } from '../border/request';
import { type IRoomContext, RoomWidget } from '../shared/room-widget';
import type { Finding } from './findings';
import { ScoringStrip, Strip, TrainingStrip } from './result-strips';
import { ThisNotebook } from './this-notebook';
import type { INotebookRoom, IOpenNotebook, StripBody } from './tokens';

/** Return a maker of the widgets that hold strips. */
export function makeStrip(context: IRoomContext) {
  return (body: StripBody, close: () => void): Widget => {
    const Body = body;
    return new RoomWidget(context, () => (
      <Strip close={close}>
        <Body />
      </Strip>
    ));
  };
}

export function trainingStrip(run: Message<'Run'>): StripBody {
  return () => <TrainingStrip run={run} />;
}

export function scoringStrip(scoring: Message<'Scoring'>): StripBody {
  return () => <ScoringStrip scoring={scoring} />;
}

/** Return the body of *This notebook* for the panel. */
export function thisNotebook(
  room: INotebookRoom,
  reveal: (notebook: IOpenNotebook, cell: string) => void,
  fix: (finding: Finding) => void
): () => JSX.Element {
  return () => <ThisNotebook room={room} reveal={reveal} fix={fix} />;
}
