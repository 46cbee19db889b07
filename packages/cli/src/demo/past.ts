import { createHash } from 'node:crypto';
import { kernel } from '@clearway/server';

/** A kernel whose clock and chance are the same on every machine: the past of the demo world. */
export type Past = kernel.Kernel & { readonly clock: ReturnType<typeof kernel.fixedClock> };

/** Turns a running kernel into the past from the given moment on; chance depends on the name alone. */
export function openPast(k: kernel.Kernel, start: string, name = 'demo'): Past {
  const clock = kernel.fixedClock(start);
  let counter = 0;
  const random: kernel.Random = (bytes) => {
    const parts: Buffer[] = [];
    for (let have = 0; have < bytes; have += 32)
      parts.push(createHash('sha256').update(`${name}|${counter++}`).digest());
    return new Uint8Array(Buffer.concat(parts).subarray(0, bytes));
  };
  return {
    ...k,
    clock,
    random,
    ids: kernel.createIds(clock, random),
    limits: kernel.createRateLimits(clock),
  };
}
