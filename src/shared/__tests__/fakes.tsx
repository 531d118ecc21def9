import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { QueryClient } from '@tanstack/react-query';
import { render, type RenderResult } from '@testing-library/react';
import React from 'react';

import { type IRoomContext, Room } from '../room-widget';

/** What a fake server was asked. */
export interface IAsked {
  method: string;
  path: string;
  parts: Record<string, unknown>;
}

/** Answers by `method path`, e.g. `get /datasets/{name}`; a function is called with the parts. */
export type Answers = Record<string, unknown>;

/** A context whose server answers from a table and remembers what it was asked. */
export function fakeContext(answers: Answers): { context: IRoomContext; asked: IAsked[] } {
  const asked: IAsked[] = [];
  const request = async (method: string, path: string, parts = {}): Promise<unknown> => {
    asked.push({ method, path, parts });
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) {
      throw new Error(`Nobody asked for ${method} ${path} in this test.`);
    }
    return typeof answer === 'function' ? answer(parts) : answer;
  };
  const border = {
    request: request as IRoomContext['border']['request'],
    queries: new QueryClient({ defaultOptions: { queries: { retry: false } } }),
    download: (path: string) => path,
    settings: {} as IRoomContext['border']['settings']
  };
  const commands = new CommandRegistry();
  return { context: { border, translator: nullTranslator, commands }, asked };
}

/** Add a command that only notes how it was called. */
export function noteCommand({ commands }: IRoomContext, id: string): jest.Mock {
  const execute = jest.fn();
  commands.addCommand(id, { execute, describedBy: { args: { type: 'object', properties: {} } } });
  return execute;
}

/** Draw a component in a room. */
export function draw(element: JSX.Element, context = fakeContext({}).context): RenderResult {
  return render(<Room context={context}>{element}</Room>);
}

/** A job in some state. */
export function job(over: Record<string, unknown> = {}) {
  return {
    id: 'j1',
    kind: 'datasets.ingest',
    title: 'Add a.csv to people',
    subject: { room: 'datasets', name: 'people' },
    state: 'running',
    step: 'Reading',
    fraction: 0.5,
    attempt: 1,
    who: 'ada',
    created: '2026-01-01T00:00:00Z',
    started: '2026-01-01T00:00:01Z',
    finished: null,
    reason: null,
    result: null,
    ...over
  };
}
