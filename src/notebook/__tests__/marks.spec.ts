import { nullTranslator } from '@jupyterlab/translation';

import { drawMarks, marksByCell, MARKS_CLASS } from '../marks';
import { statement } from './fakes';

const trans = nullTranslator.load('cookhouse');

describe('marksByCell', () => {
  const marks = marksByCell(
    [
      statement({ cell: 'a', stage: 'features', line: 1, reason: 'Feeds the model.' }),
      statement({ cell: 'a', stage: 'split', line: 3, end_line: 4 }),
      statement({
        cell: 'a',
        stage: 'features',
        line: 5,
        end_line: 5,
        kept: false,
        reason: 'Only prints.'
      }),
      statement({ cell: 'b', stage: 'explore', kept: false })
    ],
    trans
  );

  it('gives a cell one mark per stage, in the order of its statements', () => {
    expect(marks.get('a')?.map(mark => mark.stage)).toEqual(['features', 'split']);
  });

  it('is hollow only where nothing of the stage is kept', () => {
    expect(marks.get('a')?.[0].kept).toBe(true);
    expect(marks.get('b')?.[0].kept).toBe(false);
  });

  it('tells the reason of every statement', () => {
    const title = marks.get('a')?.[0].title ?? '';
    expect(title).toContain('Line 1, kept: Feeds the model.');
    expect(title).toContain('Line 5, left out: Only prints.');
    expect(marks.get('a')?.[1].title).toContain('Lines 3–4, kept');
  });
});

describe('drawMarks', () => {
  const mark = { stage: 'data' as const, label: 'data', kept: true, title: 'data: reads rows' };

  it('draws buttons that name the stage, and opens the menu at the pressed one', () => {
    const host = document.createElement('div');
    const pressed: HTMLElement[] = [];
    drawMarks(host, [mark, { ...mark, stage: 'explore', kept: false }], trans, node =>
      pressed.push(node)
    );
    const buttons = host.querySelectorAll('button');
    expect(buttons[0].getAttribute('aria-label')).toBe('Stage of this cell: data');
    expect(buttons[1].getAttribute('aria-label')).toContain('left out of the recipe');
    expect(buttons[1].classList.contains('ck-mod-leftOut')).toBe(true);
    buttons[1].click();
    expect(pressed).toEqual([buttons[1]]);
  });

  it('touches nothing while the marks stay the same, and takes them away when they go', () => {
    const host = document.createElement('div');
    const nothing = (): void => undefined;
    drawMarks(host, [mark], trans, nothing);
    const first = host.querySelector(`.${MARKS_CLASS}`);
    drawMarks(host, [{ ...mark }], trans, nothing);
    expect(host.querySelector(`.${MARKS_CLASS}`)).toBe(first);
    drawMarks(host, [], trans, nothing);
    expect(host.childElementCount).toBe(0);
  });
});
