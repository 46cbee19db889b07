import { fromBase64, openReceipt, openSegment, segmentHash, type UsageRecord } from '@clearway/protocol';
import type pg from 'pg';
import type { CrawlWorld } from '../../packages/server/src/testing/crawl-world.ts';
import type { Notes } from './crawl-forever.ts';

type Event = { seq: number; agreement: string; path: string; fault: string | null };

type Scene = {
  readonly pool: pg.Pool;
  readonly world: CrawlWorld;
  readonly instance: string;
  readonly notes: Notes;
  /** What was found on the gate's disk: records in journals of the dead, and sealed segments at the end. */
  readonly journalled: readonly UsageRecord[];
  readonly segments: readonly string[];
};

/** What is wrong with what was counted, in sentences, and how much was. */
export async function checkUsage(scene: Scene): Promise<{ faults: string[]; counted: ReadonlySet<string> }> {
  const faults = [...scene.notes.faults];
  const { rows: events } = await scene.pool.query<Event>(
    `select record_seq::int as seq, agreement_id as agreement, path, fault from usage.events
     where gate_id = $1 order by record_seq`,
    [scene.world.gateKey.gate],
  );
  compareWithCrawlers(scene, events, faults);
  compareWithDisk(scene, events, faults);
  const hashes = await checkChain(scene, events, faults);
  await checkReceipts(scene, events, hashes, faults);
  await checkSums(scene, events.length, faults);
  return { faults, counted: new Set(events.map(({ path }) => path)) };
}

function compareWithCrawlers({ notes, world }: Scene, events: readonly Event[], faults: string[]): void {
  const seen = new Set<string>();
  for (const { path, fault } of events) {
    if (seen.has(path)) faults.push(`${path} is counted twice`);
    seen.add(path);
    const outcome = notes.fetches.get(path);
    if (outcome !== 'received' && outcome !== 'broken')
      faults.push(`${path} is counted, its fetch is ${outcome}`);
    if (fault !== null) faults.push(`${path} has the fault ${fault}`);
  }
  for (const { id } of world.agreements) {
    const counted = events.filter(({ agreement }) => agreement === id).length;
    const told = notes.durable.get(id) ?? 0;
    if (counted < told) faults.push(`${told} were called durable under ${id}, ${counted} are counted`);
  }
}

function compareWithDisk({ journalled }: Scene, events: readonly Event[], faults: string[]): void {
  for (const [i, { seq }] of events.entries())
    if (seq !== i + 1) faults.push(`record ${i + 1} is missing, ${seq} follows`);
  const counted = new Map(events.map((event) => [event.seq, event.path]));
  for (const { seq, path } of journalled)
    if (counted.get(seq) !== path)
      faults.push(`record ${seq} of ${path} was on disk, counted is ${counted.get(seq)}`);
}

/** The instance holds every segment once, each counted, each with the hash of the one before, and in them exactly the events. */
async function checkChain(
  { pool, world, segments }: Scene,
  events: readonly Event[],
  faults: string[],
): Promise<Set<string>> {
  const { rows } = await pool.query<{ seq: number; prev: string; sealed: string; counted: boolean }>(
    `select seq::int as seq, prev, sealed, counted_at is not null as counted from usage.segments
     where gate_id = $1 order by seq`,
    [world.gateKey.gate],
  );
  const hashes = new Set<string>();
  const records: UsageRecord[] = [];
  let last = '0'.repeat(64);
  for (const [i, { seq, prev, sealed, counted }] of rows.entries()) {
    const segment = await openSegment(sealed, world.gatePublicKey);
    if (seq !== i + 1 || segment.seq !== seq) faults.push(`segment ${i + 1} is missing, ${seq} follows`);
    if (!counted) faults.push(`segment ${seq} is not counted`);
    if (prev !== last || segment.prev !== last) faults.push(`segment ${seq} does not continue the chain`);
    last = await segmentHash(segment);
    hashes.add(last);
    records.push(...segment.records);
  }
  const held = new Set(rows.map(({ sealed }) => sealed));
  const missing = segments.filter((sealed) => !held.has(sealed));
  if (missing.length > 0) faults.push(`${missing.length} sealed segments never arrived`);
  const signed = JSON.stringify(records.map(({ seq, agreement, path }) => [seq, agreement, path]));
  if (signed !== JSON.stringify(events.map(({ seq, agreement, path }) => [seq, agreement, path])))
    faults.push(`${records.length} records were signed, ${events.length} others are counted`);
  return hashes;
}

/** What the company fetches by itself adds up to what is counted. */
async function checkReceipts(
  { world, instance }: Scene,
  events: readonly Event[],
  hashes: ReadonlySet<string>,
  faults: string[],
): Promise<void> {
  const { client, gateKey } = world;
  const headers = { Authorization: `Basic ${btoa(`${client.id}:${client.secret}`)}` };
  const keys = (kid: string) =>
    gateKey.trust[kid] === undefined ? undefined : fromBase64(gateKey.trust[kid]);
  for (const { id } of world.agreements) {
    const seen = new Set<string>();
    let total = 0;
    for (let after = 0, more = true; more; ) {
      const address = `${instance}/api/usage/agreements/${id}/receipts?after=${after}`;
      const response = await fetch(address, { headers });
      const { receipts } = (await response.json()) as { receipts: { number: number; document: string }[] };
      for (const { number, document } of receipts) {
        const receipt = await openReceipt(document, keys);
        const [hash = ''] = receipt.segments;
        if (receipt.agreement !== id || !hashes.has(hash))
          faults.push(`receipt ${number} is of something else`);
        if (seen.has(hash)) faults.push(`two receipts for the segment ${hash} under ${id}`);
        seen.add(hash);
        total += receipt.total;
        after = number;
      }
      more = receipts.length > 0;
    }
    const counted = events.filter(({ agreement }) => agreement === id).length;
    if (total !== counted) faults.push(`receipts under ${id} say ${total}, counted are ${counted}`);
  }
}

async function checkSums({ pool }: Scene, events: number, faults: string[]): Promise<void> {
  const { rows } = await pool.query<Record<string, number>>(`select
    (select coalesce(sum(units), 0) from usage.rollups)::int as summed,
    (select coalesce(sum(total), 0) from usage.receipts)::int as receipted,
    (select coalesce(sum(counted), 0) from usage.token_counts)::int as tokens,
    (select coalesce(sum(counted), 0) from licensing.tokens)::int as told`);
  for (const [name, number] of Object.entries(rows[0]!))
    if (number !== events) faults.push(`${events} records, ${number} ${name}`);
  const over = await pool.query('select jti from licensing.tokens where counted > cap');
  if (over.rows.length > 0) faults.push(`${over.rows.length} tokens are counted beyond their cap`);
}
