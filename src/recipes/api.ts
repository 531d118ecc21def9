import type { Message, Request } from '../border/request';

export type Recipe = Message<'Recipe'>;
export type RecipeSummary = Message<'RecipeSummary'>;

/** Keys of the room's queries; all begin with its name. */
export const keys = {
  list: ['recipes', 'list'] as const,
  recipe: (name: string, version: number | null) => ['recipes', 'one', name, version] as const,
  models: (name: string) => ['models', 'of-recipe-page', name] as const
};

/** List recipes, the newest first. */
export const listRecipes = (request: Request, signal?: AbortSignal) =>
  request('get', '/recipes', { query: { limit: 200, sort: '-created' }, signal });

/** Show a version of a recipe, the newest without a number. */
export const showRecipe = (
  request: Request,
  name: string,
  version: number | null,
  signal?: AbortSignal
) =>
  version === null
    ? request('get', '/recipes/{name}', { path: { name }, signal })
    : request('get', '/recipes/{name}/versions/{version}', {
        path: { name, version: String(version) },
        signal
      });

/** Start the making of a recipe. The key makes a second press the same job. */
export const createRecipe = (request: Request, body: Message<'CreateRecipe'>, key: string) =>
  request('post', '/recipes', { body, headers: { 'Idempotency-Key': key } });

/** Take a recipe with the difference that its proof names. */
export const acceptRecipe = (request: Request, name: string, version: number, reason: string) =>
  request('post', '/recipes/{name}/versions/{version}/acceptance', {
    path: { name, version: String(version) },
    body: { reason }
  });

/** Delete a recipe that no model was made of. */
export const deleteRecipe = (request: Request, name: string) =>
  request('delete', '/recipes/{name}', { path: { name } });

/** List the models made of a recipe. */
export const listModels = (request: Request, recipe: string, signal?: AbortSignal) =>
  request('get', '/models', { query: { recipe, limit: 200, sort: '-created' }, signal });

/** Ask for the verdict on a notebook's cells. */
export const analyse = (request: Request, body: Message<'AnalysisRequest'>, signal?: AbortSignal) =>
  request('post', '/notebooks/analysis', { body, signal });
