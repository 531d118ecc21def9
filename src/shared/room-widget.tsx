import { ReactWidget } from '@jupyterlab/apputils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import { QueryClientProvider } from '@tanstack/react-query';
import React, { createContext, useContext } from 'react';

import { sentenceOf } from '../border/failure';
import type { Request } from '../border/request';
import type { IBorder } from '../border/tokens';

/** What every part of a page may need of the application. */
export interface IRoomContext {
  border: IBorder;
  translator: ITranslator;
  /** Draws charts; where it is missing, charts say so in words. */
  rendermime?: IRenderMimeRegistry;
  commands: CommandRegistry;
}

const Context = createContext<IRoomContext | null>(null);

/** The context of the widget that this component stands in. */
export function useRoom(): IRoomContext {
  const context = useContext(Context);
  if (context === null) {
    throw new Error('useRoom() needs a RoomWidget or a Room around it.');
  }
  return context;
}

/** The translations of Cookhouse. */
export function useTrans(): TranslationBundle {
  return useRoom().translator.load('cookhouse');
}

/** The one door to the server. */
export function useRequest(): Request {
  return useRoom().border.request;
}

/** Gives the context, the query cache and a net for errors to all components in it. */
export function Room(props: { context: IRoomContext; children: React.ReactNode }): JSX.Element {
  return (
    <Context.Provider value={props.context}>
      <QueryClientProvider client={props.context.border.queries}>
        <Net>{props.children}</Net>
      </QueryClientProvider>
    </Context.Provider>
  );
}

/** A Lumino widget whose body is a React component; hooks may be used in `body`. */
export class RoomWidget extends ReactWidget {
  constructor(
    private readonly context: IRoomContext,
    private readonly body: () => JSX.Element
  ) {
    super();
    this.addClass('ck-Room');
  }

  render(): JSX.Element {
    const Body = this.body;
    return (
      <Room context={this.context}>
        <Body />
      </Room>
    );
  }
}

/** Shows the sentence of an error in drawing instead of an empty widget. */
class Net extends React.Component<{ children: React.ReactNode }, { error: string | null }> {
  static contextType = Context;
  declare context: React.ContextType<typeof Context>;
  state: { error: string | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: string } {
    return { error: sentenceOf(error) };
  }

  render(): React.ReactNode {
    if (this.state.error === null) {
      return this.props.children;
    }
    const trans = this.context?.translator.load('cookhouse');
    return (
      <div className="ck-Problem" role="alert">
        <p>{this.state.error}</p>
        <button
          type="button"
          className="ck-Button jp-mod-styled jp-mod-reject"
          onClick={() => this.setState({ error: null })}
        >
          {trans?.__('Try Again')}
        </button>
      </div>
    );
  }
}
