import type { NotebookPanel } from '@jupyterlab/notebook';
import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { Message } from '../border/request';

/** The body of a strip; typed by its element so that this file needs no React. */
export type StripBody = () => JSX.Element;

/** One of the five actions of the open notebook, in walking order. */
export type Action =
  'run-eda-cells' | 'create-recipe' | 'train-recipe' | 'score-model' | 'publish-model';

/** An open notebook as Cookhouse sees it. */
export interface IOpenNotebook {
  readonly panel: NotebookPanel;
  /** Relative to the Jupyter server's root. */
  readonly path: string;
  /** The last good verdict; null until the first has come. */
  readonly analysis: Message<'Analysis'> | null;
  /** Why there is no new verdict, in words; null when all is well. */
  readonly failure: string | null;
  /** The newest recipe made of this notebook. */
  readonly recipe: Message<'RecipeSummary'> | null;
  /** The model of that recipe which this notebook works with. */
  readonly model: Message<'Model'> | null;
  readonly changed: ISignal<IOpenNotebook, void>;
  /** The notebook's cells without their outputs, as the server takes them. */
  request(): Message<'AnalysisRequest'>;
  /** Save it where it has unsaved changes; raises an error with a sentence when that fails. */
  save(): Promise<void>;
  /** Write into the notebook what was made of it, and save it. */
  remember(made: { recipe?: string; model?: string }): Promise<void>;
}

/** What the room of the open notebook offers to the other rooms. */
export interface INotebookRoom {
  /** The notebook that is active, or was last. */
  readonly current: IOpenNotebook | null;
  /** Emitted when another notebook becomes the current one or anything about it changes. */
  readonly changed: ISignal<INotebookRoom, void>;
  /** Why an action cannot be done now, in words; null when it can. */
  reasonAgainst(action: Action): string | null;
  /** Show results below a cell, instead of what was shown there before. Not saved. */
  showStrip(panel: NotebookPanel, cellId: string, body: StripBody): IDisposable;
  /** Put a code cell below the active one and select it; null when no notebook is open. */
  insertCell(source: string): string | null;
}

/** Token of the open notebook. */
export const INotebookRoom = new Token<INotebookRoom>(
  'cookhouse:INotebookRoom',
  'The open notebook: its verdict, strips below its cells, and inserting cells.'
);
