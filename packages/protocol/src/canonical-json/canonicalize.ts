import type { Bytes } from '../bytes.ts';
import { utf8 } from '../bytes.ts';
import { ProtocolError } from '../problem.ts';

/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** `allowUnsafeIntegers: true` is plain RFC 8785, for foreign data; our own records never need it. */
export type CanonicalizeOptions = { readonly allowUnsafeIntegers?: boolean };

const MAX_DEPTH = 64;

/** The way to a value, from the last step to the first: it is read only when something is refused. */
type Place = { readonly step: string; readonly above: Place; readonly depth: number } | undefined;

/**
 * The canonical text of a JSON value (RFC 8785): members sorted by UTF-16 code unit, no white space, numbers as ECMAScript
 * prints them. Same value, same text, so it can be hashed and signed.
 *
 * Stricter than the RFC for our own records: integers beyond ±(2^53 - 1) are refused unless `allowUnsafeIntegers`.
 * Throws `canonical-bigint`, `canonical-unsafe-integer`, `canonical-not-finite`, `canonical-undefined`,
 * `canonical-unsupported` (dates, maps, class instances, functions, symbols), `canonical-too-deep` (over 64 levels, cycles),
 * `text-not-well-formed` (lone surrogates). The message names the place as a JSON pointer.
 *
 * @example
 * canonicalize({ b: [1.50, -0], a: 'é' }) // => '{"a":"é","b":[1.5,0]}'
 * canonicalize({ amount: 12n }) // => throws canonical-bigint
 * canonicalize(1e30) // => throws canonical-unsafe-integer
 * canonicalize(1e30, { allowUnsafeIntegers: true }) // => '1e+30'
 */
export function canonicalize(value: unknown, options: CanonicalizeOptions = {}): string {
  return write(value, options.allowUnsafeIntegers === true, undefined);
}

/**
 * The canonical text as UTF-8 bytes: what is hashed and signed. Options and errors as {@link canonicalize}.
 *
 * @example
 * toHex(canonicalBytes([true])) // => '5b747275655d'
 */
export function canonicalBytes(value: unknown, options: CanonicalizeOptions = {}): Bytes {
  return utf8(canonicalize(value, options));
}

function write(value: unknown, allowUnsafe: boolean, path: Place): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'number':
      return writeNumber(value, allowUnsafe, path);
    case 'boolean':
      return String(value);
    case 'bigint':
      return refuse('canonical-bigint', 'is a bigint', path);
    case 'undefined':
      return refuse('canonical-undefined', 'is undefined', path);
    case 'object':
      if (value === null) return 'null';
      if ((path?.depth ?? 0) >= MAX_DEPTH)
        return refuse('canonical-too-deep', `is below level ${MAX_DEPTH}`, path);
      return Array.isArray(value)
        ? writeArray(value, allowUnsafe, path)
        : writeObject(value, allowUnsafe, path);
    default:
      return refuse('canonical-unsupported', `is a ${typeof value}`, path);
  }
}

function writeString(value: string, path: Place): string {
  if (!value.isWellFormed()) return refuse('text-not-well-formed', 'has a lone surrogate', path);
  return JSON.stringify(value);
}

function writeNumber(value: number, allowUnsafe: boolean, path: Place): string {
  if (!Number.isFinite(value)) return refuse('canonical-not-finite', `is ${value}`, path);
  if (!allowUnsafe && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return refuse('canonical-unsafe-integer', `is ${value}`, path);
  }
  return String(value);
}

function writeArray(value: readonly unknown[], allowUnsafe: boolean, path: Place): string {
  // Array.from visits holes, which map would skip.
  const items = Array.from(value, (item, i) => write(item, allowUnsafe, below(path, String(i))));
  return `[${items.join(',')}]`;
}

function writeObject(value: object, allowUnsafe: boolean, path: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm's Object.prototype is plain too: what counts is that nothing lies above it.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return refuse('canonical-unsupported', 'is not a plain object', path);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    return refuse('canonical-unsupported', 'has a symbol as key', path);
  }
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => {
      const place = below(path, key);
      return `${writeString(key, place)}:${write(member, allowUnsafe, place)}`;
    });
  return `{${members.join(',')}}`;
}

function below(above: Place, step: string): Place {
  return { step, above, depth: (above?.depth ?? 0) + 1 };
}

function refuse(code: ConstructorParameters<typeof ProtocolError>[0], what: string, path: Place): never {
  const steps: string[] = [];
  for (let at = path; at; at = at.above) steps.unshift(at.step);
  const pointer = steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  throw new ProtocolError(code, `The value at "${pointer.toWellFormed()}" ${what}.`);
}
