import { nullTranslator } from '@jupyterlab/translation';

import { ACTIONS, reasonAgainst, type Standing } from '../guards';
import { analysis, finding, model, recipe, run, statement } from './fakes';

const trans = nullTranslator.load('cookhouse');
const explored = analysis({ statements: [statement({ stage: 'explore', kept: false })] });
const standing = (part: Partial<Standing> = {}): Standing => ({
  analysis: explored,
  failure: null,
  recipe: null,
  model: null,
  ...part
});
const enabled = (now: Standing | null) =>
  ACTIONS.filter(action => reasonAgainst(action, now, trans) === null);

describe('the order of the five actions', () => {
  it('asks for a notebook before anything else', () => {
    expect(enabled(null)).toEqual([]);
    expect(reasonAgainst('train-recipe', null, trans)).toBe('Open a notebook first.');
  });

  it('opens one action after the other', () => {
    expect(enabled(standing())).toEqual(['run-eda-cells', 'create-recipe']);
    expect(enabled(standing({ recipe: recipe() }))).toEqual([
      'run-eda-cells',
      'create-recipe',
      'train-recipe'
    ]);
    expect(enabled(standing({ recipe: recipe(), model: model() }))).toEqual(ACTIONS);
  });

  it('repeats the first error and its way out where no recipe can be made', () => {
    const refused = analysis({
      verdict: 'refused',
      findings: [finding({ severity: 'info', what: 'Note.' }), finding({})]
    });
    expect(reasonAgainst('create-recipe', standing({ analysis: refused }), trans)).toBe(
      'Cell 7 refits on new rows. Fit on the training rows.'
    );
  });

  it('says why there is no verdict', () => {
    const away = standing({ analysis: null, failure: 'The Jupyter server does not answer.' });
    expect(reasonAgainst('create-recipe', away, trans)).toBe('The Jupyter server does not answer.');
    expect(reasonAgainst('run-eda-cells', standing({ analysis: null }), trans)).toContain(
      'still reading'
    );
  });

  it('refuses notebooks in other languages', () => {
    const julia = standing({ analysis: analysis({ language: 'julia' }) });
    expect(reasonAgainst('run-eda-cells', julia, trans)).toContain('julia');
  });

  it('says that no cell explores', () => {
    const plain = standing({ analysis: analysis() });
    expect(reasonAgainst('run-eda-cells', plain, trans)).toContain('explore');
  });

  it('waits for a run that succeeded', () => {
    const training = model({ best: null, last: run({ state: 'running', number: 3 }) });
    const failed = model({ best: null, last: run({ state: 'failed', number: 3 }) });
    const now = (one: typeof training) => standing({ recipe: recipe(), model: one });
    expect(reasonAgainst('score-model', now(training), trans)).toContain('Run 3 is still training');
    expect(reasonAgainst('publish-model', now(failed), trans)).toContain('Run 3 did not succeed');
  });

  it('neither scores nor publishes what is not safe', () => {
    const unsafe = standing({ recipe: recipe({ scoring: 'refused' }), model: model() });
    expect(reasonAgainst('score-model', unsafe, trans)).toContain('does not score safely');
    expect(reasonAgainst('publish-model', unsafe, trans)).toContain('does not score safely');
    expect(reasonAgainst('train-recipe', unsafe, trans)).toBeNull();
  });

  it('wants a named difference to be accepted first', () => {
    const close = recipe({ verdict: 'close' });
    const now = standing({ recipe: close, model: model() });
    expect(reasonAgainst('publish-model', now, trans)).toContain('Accept the difference');
    const taken = standing({ recipe: { ...close, accepted: true }, model: model() });
    expect(reasonAgainst('publish-model', taken, trans)).toBeNull();
  });
});
