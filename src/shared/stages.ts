import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message } from '../border/request';

export type Stage = Message<'Statement'>['stage'];

/** All stages, in the order in which a notebook goes through them. */
export const STAGES: readonly Stage[] = [
  'imports',
  'parameters',
  'data',
  'features',
  'split',
  'train',
  'evaluate',
  'predict',
  'explore',
  'other'
];

/** Return the name of a stage as people read it. */
export function stageName(stage: Stage, trans: TranslationBundle): string {
  const names: Record<Stage, string> = {
    imports: trans.__('imports'),
    parameters: trans.__('parameters'),
    data: trans.__('data'),
    features: trans.__('features'),
    split: trans.__('split'),
    train: trans.__('train'),
    evaluate: trans.__('evaluate'),
    predict: trans.__('predict'),
    explore: trans.__('explore'),
    other: trans.__('other')
  };
  return names[stage];
}

/** Return what a stage is for, in a few words. */
export function stageMeaning(stage: Stage, trans: TranslationBundle): string {
  const words: Record<Stage, string> = {
    imports: trans.__('brings in libraries'),
    parameters: trans.__('sets values that a training may change'),
    data: trans.__('reads the rows'),
    features: trans.__('makes the columns that the model sees'),
    split: trans.__('parts training rows from test rows'),
    train: trans.__('fits the model'),
    evaluate: trans.__('measures the model'),
    predict: trans.__('gives the predictions'),
    explore: trans.__('looks at the data; not needed to train or score'),
    other: trans.__('anything else')
  };
  return words[stage];
}
