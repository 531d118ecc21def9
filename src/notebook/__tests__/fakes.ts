import type { Message } from '../../border/request';

type Analysis = Message<'Analysis'>;
type Statement = Message<'Statement'>;

export function statement(part: Partial<Statement>): Statement {
  return {
    number: 0,
    cell: 'a',
    line: 1,
    end_line: 1,
    column: 0,
    stage: 'other',
    kept: true,
    reason: 'It is kept.',
    source: 'x = 1',
    reads: [],
    writes: [],
    mutates: [],
    ...part
  };
}

export function finding(part: Partial<Message<'Finding'>>): Message<'Finding'> {
  return {
    code: 'refits',
    severity: 'error',
    cell: 'a',
    line: 1,
    what: 'Cell 7 refits on new rows.',
    why: '',
    fix: 'Fit on the training rows.',
    edits: [],
    ...part
  };
}

export function analysis(part: Partial<Analysis> = {}): Analysis {
  return {
    verdict: 'convertible',
    statements: [],
    hyperparameters: [],
    models: [],
    bindings: [],
    findings: [],
    requirements: [],
    kernel: null,
    language: 'python',
    notebook_hash: '',
    memory: [],
    ...part
  };
}

export function recipe(part: Partial<Message<'RecipeSummary'>> = {}): Message<'RecipeSummary'> {
  return {
    name: 'luma',
    version: 1,
    verdict: 'exact',
    scoring: 'safe',
    sentence: '',
    estimator: 'sklearn.linear_model.LogisticRegression',
    task: 'classification',
    notebook: 'luma.ipynb',
    models: 0,
    created: '2026-01-01T00:00:00Z',
    who: 'ada',
    accepted: false,
    ...part
  };
}

export function run(part: Partial<Message<'RunSummary'>> = {}): Message<'RunSummary'> {
  return {
    id: 'r1',
    model: 'luma',
    number: 1,
    state: 'succeeded',
    job: 'j1',
    hyperparameters: {},
    metrics: { accuracy: 0.965 },
    metric: 'accuracy',
    who: 'ada',
    created: '2026-01-01T00:00:00Z',
    started: null,
    finished: null,
    reason: null,
    ...part
  };
}

export function model(part: Partial<Message<'Model'>> = {}): Message<'Model'> {
  return {
    name: 'luma',
    recipe: 'luma',
    recipe_version: 1,
    task: 'classification',
    estimator: '',
    data: { kind: 'file', name: 'luma.csv', version: null },
    runs: 1,
    best: run(),
    last: run(),
    services: [],
    created: '2026-01-01T00:00:00Z',
    who: 'ada',
    etag: '1',
    ...part
  };
}
