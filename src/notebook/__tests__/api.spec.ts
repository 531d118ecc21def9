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
  const ask = (named: string[]): Request =>
    (async (_: string, __: string, { query }: { query: Record<string, unknown> }) => {
      const names = query.notebook ? ['by-path'] : named;
      return { items: names.map(name => recipe({ name })), next: null, total: names.length };
    }) as never;

  it('takes the name that the notebook remembers', async () => {
    const found = await recipeOf(ask(['noted-too', 'noted']), 'a.ipynb', 'noted');
    expect(found?.name).toBe('noted');
  });

  it('looks by path where that recipe is gone', async () => {
    const found = await recipeOf(ask(['noted-too']), 'a.ipynb', 'noted');
    expect(found?.name).toBe('by-path');
  });

  it('does not hide that the server is away', async () => {
    const away = new Failure('Away.', 'unreachable', 0);
    const request: Request = () => Promise.reject(away);
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
