import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Exchange, playClient } from './play-client.ts';

type Case = Exchange & { readonly id: string; readonly kind: string; readonly note: string };

const read = <T>(name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'exchanges', name), 'utf8')) as T[];

describe('clients', () => {
  it.each(read<Case>('clients.json'))('$id ($kind): $note', async (one) => {
    expect(await playClient(one)).toEqual(one.expect);
  });
});
