import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServerWorld, playServer, type ServerCase, type ServerWorld } from './play-server.ts';

type Case = ServerCase & { readonly id: string; readonly kind: string; readonly note: string };

const path = join(import.meta.dirname, 'exchanges/license-servers.json');
const all = JSON.parse(readFileSync(path, 'utf8')) as Case[];
let world: ServerWorld;

beforeAll(async () => {
  world = await openServerWorld();
});
afterAll(() => world.k.close());

// Nothing is encrypted here, so the cases that ask for keys of encrypted files say nothing about this server.
const ours = all.filter((one) => one.needs !== 'encryption');

it.each(ours)('$id ($kind): $note', async (one) => {
  // Guesses of one case are not held against the next.
  world.k.clock.advance(60_000);
  expect(await playServer(world, one)).toEqual(one.expect);
});
