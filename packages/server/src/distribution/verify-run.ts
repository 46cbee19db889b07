import { createHash } from 'node:crypto';
import { splitLine } from '@clearway/protocol';
import { sql } from 'kysely';
import { type Db, inTx, type Kernel } from '../kernel/index.ts';
import { accountOf, type Disposition, HASH_LINES, type Run } from './model.ts';
import { lockRun, markFault, selectRun } from './store.ts';

/** What the second engine comes to, from the frozen input alone. */
export type Recomputed = {
  readonly inputSha256: string;
  readonly creditsSha256: string;
  readonly root: string;
};

/** Gets the result of each line as it is computed again: texts `no|pos|fee|net` of up to `HASH_LINES` lines. */
type Observer = (chunk: number, parts: string) => Promise<void>;

/**
 * Divides a computed run again in plain TypeScript and compares: what was frozen, every part, every account. When they
 * differ the run stands still with a fault and is never posted. Answers whether this call verified it.
 */
export async function verifyRun(k: Kernel, runId: string): Promise<boolean> {
  const run = await selectRun(k.db, runId);
  if (run?.state !== 'computed') return false;
  const found = await recompute(k.db, run);
  return inTx(k, async (t) => {
    const now = await lockRun(t.db, runId);
    if (now?.state !== 'computed') return false;
    if (found.inputSha256 !== run.inputSha256) return stop(t, runId, 'the frozen input was changed');
    if (found.root !== run.sqlRoot) return stop(t, runId, `the engines differ: ${found.root}`);
    await sql`update distribution.runs set state = 'verified', ts_root = ${found.root},
      verified_at = ${t.clock.now()}, fault = null where id = ${runId}`.execute(t.db);
    return true;
  });
}

async function stop(t: Kernel, runId: string, fault: string): Promise<false> {
  await markFault(t.db, runId, fault);
  t.log.error({ run: runId, fault }, 'a distribution run stands still');
  return false;
}

type Split = {
  readonly shares: readonly { readonly key: string; readonly weight: bigint }[];
  readonly positions: readonly string[];
  /** Sums by account, one for each position. */
  readonly accounts: readonly { micro: bigint }[];
};

/** Divides the frozen lines of a run among its frozen shares, chunk by chunk, whatever the database came to. */
export async function recompute(db: Db, run: Run, observe?: Observer): Promise<Recomputed> {
  const sums = new Map<string, { micro: bigint }>();
  const fee = accountFor(sums, 'fee', '');
  const shareText = await readShares(db, run.id);
  const splits = readSplits(shareText, sums);
  const inputs: string[] = [];
  const results: string[] = [];
  let next = readChunk(db, run.id, 0);
  for (let chunk = 0; chunk * HASH_LINES < run.lines; chunk++) {
    const text = await next;
    // The database reads ahead while this chunk is divided.
    next = (chunk + 1) * HASH_LINES < run.lines ? readChunk(db, run.id, chunk + 1) : Promise.resolve('');
    next.catch(() => undefined);
    inputs.push(sha256(text));
    const parts = divide(text, splits, fee);
    results.push(sha256(parts));
    await observe?.(chunk, parts);
  }
  const inputSha256 = sha256([...inputs, sha256(shareText)].join('\n'));
  const creditsSha256 = sha256(creditsOf(sums));
  return { inputSha256, creditsSha256, root: sha256([inputSha256, ...results, creditsSha256].join('\n')) };
}

function divide(text: string, splits: ReadonlyMap<string, Split>, fee: { micro: bigint }): string {
  const out: string[] = [];
  for (const line of text.split('\n')) {
    const [no = '', , , splitKey = '', amount = '', base = '', feePpm = ''] = line.split('|');
    const split = splits.get(splitKey);
    if (!split) throw new Error(`line ${no} has no shares`);
    const done = splitLine({
      amountMicro: BigInt(amount),
      baseMicro: BigInt(base),
      feePpm: Number(feePpm),
      shares: split.shares,
    });
    fee.micro += done.feeMicro;
    for (const [i, part] of done.parts.entries()) {
      split.accounts[i]!.micro += part.netMicro;
      out.push(`${no}|${split.positions[i]}|${part.feeMicro}|${part.netMicro}`);
    }
  }
  return out.join('\n');
}

/** What each account gets, in the order of kind and owner. */
function creditsOf(sums: ReadonlyMap<string, { micro: bigint }>): string {
  return [...sums]
    .filter(([, { micro }]) => micro !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, { micro }]) => `${account}|${micro}`)
    .join('\n');
}

function accountFor(sums: Map<string, { micro: bigint }>, kind: string, owner: string): { micro: bigint } {
  const name = `${kind}|${owner}`;
  const sum = sums.get(name) ?? { micro: 0n };
  sums.set(name, sum);
  return sum;
}

function readSplits(text: string, sums: Map<string, { micro: bigint }>): Map<string, Split> {
  const splits = new Map<
    string,
    { shares: { key: string; weight: bigint }[]; positions: string[]; accounts: { micro: bigint }[] }
  >();
  for (const row of text.split('\n')) {
    const [splitKey = '', pos = '', key = '', , party = '', work = '', , weight = '', disposition] =
      row.split('|');
    const split = splits.get(splitKey) ?? { shares: [], positions: [], accounts: [] };
    const { kind, owner } = accountOf(disposition as Disposition, { partyId: party, workId: work });
    split.shares.push({ key, weight: BigInt(weight) });
    split.positions.push(pos);
    split.accounts.push(accountFor(sums, kind, owner));
    splits.set(splitKey, split);
  }
  return splits;
}

/** The very text under the hash, which is then read as data: nothing is hashed that was not divided. */
async function readChunk(db: Db, runId: string, chunk: number): Promise<string> {
  const found = await sql<{ text: string | null }>`select string_agg(distribution.line_text(no, line_id,
      origin_line_id, split_key, amount_micro, base_micro, fee_ppm), E'\\n' order by no) as text
    from distribution.run_lines_in
    where run_id = ${runId} and no > ${chunk * HASH_LINES} and no <= ${(chunk + 1) * HASH_LINES}`.execute(db);
  return found.rows[0]?.text ?? '';
}

async function readShares(db: Db, runId: string): Promise<string> {
  const found = await sql<{
    text: string | null;
  }>`select string_agg(distribution.share_text(split_key, pos, key,
      claim_id, party_id, work_id, share_ppm, weight, disposition), E'\\n' order by split_key, pos) as text
    from distribution.run_shares where run_id = ${runId}`.execute(db);
  return found.rows[0]?.text ?? '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
