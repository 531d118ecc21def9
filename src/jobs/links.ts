import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

import type { Job } from './api';

/** A command that opens what a job works for. */
export interface ILink {
  command: string;
  args: ReadonlyPartialJSONObject;
}

/** The rooms whose things have a page of their name, with its command. */
const OPENERS: Record<string, string> = {
  datasets: 'cookhouse:open-dataset',
  recipes: 'cookhouse:open-recipe',
  models: 'cookhouse:open-model',
  services: 'cookhouse:open-service'
};

/** How to open the thing that a job works for; undefined where it has no page. */
export function subjectLink({ subject }: Pick<Job, 'subject'>): ILink | undefined {
  if (!subject) {
    return undefined;
  }
  if (subject.room === 'scoring') {
    return { command: 'cookhouse:open-scoring', args: { id: subject.name } };
  }
  const command = OPENERS[subject.room];
  return command ? { command, args: { name: subject.name } } : undefined;
}
