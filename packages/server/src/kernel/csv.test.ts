import { expect, it } from 'vitest';
import { csvRow } from './csv.ts';

it('quotes what needs quoting and disarms formulas', () => {
  expect(csvRow(['a', 'b,c', 'say "hi"', '=1+1', '@x', -1, 5n, null, 'two\nlines'])).toBe(
    'a,"b,c","say ""hi""",\'=1+1,\'@x,-1,5,,"two\nlines"\r\n',
  );
});
