import { ProtocolError } from '../problem.ts';
import type { JsonValue } from './canonicalize.ts';

/** Defaults: 64 levels, 16 Mi characters, integers beyond ±(2^53 - 1) refused. */
export type ParseLimits = {
  readonly maxDepth?: number;
  readonly maxLength?: number;
  readonly allowUnsafeIntegers?: boolean;
};

type State = {
  readonly text: string;
  at: number;
  readonly maxDepth: number;
  readonly allowUnsafe: boolean;
};

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads JSON (RFC 8259) as strictly as I-JSON (RFC 7493) asks, so that no two readers see different values in one text.
 *
 * Returns plain values; a member named `__proto__` becomes an own member and changes no prototype.
 * Throws `json-syntax` (also byte order mark, trailing text), `json-duplicate-key`, `json-too-deep`, `json-too-long`,
 * `json-number` (too large for a double, or an integer that is not exact), `text-not-well-formed` (lone surrogates).
 *
 * @example
 * parseStrict('{"a":[1,true]}') // => { a: [ 1, true ] }
 * parseStrict('{"a":1,"a":2}') // => throws json-duplicate-key
 * parseStrict('[1] x') // => throws json-syntax
 */
export function parseStrict(text: string, limits: ParseLimits = {}): JsonValue {
  const maxLength = limits.maxLength ?? 16 * 1024 * 1024;
  if (text.length > maxLength) {
    throw new ProtocolError('json-too-long', `The text has ${text.length} characters, over ${maxLength}.`);
  }
  const state: State = {
    text,
    at: 0,
    maxDepth: limits.maxDepth ?? 64,
    allowUnsafe: limits.allowUnsafeIntegers === true,
  };
  const value = readValue(state, 0);
  skipSpace(state);
  if (state.at < text.length) fail(state, 'text follows the value');
  return value;
}

function readValue(state: State, depth: number): JsonValue {
  skipSpace(state);
  const char = state.text[state.at];
  if (char === '{' || char === '[') {
    if (depth >= state.maxDepth) {
      throw new ProtocolError('json-too-deep', `Character ${state.at} opens level ${depth + 1}.`);
    }
    return char === '{' ? readObject(state, depth + 1) : readArray(state, depth + 1);
  }
  if (char === '"') return readString(state);
  if (char === 't') return readWord(state, 'true', true);
  if (char === 'f') return readWord(state, 'false', false);
  if (char === 'n') return readWord(state, 'null', null);
  return readNumber(state);
}

function readObject(state: State, depth: number): JsonValue {
  const object: { [key: string]: JsonValue } = {};
  state.at += 1;
  skipSpace(state);
  if (take(state, '}')) return object;
  do {
    skipSpace(state);
    const start = state.at;
    if (state.text[start] !== '"') fail(state, 'a member name is expected');
    const key = readString(state);
    if (Object.hasOwn(object, key)) {
      throw new ProtocolError('json-duplicate-key', `Character ${start} repeats a member of its object.`);
    }
    skipSpace(state);
    if (!take(state, ':')) fail(state, '":" is expected');
    const value = readValue(state, depth);
    // Assigning to `__proto__` would set the prototype; defining it makes an ordinary member.
    if (key === '__proto__') {
      Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
    } else object[key] = value;
    skipSpace(state);
  } while (take(state, ','));
  if (!take(state, '}')) fail(state, '"," or "}" is expected');
  return object;
}

function readArray(state: State, depth: number): JsonValue {
  const array: JsonValue[] = [];
  state.at += 1;
  skipSpace(state);
  if (take(state, ']')) return array;
  do {
    array.push(readValue(state, depth));
    skipSpace(state);
  } while (take(state, ','));
  if (!take(state, ']')) fail(state, '"," or "]" is expected');
  return array;
}

function readString(state: State): string {
  const { text } = state;
  const opening = state.at;
  let value = '';
  let from = opening + 1;
  state.at = from;
  for (;;) {
    const unit = text.charCodeAt(state.at);
    if (Number.isNaN(unit)) fail(state, 'the string does not end');
    if (unit < 0x20) fail(state, 'a control character must be escaped');
    if (unit === 0x22 || unit === 0x5c) {
      value += text.slice(from, state.at);
      if (unit === 0x22) break;
      value += readEscape(state);
      from = state.at;
    } else state.at += 1;
  }
  state.at += 1;
  if (!value.isWellFormed()) {
    throw new ProtocolError(
      'text-not-well-formed',
      `The string at character ${opening} has a lone surrogate.`,
    );
  }
  return value;
}

function readEscape(state: State): string {
  const char = state.text[state.at + 1] ?? '';
  if (char === 'u') {
    const digits = state.text.slice(state.at + 2, state.at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail(state, '"\\u" needs four hexadecimal digits');
    state.at += 6;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }
  const value = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : undefined;
  if (value === undefined) return fail(state, 'this escape does not exist');
  state.at += 2;
  return value;
}

function readNumber(state: State): number {
  NUMBER.lastIndex = state.at;
  const literal = NUMBER.exec(state.text)?.[0];
  if (literal === undefined) return fail(state, 'a value is expected');
  const value = Number(literal);
  const inexact = Number.isInteger(value) && !Number.isSafeInteger(value) && !state.allowUnsafe;
  if (!Number.isFinite(value) || inexact) {
    throw new ProtocolError('json-number', `The number at character ${state.at} is too large to be exact.`);
  }
  state.at += literal.length;
  return value;
}

function readWord<T>(state: State, word: string, value: T): T {
  if (!state.text.startsWith(word, state.at)) fail(state, 'a value is expected');
  state.at += word.length;
  return value;
}

function skipSpace(state: State): void {
  for (;;) {
    const unit = state.text.charCodeAt(state.at);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
    state.at += 1;
  }
}

function take(state: State, char: string): boolean {
  if (state.text[state.at] !== char) return false;
  state.at += 1;
  return true;
}

function fail(state: State, what: string): never {
  throw new ProtocolError('json-syntax', `At character ${state.at}: ${what}.`);
}
