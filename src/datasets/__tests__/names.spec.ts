import { isData, isName, nameFrom, readingCode } from '../names';

describe('names', () => {
  it.each([
    ['data/Web events (2026).csv', 'Web_events_2026'],
    ['_hidden.parquet', 'hidden'],
    ['größe.csv', 'gr_e'],
    ['..csv', 'dataset'],
    ['a'.repeat(200) + '.csv', 'a'.repeat(80)]
  ])('makes of %p the dataset %p', (file, name) => {
    expect(nameFrom(file)).toBe(name);
    expect(isName(name)).toBe(true);
  });

  it.each(['', '-a', 'a b', 'a/b', '../a', 'a'.repeat(81)])('refuses the name %p', name => {
    expect(isName(name)).toBe(false);
  });

  it('knows data by its ending, in any case', () => {
    expect(isData('a/B.PARQUET')).toBe(true);
    expect(isData('notes.txt')).toBe(false);
  });

  it('reads into a variable that Python takes', () => {
    expect(readingCode('luma-web-events')).toBe(
      'import cookhouse\n\nluma_web_events = cookhouse.read("luma-web-events")\n'
    );
    expect(readingCode('2026')).toContain('data_2026 = cookhouse.read("2026")');
  });
});
