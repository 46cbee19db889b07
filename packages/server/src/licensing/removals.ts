import { REMOVALS_FORMAT, REMOVALS_MAX, type RemovalFeed, sealRemovals } from '@clearway/protocol';
import type { Kernel, Subscriber } from '../kernel/index.ts';
import { publicWork } from '../works/index.ts';
import { SIGNING_PURPOSE } from './make-agreement.ts';
import { insertRemoval, type RemovalRow, selectRemovals } from './store-bundles.ts';

/** What is withdrawn enters the feed; agreements that run keep their rights to their end. */
export const removalSubscribers: readonly Subscriber[] = [
  {
    name: 'licensing.work-withdrawn',
    on: 'works.withdrawn',
    handle: (t, { workId }) => recordRemoval(t, String(workId), 'work-withdrawn', String(workId)),
  },
  {
    name: 'licensing.terms-withdrawn',
    on: 'offers.withdrawn',
    handle: (t, { workId, upToVersion }) =>
      recordRemoval(t, String(workId), 'terms-withdrawn', `${workId} ${upToVersion}`),
  },
];

async function recordRemoval(
  t: Kernel,
  workId: string,
  kind: RemovalRow['kind'],
  event: string,
): Promise<void> {
  const { manifestations } = await publicWork(t, workId);
  await insertRemoval(t.db, {
    work_id: workId,
    kind,
    removed_at: t.clock.now(),
    sha256s: [...new Set(manifestations.flatMap(({ sha256 }) => sha256 ?? []))].sort(),
    urls: [...new Set(manifestations.flatMap(({ url }) => url ?? []))].sort(),
    eventKey: `${kind} ${event}`,
  });
}

/** The part of the removal feed after a position, signed: a compact JWS of type `clearway-removals-1`. */
export async function removalFeed(k: Kernel, after: number): Promise<string> {
  const rows = await selectRemovals(k.db, BigInt(after), REMOVALS_MAX + 1);
  const shown = rows.slice(0, REMOVALS_MAX);
  const feed: RemovalFeed = {
    format: REMOVALS_FORMAT,
    issuer: k.site.baseUrl,
    after,
    last: Number(shown.at(-1)?.seq ?? after),
    complete: rows.length <= REMOVALS_MAX,
    removals: shown.map((row) => ({
      seq: Number(row.seq),
      work: row.work_id,
      kind: row.kind,
      removedAt: row.removed_at.toISOString(),
      sha256s: row.sha256s,
      urls: row.urls,
    })),
    issuedAt: k.clock.now().toISOString(),
  };
  const { kid, sign } = await k.keys.signing(SIGNING_PURPOSE);
  return sealRemovals(feed, { kid, sign });
}
