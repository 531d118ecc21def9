import { curl, javascript, python } from '../snippets';

const call = { url: 'http://127.0.0.1:8888/x', row: { city: "L'Aquila", age: 3 }, key: 'k' };

describe('snippets', () => {
  it('quote for the shell so that the body arrives as it is', () => {
    expect(curl(call)).toContain(`'{"dataframe_records":[{"city":"L'\\''Aquila","age":3}]}'`);
  });

  it('carry the address and the key', () => {
    for (const text of [curl(call), python(call), javascript(call)]) {
      expect(text).toContain(call.url);
      expect(text).toContain('Bearer k');
    }
  });
});
