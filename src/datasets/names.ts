/** The endings of the files that can become a batch. */
export const ENDINGS = ['.csv', '.json', '.jsonl', '.ndjson', '.parquet'];

const NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$/;

/** True where a name may be a dataset's. */
export function isName(name: string): boolean {
  return NAME.test(name);
}

/** True for a file that can become a batch, by its ending. */
export function isData(path: string): boolean {
  const lower = path.toLowerCase();
  return ENDINGS.some(ending => lower.endsWith(ending));
}

/** A dataset's name made from a file's: letters, digits, `_` and `-`. */
export function nameFrom(file: string): string {
  const stem = (file.split('/').pop() ?? '').replace(/\.[^.]*$/, '');
  const slug = stem.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^[_-]+|_+$/g, '');
  return slug.slice(0, 80) || 'dataset';
}

/** Python that reads a dataset, for a cell. */
export function readingCode(name: string): string {
  const variable = /^[0-9]/.test(name) ? `data_${name}` : name;
  return `import cookhouse\n\n${variable.replace(/-/g, '_')} = cookhouse.read("${name}")\n`;
}
