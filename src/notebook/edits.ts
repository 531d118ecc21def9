import type { Message } from '../border/request';

type Edit = Message<'Edit'>;

/** A replacement in a text, by offsets. */
export interface IReplacement {
  start: number;
  end: number;
  text: string;
}

/**
 * Turn a finding's edits of one cell into replacements, the last one first so that none moves
 * another.
 *
 * Columns count characters as Python does: one that takes two units here counts once.
 */
export function replacements(source: string, edits: readonly Edit[]): IReplacement[] {
  const lines = source.split('\n');
  return edits
    .map(edit => ({
      start: offsetOf(lines, edit.line, edit.column),
      end: offsetOf(lines, edit.end_line, edit.end_column),
      text: edit.text
    }))
    .sort((one, other) => other.start - one.start);
}

function offsetOf(lines: string[], line: number, column: number): number {
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const text = Array.from(lines[line - 1] ?? '').slice(0, column);
  return before + text.join('').length;
}
