import { diagnosticCount, forEachDiagnostic } from '@codemirror/lint';
import { EditorState, Text } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { nullTranslator } from '@jupyterlab/translation';

import { FindingsInCells, lineOf } from '../findings';
import { finding } from './fakes';

const trans = nullTranslator.load('cookhouse');

function viewOf(findings: FindingsInCells, cell: string): EditorView {
  const extensions = findings.extension(cell);
  return new EditorView({ state: EditorState.create({ doc: 'a = 1\n  b = 2', extensions }) });
}

const settled = () => new Promise(resolve => setTimeout(resolve, 0));

describe('FindingsInCells', () => {
  const fixed = jest.fn();
  let findings: FindingsInCells;

  beforeEach(() => {
    fixed.mockClear();
    findings = new FindingsInCells(trans, fixed);
  });

  it('gives findings to every editor of their cell, and to no other', async () => {
    const [one, clone, other] = ['a', 'a', 'b'].map(cell => viewOf(findings, cell));
    await settled();
    findings.show(['a', 'b'], [finding({ cell: 'a', line: 2 })]);
    expect([one, clone, other].map(view => diagnosticCount(view.state))).toEqual([1, 1, 0]);
  });

  it('gives them to an editor that appears later', async () => {
    findings.show(['a'], [finding({})]);
    const view = viewOf(findings, 'a');
    await settled();
    expect(diagnosticCount(view.state)).toBe(1);
  });

  it('shows a margin only where there are findings, and takes it away with them', async () => {
    const view = viewOf(findings, 'a');
    await settled();
    const margin = () => view.dom.querySelector('.cm-gutter-lint');
    expect(margin()).toBeNull();
    findings.show(['a'], [finding({})]);
    expect(margin()).not.toBeNull();
    findings.show(['a'], []);
    expect(margin()).toBeNull();
    expect(diagnosticCount(view.state)).toBe(0);
  });

  it('offers a fix only where the finding brings edits', async () => {
    const edit = { cell: 'a', line: 1, column: 0, end_line: 1, end_column: 1, text: 'c' };
    const mendable = finding({ edits: [edit] });
    findings.show(['a'], [mendable, finding({ line: 2 })]);
    const view = viewOf(findings, 'a');
    await settled();
    const names: string[][] = [];
    forEachDiagnostic(view.state, one => {
      names.push((one.actions ?? []).map(action => action.name));
      one.actions?.[0]?.apply(view, 0, 0);
    });
    expect(names).toEqual([['Fix'], []]);
    expect(fixed).toHaveBeenCalledWith(mendable);
  });
});

describe('lineOf', () => {
  const text = Text.of(['a = 1', '  b = 2']);

  it('marks the text of a line without its indentation', () => {
    expect(lineOf(2, text)).toEqual({ from: 8, to: 13 });
  });

  it('takes a line that is gone as the last one', () => {
    expect(lineOf(9, text)).toEqual({ from: 8, to: 13 });
  });
});
