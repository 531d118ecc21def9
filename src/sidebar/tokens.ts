import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { Widget } from '@lumino/widgets';

/** A section of the panel. Sections stand in the order of their ranks. */
export interface ISection {
  id: string;
  title: string;
  rank: number;
  /** The section's content; hooks may be used, and those of `shared/room-widget` work. */
  body: () => JSX.Element;
  /** The `+` of the section. */
  add?: { caption: string; onClick: () => void };
  /** True where the section begins collapsed; what the person did since is kept. */
  collapsed?: boolean;
  /** More items for the section's toolbar, in order. */
  toolbar?: { name: string; widget: Widget }[];
}

/** The Cookhouse panel; it knows no room, rooms add themselves. */
export interface ISidebar {
  /** Add a section; disposing of the answer takes it away again. */
  addSection(section: ISection): IDisposable;
  /** Set what stands above the sections: the open notebook. */
  setTop(body: () => JSX.Element): void;
  /** Show how many things a section holds beside its title; null shows nothing. */
  setCount(id: string, count: number | null): void;
  /** Bring the panel to the front, with a section opened where one is named. */
  show(id?: string): void;
}

/** Token of the panel. */
export const ISidebar = new Token<ISidebar>(
  'cookhouse:ISidebar',
  'The Cookhouse panel in the left area, to which rooms add sections.'
);
