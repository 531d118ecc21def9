import type { TranslationBundle } from '@jupyterlab/translation';

import type { Message } from '../border/request';
import type { Action, IOpenNotebook } from './tokens';

/** What the order of the actions depends on. */
export type Standing = Pick<IOpenNotebook, 'analysis' | 'failure' | 'recipe' | 'model'>;

/** The actions in walking order. */
export const ACTIONS: readonly Action[] = [
  'run-eda-cells',
  'create-recipe',
  'train-recipe',
  'score-model',
  'publish-model'
];

type Reason = string | null;

/**
 * Say why an action cannot be done now, in words that name the way out; null when it can.
 *
 * @param standing - The open notebook, null where none is open.
 */
export function reasonAgainst(
  action: Action,
  standing: Standing | null,
  trans: TranslationBundle
): Reason {
  if (!standing) {
    return trans.__('Open a notebook first.');
  }
  switch (action) {
    case 'run-eda-cells':
      return againstExploring(standing, trans);
    case 'create-recipe':
      return againstRecipe(standing, trans);
    case 'train-recipe':
      return standing.recipe ? null : trans.__('Create a recipe first.');
    default:
      return againstUse(standing, trans);
  }
}

function againstReading({ analysis, failure }: Standing, trans: TranslationBundle): Reason {
  if (!analysis) {
    return failure ?? trans.__('Cookhouse is still reading this notebook.');
  }
  return analysis.language === 'python'
    ? null
    : trans.__('Cookhouse understands Python; this notebook is written in %1.', analysis.language);
}

function againstExploring(standing: Standing, trans: TranslationBundle): Reason {
  const explores = standing.analysis?.statements.some(one => one.stage === 'explore');
  return (
    againstReading(standing, trans) ??
    (explores
      ? null
      : trans.__('No cell of this notebook explores data. Give one the stage “explore”.'))
  );
}

function againstRecipe(standing: Standing, trans: TranslationBundle): Reason {
  const unread = againstReading(standing, trans);
  if (unread || standing.analysis?.verdict === 'convertible') {
    return unread;
  }
  const first = standing.analysis?.findings.find(finding => finding.severity === 'error');
  return first
    ? `${first.what} ${first.fix}`.trim()
    : trans.__('No recipe can be made of this notebook as it stands.');
}

/** Scoring and publishing need a good run of a recipe that scores safely. */
function againstUse({ recipe, model }: Standing, trans: TranslationBundle): Reason {
  if (!recipe) {
    return trans.__('Create a recipe first, then train it.');
  }
  if (recipe.scoring === 'refused') {
    return trans.__(
      'Recipe %1 does not score safely. Its page says which cell is the reason.',
      recipe.name
    );
  }
  if (!model?.best) {
    return againstRun(recipe, model?.last ?? null, trans);
  }
  if (!isProven(recipe) && !recipe.accepted) {
    return trans.__(
      'Recipe %1 and the notebook do not agree. Accept the difference on the recipe’s page first.',
      recipe.name
    );
  }
  return null;
}

function againstRun(
  recipe: Message<'RecipeSummary'>,
  last: Message<'RunSummary'> | null,
  trans: TranslationBundle
): string {
  if (last?.state === 'pending' || last?.state === 'running') {
    return trans.__('Run %1 is still training. Wait until it has succeeded.', last.number);
  }
  return last
    ? trans.__('Run %1 did not succeed. Train again first.', last.number)
    : trans.__('Train recipe %1 first.', recipe.name);
}

/** Only recipes that agree to the last bit are called proven. */
export function isProven(recipe: Pick<Message<'RecipeSummary'>, 'verdict'>): boolean {
  return recipe.verdict === 'exact' || recipe.verdict === 'pinned';
}
