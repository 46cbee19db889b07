import { generateKeyPair, type RemovalFeed, sealRemovals } from '@clearway/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { closeHosts, crawlerFor, type Host, openHost } from './testing/olp-world.ts';

const at = '2026-11-22T12:00:00.000Z';
let host: Host;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;
beforeEach(async () => {
  host = await openHost();
  keys = await generateKeyPair();
});
afterEach(closeHosts);

/** A part of a feed with removals at these positions, signed. */
function part(after: number, seqs: number[], complete: boolean): Promise<string> {
  const feed: RemovalFeed = {
    format: 'clearway-removals-1',
    issuer: 'https://rights.example',
    after,
    last: seqs.at(-1) ?? after,
    complete,
    removals: seqs.map((seq) => ({
      seq,
      work: `work-${seq}`,
      kind: 'work-withdrawn',
      removedAt: at,
      sha256s: [],
      urls: [`https://a.example/${seq}`],
    })),
    issuedAt: at,
  };
  return sealRemovals(feed, { kid: 'k1', privateKey: keys.privateKey });
}

const read = (since?: number) =>
  crawlerFor(undefined).crawler.removals(`${host.origin}/removals?site=1`, {
    ...(since !== undefined && { since }),
    keys: (kid) => (kid === 'k1' ? keys.publicKey : undefined),
  });

it('is read part by part, to its end', async () => {
  const parts = new Map([
    ['0', await part(0, [2, 3], false)],
    ['3', await part(3, [7], true)],
    ['7', await part(7, [], true)],
  ]);
  host.pages['/removals'] = (request) => {
    const after = new URL(request.url ?? '', host.origin).searchParams.get('after') ?? '';
    return { body: `${parts.get(after) ?? ''}\n` };
  };
  const all = await read();
  expect(all).toMatchObject({ state: 'read', next: 7 });
  expect(all.state === 'read' && all.removals.map(({ work }) => work)).toEqual([
    'work-2',
    'work-3',
    'work-7',
  ]);
  expect(await read(7)).toEqual({ state: 'read', removals: [], next: 7 });
  expect(host.lines()[0]).toBe('GET /removals?site=1&after=0');
});

it('is believed only when it is whole, signed, and the part that was asked for', async () => {
  const good = await part(0, [1], true);
  const stranger = await generateKeyPair();
  keys = { ...keys, privateKey: stranger.privateKey };
  const forged = await part(0, [1], true);
  for (const body of ['', '{}', good.slice(0, -1), `${good}x`, forged]) {
    host.pages['/removals'] = { body };
    expect(await read()).toMatchObject({ state: 'refused', reason: 'signature' });
  }
  host.pages['/removals'] = { body: good };
  expect(await read(5)).toMatchObject({ state: 'refused', reason: 'signature' });
  expect(await read()).toMatchObject({ state: 'read' });
});

it('says when nobody answers', async () => {
  expect(await read()).toMatchObject({ state: 'unreachable', reason: 'status' });
  await closeHosts();
  expect(await read()).toMatchObject({ state: 'unreachable', reason: 'network' });
});
