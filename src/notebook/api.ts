import type { Message, Request } from '../border/request';

/** Ask for the verdict on a notebook. */
export function analyse(
  request: Request,
  body: Message<'AnalysisRequest'>,
  signal: AbortSignal
): Promise<Message<'Analysis'>> {
  return request('post', '/notebooks/analysis', { body, signal });
}

/**
 * Return the newest recipe made of a notebook, null when there is none.
 *
 * The name that the notebook remembers goes before its path, since notebooks are moved.
 */
export async function recipeOf(
  request: Request,
  path: string,
  remembered: string | null
): Promise<Message<'RecipeSummary'> | null> {
  if (remembered) {
    // Asked as a list: a recipe that is gone is no failure, only an empty answer.
    const query = { filter: remembered, limit: 200 };
    const named = await request('get', '/recipes', { query });
    const found = named.items.find(recipe => recipe.name === remembered);
    if (found) {
      return found;
    }
  }
  const page = await request('get', '/recipes', {
    query: { notebook: path, sort: '-created', limit: 1 }
  });
  return page.items[0] ?? null;
}

/** Return the model of a recipe that is remembered, else the newest one with a good run. */
export async function modelOf(
  request: Request,
  recipe: string,
  remembered: string | null
): Promise<Message<'Model'> | null> {
  const page = await request('get', '/models', { query: { recipe, sort: '-created' } });
  const named = page.items.find(model => model.name === remembered);
  return named ?? page.items.find(model => model.best) ?? page.items[0] ?? null;
}
