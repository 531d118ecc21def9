import { Failure } from '../../border/failure';
import type { Request } from '../../border/request';
import { modelOf, recipeOf } from '../api';
import { model, recipe } from './fakes';

const asked = (answers: Record<string, unknown>): Request =>
  (async (_: string, path: string) => {
    const answer = answers[path];
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  }) as never;

describe('recipeOf', () => {
  const page = { items: [recipe({ name: 'by-path' })], next: null, total: 1 };

  it('takes the name that the notebook remembers', async () => {
    const request = asked({ '/recipes/{name}': recipe({ name: 'noted' }), '/recipes': page });
    expect((await recipeOf(request, 'a.ipynb', 'noted'))?.name).toBe('noted');
  });

  it('looks by path where that recipe is gone', async () => {
    const gone = new Failure('Gone.', 'not-found', 404);
    const request = asked({ '/recipes/{name}': gone, '/recipes': page });
    expect((await recipeOf(request, 'a.ipynb', 'noted'))?.name).toBe('by-path');
  });

  it('does not hide that the server is away', async () => {
    const away = new Failure('Away.', 'unreachable', 0);
    const request = asked({ '/recipes/{name}': away, '/recipes': page });
    await expect(recipeOf(request, 'a.ipynb', 'noted')).rejects.toBe(away);
  });
});

describe('modelOf', () => {
  const untrained = model({ name: 'new', best: null });
  const request = asked({ '/models': { items: [untrained, model({ name: 'good' })] } });

  it('takes the remembered one, else the newest with a good run', async () => {
    expect((await modelOf(request, 'luma', 'new'))?.name).toBe('new');
    expect((await modelOf(request, 'luma', null))?.name).toBe('good');
  });
});
