import type { ProtocolCode } from './problem.ts';
import { ProtocolError } from './problem.ts';

/** Reads a value of one form, or throws a `Misfit` that names the place. */
export type Shape<T> = (value: unknown, place: string) => T;

/** A value that has not the form asked for; `readShape` turns it into an error of the document's own. */
class Misfit extends Error {}

type Members<T> = { readonly [K in keyof T]-?: Shape<Exclude<T[K], undefined>> };
type OptionalKey<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];
type Options<T> = { readonly optional?: readonly OptionalKey<T>[]; readonly tolerant?: boolean };

/** Reads a value by its shape; what does not fit throws `code` with the place and the reason. */
export function readShape<T>(shape: Shape<T>, value: unknown, code: ProtocolCode): T {
  try {
    return shape(value, '');
  } catch (error) {
    if (error instanceof Misfit) throw new ProtocolError(code, error.message);
    throw error;
  }
}

/** An object with exactly these members; a tolerant one drops what it does not know, others refuse it. */
export function object<T extends object>(members: Members<T>, options: Options<T> = {}): Shape<T> {
  const known = Object.entries(members) as [string, Shape<unknown>][];
  const optional = new Set<string>((options.optional ?? []).map(String));
  return (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return miss(place, 'an object');
    const read: Record<string, unknown> = {};
    for (const [name, shape] of known) {
      const there = Object.hasOwn(value, name);
      if (!there && optional.has(name)) continue;
      if (!there) return miss(`${place}/${name}`, 'present');
      read[name] = shape((value as Record<string, unknown>)[name], `${place}/${name}`);
    }
    if (options.tolerant !== true) {
      for (const name of Object.keys(value)) {
        if (!Object.hasOwn(members, name)) return miss(`${place}/${name.slice(0, 50)}`, 'absent');
      }
    }
    return read as T;
  };
}

/** A list within bounds. */
export function list<T>(item: Shape<T>, bounds: { min?: number; max: number }): Shape<readonly T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) return miss(place, 'a list');
    const { min = 0, max } = bounds;
    if (value.length < min || value.length > max) return miss(place, `a list of ${min} to ${max}`);
    return value.map((one, i) => item(one, `${place}/${i}`));
  };
}

/** An object whose members all have one form, under names from a fixed choice. */
export function mapOf<K extends string, T>(
  names: readonly K[],
  item: Shape<T>,
): Shape<{ readonly [N in K]?: T }> {
  return (value, place) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return miss(place, 'an object');
    const read: { [N in K]?: T } = {};
    for (const [name, one] of Object.entries(value)) {
      if (!names.includes(name as K)) return miss(`${place}/${name.slice(0, 50)}`, 'absent');
      read[name as K] = item(one, `${place}/${name}`);
    }
    return read;
  };
}

/** Text of 1 to `max` characters without control characters. */
export function text(max: number): Shape<string> {
  return (value, place) => {
    if (typeof value !== 'string' || value.length === 0 || value.length > max || /\p{Cc}/u.test(value)) {
      return miss(place, `text of 1 to ${max} characters`);
    }
    return value;
  };
}

/** Text of a form. */
export function matching(pattern: RegExp, what: string): Shape<string> {
  return (value, place) => {
    return typeof value === 'string' && pattern.test(value) ? value : miss(place, what);
  };
}

/** A whole number within bounds. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return (value, place) => {
    if (!Number.isSafeInteger(value)) return miss(place, 'a whole number');
    const number = value as number;
    return number >= min && number <= max ? number : miss(place, `a number from ${min} to ${max}`);
  };
}

/** A part of a whole: a number from 0 to 1. */
export const fraction: Shape<number> = (value, place) => {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : miss(place, 'a number from 0 to 1');
};

/** One of these values. */
export function oneOf<const T extends string | number | boolean>(...values: readonly T[]): Shape<T> {
  return (value, place) => {
    return values.includes(value as T) ? (value as T) : miss(place, values.join(' or '));
  };
}

/** 64 lower-case hexadecimal digits. */
export const sha256Hex: Shape<string> = matching(/^[0-9a-f]{64}$/, '64 lower-case hexadecimal digits');

/** An amount in millionths, as decimal digits. */
export const amountMicro: Shape<string> = matching(/^(?:0|[1-9][0-9]{0,17})$/, 'a whole amount as digits');

/** An amount in millionths that may be below zero, in its one spelling. */
export const signedMicro: Shape<string> = matching(/^(?:0|-?[1-9][0-9]{0,17})$/, 'a whole amount as digits');

/** ISO 4217, three capitals. */
export const currency: Shape<string> = matching(/^[A-Z]{3}$/, 'a currency of three capitals');

/** A moment in UTC with milliseconds, the one spelling `Date.toISOString` gives. */
export const instant: Shape<string> = (value, place) => {
  const at = typeof value === 'string' && value.length === 24 ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString() !== value) {
    return miss(place, 'a moment like 2026-01-31T12:00:00.000Z');
  }
  return value as string;
};

/** A web origin in its one spelling: scheme, lower-case host, port unless it is the scheme's own. */
export const origin: Shape<string> = (value, place) => {
  const parsed = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol) || parsed.origin !== value) {
    return miss(place, 'an origin like https://example.org');
  }
  return value;
};

/** An absolute web address. */
export const webAddress: Shape<string> = (value, place) => {
  const fits = typeof value === 'string' && value.length <= 2000 && URL.canParse(value);
  return fits && /^https?:\/\//.test(value) ? value : miss(place, 'a web address');
};

/** An RFC 9309 path pattern. */
export const pathPattern: Shape<string> = matching(/^[/*][^\s\p{Cc}]{0,1999}$/u, 'a path pattern like /a/*');

/** Refuses a value at its place. */
export function miss(place: string, what: string): never {
  throw new Misfit(`"${place}" is not ${what}.`.replace(/ is not (present|absent)\.$/, ' must be $1.'));
}
