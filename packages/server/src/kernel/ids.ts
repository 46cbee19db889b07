import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';

/** Source of random bytes; a parameter, so that the demo world is the same on every machine. */
export type Random = (bytes: number) => Uint8Array;

/** The operating system's random source. */
export const systemRandom: Random = (bytes) => new Uint8Array(randomBytes(bytes));

/** Makes identifiers and secrets. */
export type Ids = {
  /** A UUID v7 (RFC 9562 §5.7): sorts by time of creation. */
  id(): string;
  /** An unguessable string of `bytes` random bytes (default 32) in base64url. */
  secret(bytes?: number): string;
};

/** Identifiers from a clock and a random source. */
export function createIds(clock: Clock, random: Random): Ids {
  return {
    id() {
      const bytes = random(16);
      const ms = BigInt(clock.now().getTime());
      for (let i = 0; i < 6; i++) bytes[i] = Number((ms >> BigInt(8 * (5 - i))) & 0xffn);
      bytes[6] = 0x70 | (bytes[6]! & 0x0f);
      bytes[8] = 0x80 | (bytes[8]! & 0x3f);
      const hex = Buffer.from(bytes).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
    secret: (bytes = 32) => Buffer.from(random(bytes)).toString('base64url'),
  };
}
