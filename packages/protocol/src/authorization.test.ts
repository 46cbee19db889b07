import { describe, expect, test } from 'vitest';
import { challenge, parseAuthorization } from './authorization.ts';

const outcome = (header: string | readonly string[]) => {
  try {
    return parseAuthorization(header);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('the Authorization header', () => {
  test.each<[string | string[], string]>([
    ['License abc', 'abc'],
    ['license abc', 'abc'],
    ['LICENSE abc', 'abc'],
    ['LiCeNsE   a.b-c_d~e+f/g==', 'a.b-c_d~e+f/g=='],
    [' \tLicense abc \t', 'abc'],
    [['License abc'], 'abc'],
    ['', 'authorization-malformed'],
    ['License', 'authorization-malformed'],
    ['License ', 'authorization-malformed'],
    ['License\tabc', 'authorization-malformed'],
    ['License abc def', 'authorization-malformed'],
    ['License =abc', 'authorization-malformed'],
    ['License ab=c', 'authorization-malformed'],
    ['License "abc"', 'authorization-malformed'],
    ['License token=abc', 'authorization-malformed'],
    ['License abc\r\nX: y', 'authorization-malformed'],
    ['License äbc', 'authorization-malformed'],
    ['License: abc', 'authorization-malformed'],
    ['abc.def.ghi', 'authorization-scheme'],
    ['Bearer abc', 'authorization-scheme'],
    ['Basic YTpi', 'authorization-scheme'],
    ['Licenses abc', 'authorization-scheme'],
    ['License abc, License def', 'authorization-multiple'],
    ['License abc,def', 'authorization-multiple'],
    ['License abc, Basic YTpi', 'authorization-multiple'],
    [['License abc', 'License abc'], 'authorization-multiple'],
    [['License abc', 'Basic YTpi'], 'authorization-multiple'],
  ])('%j gives %s', (header, expected) => {
    expect(outcome(header)).toBe(expected);
  });

  test('that is absent is no error', () => {
    expect(parseAuthorization(undefined)).toBeUndefined();
    expect(parseAuthorization([])).toBeUndefined();
  });
});

test('a challenge carries any description as one safe line', () => {
  expect(challenge({ error: 'invalid_request' })).toBe('License error="invalid_request"');
  const description = 'a "b" \\ c\r\nSet-Cookie: x=1\u0000 ü \u{1f600}';
  const value = challenge({ error: 'server_error', description });
  expect(value).toBe('License error="server_error", error_description="a \'b\' / c Set-Cookie: x=1? ? ?"');
  expect(challenge({ error: 'invalid_token', description: 'x'.repeat(9_000) }).length).toBeLessThan(600);
  expect(() => challenge({ error: 'x"y' as 'invalid_token' })).toThrow(
    expect.objectContaining({ code: 'challenge-error' }),
  );
});
