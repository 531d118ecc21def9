import type { Cell } from '@jupyterlab/cells';
import { type INotebookTracker, NotebookTools } from '@jupyterlab/notebook';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { ITranslator } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { PanelLayout } from '@lumino/widgets';
import React, { useId } from 'react';

import { chosenStage, chooseStage } from './cells';
import { STAGES, stageName } from '../shared/stages';

/** The stage of the active cell in the notebook tools of the property inspector. */
export class StageTool extends NotebookTools.Tool {
  constructor(tracker: INotebookTracker, translator: ITranslator) {
    super();
    this.addClass('ck-StageTool');
    const layout = (this.layout = new PanelLayout());
    this.body = ReactWidget.create(
      <UseSignal signal={tracker.activeCellChanged}>
        {() => <StageSelect cell={tracker.activeCell} translator={translator} />}
      </UseSignal>
    );
    layout.addWidget(this.body);
  }

  protected onActiveCellMetadataChanged(message: Message): void {
    super.onActiveCellMetadataChanged(message as never);
    this.body.update();
  }

  private readonly body: ReactWidget;
}

function StageSelect(props: { cell: Cell | null; translator: ITranslator }): JSX.Element | null {
  const trans = props.translator.load('cookhouse');
  const id = useId();
  const { cell } = props;
  if (!cell || cell.model.type !== 'code') {
    return null;
  }
  return (
    <div className="ck-StageTool-row">
      <label htmlFor={id}>{trans.__('Stage in the recipe')}</label>
      <div className="jp-select-wrapper">
        <select
          id={id}
          className="jp-mod-styled"
          value={chosenStage(cell) ?? ''}
          onChange={event => {
            const stage = STAGES.find(one => one === event.target.value);
            chooseStage(cell, stage ?? null);
          }}
        >
          <option value="">{trans.__('Let Cookhouse decide')}</option>
          {STAGES.map(stage => (
            <option key={stage} value={stage}>
              {stageName(stage, trans)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
