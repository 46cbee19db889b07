import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalize } from './canonicalize.ts';
import { parseStrict } from './parse-strict.ts';

const jsonValue = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });
const plain = { allowUnsafeIntegers: true };

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]): [string, unknown] => [key, shuffled(member)])
      .reverse(),
  );
}

describe('canonicalize', () => {
  test('says the same value and does not depend on the order of members', () => {
    fc.assert(
      fc.property(jsonValue, (value) => {
        const text = canonicalize(value, plain);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalize(shuffled(value), plain)).toBe(text);
        expect(canonicalize(parseStrict(text, plain), plain)).toBe(text);
      }),
    );
  });

  test.each([
    ['bigint', 1n, 'canonical-bigint'],
    ['undefined', undefined, 'canonical-undefined'],
    ['undefined member', { a: undefined }, 'canonical-undefined'],
    ['hole', new Array(1), 'canonical-undefined'],
    ['NaN', Number.NaN, 'canonical-not-finite'],
    ['Infinity', -Infinity, 'canonical-not-finite'],
    ['2^53', 2 ** 53, 'canonical-unsafe-integer'],
    ['-2^53', -(2 ** 53), 'canonical-unsafe-integer'],
    ['lone surrogate', '\ud800', 'text-not-well-formed'],
    ['lone surrogate in a key', { '\udc00': 1 }, 'text-not-well-formed'],
    ['date', new Date(0), 'canonical-unsupported'],
    ['map', new Map(), 'canonical-unsupported'],
    ['bytes', new Uint8Array(2), 'canonical-unsupported'],
    ['function', () => 1, 'canonical-unsupported'],
    ['symbol', Symbol('x'), 'canonical-unsupported'],
    ['symbol key', { [Symbol('x')]: 1 }, 'canonical-unsupported'],
  ])('refuses %s', (_, value, code) => {
    expect(() => canonicalize(value)).toThrow(expect.objectContaining({ code }));
    expect(() => canonicalize({ deep: [value] })).toThrow(/"\/deep\/0/);
  });

  test('refuses cycles and more than 64 levels', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(() => canonicalize(cycle)).toThrow(expect.objectContaining({ code: 'canonical-too-deep' }));
    expect(canonicalize(JSON.parse('['.repeat(64) + ']'.repeat(64)))).toHaveLength(128);
    expect(() => canonicalize(JSON.parse('['.repeat(65) + ']'.repeat(65)))).toThrow(/level 64/);
  });
});

describe('parseStrict', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(jsonValue, fc.constantFrom(0, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseStrict(text, plain)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('never accepts what JSON.parse refuses', () => {
    const junk = fc.string({
      unit: fc.constantFrom(...'{}[]",:\\/u0123456789.eE+-truefalsn \n\u0000\ufeff'),
    });
    fc.assert(
      fc.property(junk, (text) => {
        let value: unknown;
        try {
          value = parseStrict(text, plain);
        } catch {
          return;
        }
        expect(value).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['', 'json-syntax'],
    ['\ufeff1', 'json-syntax'],
    ['1 2', 'json-syntax'],
    ['[1,]', 'json-syntax'],
    ['{"a":1,}', 'json-syntax'],
    ['{a:1}', 'json-syntax'],
    ['01', 'json-syntax'],
    ['+1', 'json-syntax'],
    ['.5', 'json-syntax'],
    ['1.', 'json-syntax'],
    ['"\t"', 'json-syntax'],
    ['"\\x41"', 'json-syntax'],
    ['"\\u12g4"', 'json-syntax'],
    ['"\\constructor"', 'json-syntax'],
    ['"open', 'json-syntax'],
    ['nul', 'json-syntax'],
    ['NaN', 'json-syntax'],
    ['\u00a01', 'json-syntax'],
    ['{"a":1,"\\u0061":2}', 'json-duplicate-key'],
    ['{"__proto__":1,"__proto__":2}', 'json-duplicate-key'],
    ['[{"x":{"y":1,"y":1}}]', 'json-duplicate-key'],
    ['1e400', 'json-number'],
    ['9007199254740993', 'json-number'],
    ['"\\ud800"', 'text-not-well-formed'],
    ['{"\\udc00\\ud800":1}', 'text-not-well-formed'],
    ['['.repeat(65) + ']'.repeat(65), 'json-too-deep'],
    ['['.repeat(1_000_000), 'json-too-deep'],
  ])('refuses %j', (text, code) => {
    expect(() => parseStrict(text)).toThrow(expect.objectContaining({ code }));
  });

  test('keeps to limits', () => {
    expect(() => parseStrict('[[1]]', { maxDepth: 1 })).toThrow(
      expect.objectContaining({ code: 'json-too-deep' }),
    );
    expect(() => parseStrict('[[1]]', { maxLength: 4 })).toThrow(
      expect.objectContaining({ code: 'json-too-long' }),
    );
  });

  test('__proto__ is an ordinary member', () => {
    const value = parseStrict('{"__proto__":{"admin":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value.admin).toBeUndefined();
    expect(canonicalize(value)).toBe('{"__proto__":{"admin":true}}');
  });
});
