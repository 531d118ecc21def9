import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';

/** JSON Schema of a command's arguments that are texts: name → what it means. */
export function textArguments(
  meanings: Record<string, string>,
  required: string[] = Object.keys(meanings)
): ReadonlyJSONObject {
  return {
    type: 'object',
    required,
    properties: Object.fromEntries(
      Object.entries(meanings).map(([name, description]) => [name, { type: 'string', description }])
    )
  };
}

/** The arguments of commands that take a trained model: all of them may be asked for in a form. */
export function runArguments(trans: TranslationBundle): ReadonlyJSONObject {
  const meanings = {
    model: trans.__('Name of the model'),
    run: trans.__('Id of the run; the last succeeded one without it')
  };
  return textArguments(meanings, []);
}
