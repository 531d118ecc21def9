import { rowOf, rowSchema, typeOf } from '../row-schema';

const columns = [
  { name: 'age', dtype: 'int64', label: false, nullable: true },
  { name: 'income', dtype: 'float64', label: false, nullable: true },
  { name: 'city', dtype: 'object', label: false, nullable: true },
  { name: 'bought', dtype: 'int64', label: true, nullable: true }
];

describe('rowSchema', () => {
  it('asks for every raw column but the label', () => {
    expect(Object.keys(rowSchema(columns, {}).properties ?? {})).toEqual(['age', 'income', 'city']);
  });
});

describe('typeOf', () => {
  it.each([
    ['int64', undefined, 'integer'],
    ['UInt8', undefined, 'integer'],
    ['float32', undefined, 'number'],
    ['bool', undefined, 'boolean'],
    ['object', 'a', 'string'],
    ['object', 3, 'number'],
    ['datetime64[ns]', '2026-01-01', 'string']
  ])('puts %s (%s) into a field of %s', (dtype, example, type) => {
    expect(typeOf(dtype, example)).toBe(type);
  });
});

describe('rowOf', () => {
  it('sends a field left empty as a missing value and never the label', () => {
    expect(rowOf(columns, { age: 3, city: '', bought: 1 })).toEqual({
      age: 3,
      income: null,
      city: null
    });
  });
});
