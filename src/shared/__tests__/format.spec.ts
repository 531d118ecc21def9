import { bytes, count, metric, seconds } from '../format';

describe('numbers in words', () => {
  it.each([
    [null, '–'],
    [0, '0'],
    [1234567, '1,234,567']
  ])('counts %p as %p', (value, words) => expect(count(value)).toBe(words));

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_999, '1.0 MB'],
    [123_456_789, '123 MB']
  ])('gives %p bytes as %p', (value, words) => expect(bytes(value)).toBe(words));

  it.each([
    [0.965, '0.9650'],
    [0, '0'],
    [12, '12'],
    [2859.6963, '2859.7'],
    [0.00001234, '1.234e-5'],
    [NaN, '–']
  ])('gives the metric %p as %p', (value, words) => expect(metric(value)).toBe(words));

  it.each([
    [0.0123, '12 ms'],
    [3.21, '3.2 s'],
    [59.4, '59 s'],
    [61, '1 min 1 s'],
    [7322, '2 h 2 min']
  ])('gives %p seconds as %p', (value, words) => expect(seconds(value)).toBe(words));
});
