import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message } from '../border/request';

type Verdict = Message<'Proof'>['verdict'];
type Judged = Pick<Message<'RecipeSummary'>, 'verdict' | 'accepted'>;

/** Only a recipe that agrees with its notebook to the last bit is called proven. */
export function isProven({ verdict }: Pick<Judged, 'verdict'>): boolean {
  return verdict === 'exact' || verdict === 'pinned';
}

/** The word of the proof badge. */
export function badgeWord({ verdict, accepted }: Judged, trans: TranslationBundle): string {
  if (accepted && !isProven({ verdict })) {
    return trans.__('Accepted difference');
  }
  const words: Record<Verdict, string> = {
    exact: trans.__('Proven exact'),
    pinned: trans.__('Proven, randomness pinned'),
    close: trans.__('Close, not proven'),
    differs: trans.__('Differs'),
    unverified: trans.__('Not verified')
  };
  return words[verdict];
}

/** What a verdict means, in a sentence. */
export function verdictMeaning(verdict: Verdict, trans: TranslationBundle): string {
  const words: Record<Verdict, string> = {
    exact: trans.__(
      'The whole notebook and the recipe ran side by side: what went into fit and predict, the predictions and the metric are equal to the last bit.'
    ),
    pinned: trans.__(
      'Equal to the last bit once randomness is pinned on both sides: the notebook itself gives other numbers each time.'
    ),
    close: trans.__(
      'Same model and parameters; features, predictions and metric agree only up to rounding.'
    ),
    differs: trans.__('Recipe and notebook do not compute the same.'),
    unverified: trans.__('The notebook was not run to its end beside the recipe.')
  };
  return words[verdict];
}

/** A value of the metric, whatever the notebook gave. */
export function metricWord(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(12))) : String(value ?? '–');
}

/** The range of a hyperparameter, empty where it has none. */
export function rangeOf(one: Message<'Hyperparameter'>): string {
  if (one.choices?.length) {
    return one.choices.map(choice => String(choice)).join(', ');
  }
  const from = one.minimum === null ? '' : `${one.exclusive_minimum ? '>' : '≥'} ${one.minimum}`;
  const to = one.maximum === null ? '' : `${one.exclusive_maximum ? '<' : '≤'} ${one.maximum}`;
  return [from, to].filter(Boolean).join(', ');
}

/** The name that a notebook's file suggests for its recipe. */
export function nameFor(path: string): string {
  const stem =
    path
      .split('/')
      .pop()
      ?.replace(/\.ipynb$/i, '') ?? '';
  const plain = stem.replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
  return plain.slice(0, 80).replace(/^-+|-+$/g, '') || 'recipe';
}

/** Why a name cannot be taken, null when it can. */
export function againstName(name: string, trans: TranslationBundle): string | null {
  if (name === '') {
    return trans.__('Give the recipe a name.');
  }
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/.test(name)
    ? null
    : trans.__(
        'A name has letters, digits, “-” and “_”, begins with a letter or digit, and has at most 80 characters.'
      );
}
