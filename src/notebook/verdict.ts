import type { TranslationBundle } from '@jupyterlab/translation';

import type { IOpenNotebook } from './tokens';

/** The verdict in one line, with how it looks. */
export interface IVerdict {
  state: 'convertible' | 'refused' | 'missing' | 'pending';
  words: string;
}

type Standing = Pick<IOpenNotebook, 'analysis' | 'failure'>;

/** Say in one line whether a recipe can be made: ready, 2 things to fix, no model found. */
export function verdictOf({ analysis, failure }: Standing, trans: TranslationBundle): IVerdict {
  if (!analysis) {
    return failure
      ? { state: 'missing', words: trans.__('Not read yet') }
      : { state: 'pending', words: trans.__('Reading…') };
  }
  if (analysis.verdict === 'convertible') {
    return { state: 'convertible', words: trans.__('Ready') };
  }
  const errors = analysis.findings.filter(finding => finding.severity === 'error');
  if (analysis.models.length === 0 && errors.length <= 1) {
    const broken = errors.some(finding => /syntax/.test(finding.code));
    if (!broken) {
      return { state: 'missing', words: trans.__('No model found') };
    }
  }
  return {
    state: 'refused',
    words: trans._n('%1 thing to fix', '%1 things to fix', errors.length)
  };
}

/** Say how many statements go into the recipe. */
export function keptOf({ analysis }: Standing, trans: TranslationBundle): string {
  const statements = analysis?.statements ?? [];
  const kept = statements.filter(statement => statement.kept).length;
  return statements.length > 0 ? trans.__('%1 of %2 statements kept', kept, statements.length) : '';
}
