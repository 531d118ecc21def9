import { changesOf, defaultsOf, problemOf, rangeOf, schemaOf } from '../hyperparameters';

const trees = {
  name: 'n_estimators',
  type: 'integer' as const,
  default: 100,
  cell: 'a',
  line: 1,
  column: 0,
  end_line: 1,
  end_column: 3,
  statement: 4,
  minimum: 1,
  maximum: null,
  exclusive_minimum: false,
  exclusive_maximum: false,
  choices: null,
  nullable: false,
  description: 'Number of trees.',
  owner: 'sklearn.ensemble.RandomForestClassifier'
};
const rate = {
  ...trees,
  name: 'learning_rate',
  type: 'number' as const,
  default: 0.1,
  minimum: 0,
  maximum: 1,
  exclusive_minimum: true
};
const depth = { ...trees, name: 'max_depth', default: null, nullable: true };
const words = (name: string, what: string): string => `${name} ${what}`;

describe('schemaOf', () => {
  it('keeps type, range, default and words of a hyperparameter', () => {
    expect(schemaOf([trees, rate]).properties).toMatchObject({
      n_estimators: { type: 'integer', minimum: 1, default: 100, title: 'n_estimators' },
      learning_rate: { type: 'number', exclusiveMinimum: 0, maximum: 1 }
    });
  });

  it('names the estimator that the value belongs to', () => {
    const property = schemaOf([trees]).properties?.['n_estimators'];
    expect(property).toMatchObject({ description: 'RandomForestClassifier: Number of trees.' });
  });

  it('lets a nullable one be empty', () => {
    expect(schemaOf([depth]).properties?.['max_depth']).toMatchObject({
      type: ['integer', 'null']
    });
  });
});

describe('changesOf', () => {
  it('sends only what differs from the notebook', () => {
    const values = { ...defaultsOf([trees, rate]), n_estimators: 20 };
    expect(changesOf([trees, rate], values)).toEqual({ n_estimators: 20 });
  });

  it('sends nothing of a name that the recipe does not have', () => {
    expect(changesOf([trees], { other: 1 })).toEqual({});
  });
});

describe('problemOf', () => {
  it.each([
    [{ n_estimators: 10, learning_rate: 0.5 }, null],
    [{ n_estimators: 0, learning_rate: 0.5 }, 'n_estimators range'],
    [{ n_estimators: 1.5, learning_rate: 0.5 }, 'n_estimators type'],
    [{ n_estimators: undefined, learning_rate: 0.5 }, 'n_estimators missing'],
    [{ n_estimators: 1, learning_rate: 0 }, 'learning_rate range'],
    [{ n_estimators: 1, learning_rate: 1 }, null]
  ])('judges %j as %s', (values, problem) => {
    expect(problemOf([trees, rate], values, words)).toBe(problem);
  });

  it('takes null where null is a value', () => {
    expect(problemOf([depth], { max_depth: null }, words)).toBeNull();
    expect(problemOf([trees], { n_estimators: null }, words)).toBe('n_estimators missing');
  });
});

describe('rangeOf', () => {
  it('uses the usual notation', () => {
    expect(rangeOf(rate)).toBe('(0, 1]');
    expect(rangeOf(trees)).toBe('[1, ∞)');
    expect(rangeOf({ ...depth, minimum: null })).toBe('');
    expect(rangeOf({ ...trees, choices: ['gini', 'entropy'] })).toBe('gini, entropy');
  });
});
