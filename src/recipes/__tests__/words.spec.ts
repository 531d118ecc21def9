import { nullTranslator } from '@jupyterlab/translation';

import { againstName, badgeWord, nameFor, rangeOf } from '../words';
import { groupByStage, firstLine } from '../stages';
import { blocksOf } from '../source';

const trans = nullTranslator.load('cookhouse');
const number = { minimum: null, maximum: null, choices: null } as never;

describe('badgeWord', () => {
  it('calls only exact and pinned recipes proven', () => {
    const words = (['exact', 'pinned', 'close', 'differs', 'unverified'] as const).map(verdict =>
      badgeWord({ verdict, accepted: false }, trans)
    );
    expect(words.filter(word => /^Proven/.test(word))).toHaveLength(2);
  });

  it('shows an accepted difference as such, and not over a proof', () => {
    expect(badgeWord({ verdict: 'differs', accepted: true }, trans)).toBe('Accepted difference');
    expect(badgeWord({ verdict: 'exact', accepted: true }, trans)).toBe('Proven exact');
  });
});

describe('names', () => {
  it('come from the file, and are such as the server takes', () => {
    expect(nameFor('walk/Luma Propensity (2).ipynb')).toBe('luma-propensity-2');
    expect(nameFor('walk/日本.ipynb')).toBe('recipe');
    expect(againstName(nameFor('a b.ipynb'), trans)).toBeNull();
  });

  it('are refused with a sentence', () => {
    expect(againstName('', trans)).toBe('Give the recipe a name.');
    expect(againstName('../x', trans)).toContain('letters, digits');
    expect(againstName('a'.repeat(81), trans)).toContain('80');
  });
});

describe('rangeOf', () => {
  it('tells open and closed ends, and choices', () => {
    expect(rangeOf({ ...(number as object), minimum: 0, exclusive_minimum: true } as never)).toBe(
      '> 0'
    );
    const closed = { ...(number as object), minimum: 1, maximum: 9 } as never;
    expect(rangeOf(closed)).toBe('≥ 1, ≤ 9');
    expect(rangeOf({ ...(number as object), choices: ['l1', 'l2'] } as never)).toBe('l1, l2');
    expect(rangeOf(number)).toBe('');
  });
});

describe('statements', () => {
  const one = (cell: string, stage: string, kept = true, source = `${cell}()`) =>
    ({ cell, stage, kept, source, number: 0 }) as never;

  it('are grouped by stage with each cell once', () => {
    const groups = groupByStage([one('a', 'data'), one('b', 'train'), one('a', 'data')]);
    expect(groups.map(group => [group.stage, group.cells, group.statements.length])).toEqual([
      ['data', ['a'], 2],
      ['train', ['b'], 1]
    ]);
  });

  it('stand in the source in order, neighbours of a cell and stage together', () => {
    const blocks = blocksOf([
      one('a', 'data'),
      one('a', 'data'),
      one('a', 'explore', false),
      one('b', 'data'),
      one('a', 'data')
    ]);
    expect(blocks.map(block => block.text)).toEqual(['a()\na()', 'b()', 'a()']);
  });

  it('are named by their first line of code', () => {
    expect(firstLine('# scale\n\nX = scale(X)\ny = 1')).toBe('X = scale(X)');
  });
});
