import { replacements } from '../edits';

const edit = (line: number, column: number, end_column: number, text: string) => ({
  cell: 'a',
  line,
  column,
  end_line: line,
  end_column,
  text
});

function apply(source: string, edits: ReturnType<typeof edit>[]): string {
  return replacements(source, edits).reduce(
    (text, one) => text.slice(0, one.start) + one.text + text.slice(one.end),
    source
  );
}

describe('replacements', () => {
  it('makes several edits of a cell without moving one another', () => {
    const source = 'a = fit(X)\nb = fit(Z)';
    expect(apply(source, [edit(1, 4, 7, 'transform'), edit(2, 4, 7, 'transform')])).toBe(
      'a = transform(X)\nb = transform(Z)'
    );
  });

  it('counts characters, not code units', () => {
    expect(apply("x = '😀'; y = 1", [edit(1, 13, 14, '2')])).toBe("x = '😀'; y = 2");
  });
});
