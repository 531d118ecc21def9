import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import {
  EditorExtensionRegistry,
  IEditorExtensionRegistry,
  type IEditorExtensionFactory
} from '@jupyterlab/codemirror';
import { INotebookTools, INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';

import type { Message } from '../border/request';
import { IBorder } from '../border/tokens';
import type { IRoomContext } from '../shared/room-widget';
import { ISidebar } from '../sidebar/tokens';
import { addActions } from './actions';
import { applyFix, attachFindings, attachMarks } from './attach';
import { addCellCommands, CellCommand } from './commands';
import { FindingsInCells, type Finding } from './findings';
import { ACTIONS } from './guards';
import { openStageMenu } from './menu';
import { cellOfStage } from './places';
import { revealCell } from './reveal';
import { NotebookRoom } from './room';
import { StageTool } from './stage-tool';
import { INotebookRoom, type IOpenNotebook } from './tokens';
import { makeStrip, scoringStrip, thisNotebook, trainingStrip } from './widgets';

type Trans = ReturnType<ITranslator['load']>;

/** The open notebook: stages on its cells, findings, the five actions, strips. */
export const plugin: JupyterFrontEndPlugin<INotebookRoom> = {
  id: 'cookhouse:notebook',
  description: 'The open notebook: stages on its cells, findings, and what to do with it.',
  autoStart: true,
  provides: INotebookRoom,
  requires: [IBorder, ITranslator, INotebookTracker],
  optional: [ISidebar, IEditorExtensionRegistry, INotebookTools, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    border: IBorder,
    translator: ITranslator,
    tracker: INotebookTracker,
    sidebar: ISidebar | null,
    editors: IEditorExtensionRegistry | null,
    tools: INotebookTools | null,
    palette: ICommandPalette | null
  ): INotebookRoom => {
    const { commands } = app;
    const trans = translator.load('cookhouse');
    const context: IRoomContext = { border, translator, commands };
    const room = new NotebookRoom(tracker, border, trans, makeStrip(context));
    const fix = (finding: Finding): void => {
      if (room.current) {
        applyFix(room.current.panel, finding);
      }
    };
    const findings = new FindingsInCells(trans, fix);
    const openMenu = openStageMenu.bind(null, commands);
    room.opened.connect((_, notebook) => {
      attachMarks(notebook, trans, openMenu);
      attachFindings(notebook, findings);
    });
    editors?.addExtension(extensionOf(findings));
    addActions({
      commands,
      room,
      trans,
      showTraining: (notebook, run) => showBelow(room, notebook, 'train', trainingStrip(run)),
      showScoring: (notebook, scoring) =>
        showBelow(room, notebook, 'predict', scoringStrip(scoring))
    });
    addCellCommands({ commands, tracker, room, trans, openMenu });
    sidebar?.setTop(
      thisNotebook(room, (notebook, cell) => void revealCell(notebook.panel, cell), fix)
    );
    tools?.addSection({
      sectionName: 'cookhouse',
      label: trans.__('Cookhouse'),
      rank: 10,
      tool: new StageTool(tracker, translator)
    });
    fillPalette(palette, trans);
    return room;
  }
};

function extensionOf(findings: FindingsInCells): IEditorExtensionFactory {
  return {
    name: 'cookhouse:findings',
    factory: options => {
      // Consoles and editors of files have models without an id of a cell.
      const { id } = options.model as { id?: unknown };
      return typeof id === 'string'
        ? EditorExtensionRegistry.createImmutableExtension(findings.extension(id))
        : null;
    }
  };
}

/** Show a strip where its stage happens: below the fit, below the prediction, else at the end. */
function showBelow(
  room: NotebookRoom,
  notebook: IOpenNotebook,
  stage: Message<'Statement'>['stage'],
  body: () => JSX.Element
): void {
  const cell = cellOfStage(notebook, stage);
  if (cell) {
    room.showStrip(notebook.panel, cell, body);
  }
}

function fillPalette(palette: ICommandPalette | null, trans: Trans): void {
  const category = trans.__('Cookhouse');
  const ids = [
    ...ACTIONS.map(action => `cookhouse:${action}`),
    CellCommand.chooseStage,
    CellCommand.toggleSkip
  ];
  ids.forEach((command, rank) => palette?.addItem({ command, category, rank }));
}
