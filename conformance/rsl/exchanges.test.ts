import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Exchange, playClient } from './play-client.ts';
import { type GateCase, playGate } from './play-gate.ts';

interface Named {
  readonly id: string;
  readonly kind: string;
  readonly note: string;
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'exchanges', name), 'utf8')) as (T & Named)[];

describe('clients', () => {
  it.each(read<Exchange>('clients.json'))('$id ($kind): $note', async (one) => {
    expect(await playClient(one)).toEqual(one.expect);
  });
});

describe('resource servers', () => {
  it.each(read<GateCase>('resource-servers.json'))('$id ($kind): $note', async (one) => {
    expect(await playGate(one)).toEqual(one.expect);
  });
});
