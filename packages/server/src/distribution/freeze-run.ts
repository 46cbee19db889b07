import { type RawBuilder, sql } from 'kysely';
import type { Db, Kernel } from '../kernel/index.ts';
import { HASH_LINES, type LineIn, type RunKind, type ShareIn } from './model.ts';

/** Rows as a query: (line_id, origin_line_id, split_key, amount_micro, base_micro, fee_ppm), each line once. */
export type LineSource = RawBuilder<unknown>;
/** Rows as a query: (split_key, key, claim_id, party_id, work_id, share_ppm, weight, disposition). */
export type ShareSource = RawBuilder<unknown>;

const LINES = sql.lit(HASH_LINES);

type NewRun = {
  readonly kind: RunKind;
  readonly subject: string;
  /** Default: the run itself. */
  readonly poolOwner?: string;
  readonly currency: string;
  readonly lines: LineSource;
  readonly shares: ShareSource;
};

/**
 * Freezes what a run divides and among whom; from here on nothing else is read. Runs in the caller's transaction.
 * Throws when a line has nobody to go to, which no plan may leave open.
 */
export async function freezeRun(t: Kernel, run: NewRun): Promise<string> {
  const id = t.ids.id();
  await sql`insert into distribution.runs (id, kind, subject, pool_owner, currency, planned_at)
    values (${id}, ${run.kind}, ${run.subject}, ${run.poolOwner ?? id}, ${run.currency}, ${t.clock.now()})`.execute(
    t.db,
  );
  await sql`insert into distribution.run_lines_in (run_id, no, line_id, origin_line_id, split_key, amount_micro,
      base_micro, fee_ppm, from_billing, seal)
    select ${id}, no, line_id, origin_line_id, split_key, amount_micro, base_micro, fee_ppm, ${run.kind !== 'release'},
      sha256(convert_to(distribution.line_text(no, line_id, origin_line_id, split_key, amount_micro, base_micro,
        fee_ppm), 'UTF8'))
    from (select row_number() over (order by line_id)::int as no, line_id, origin_line_id, split_key, amount_micro,
        base_micro, fee_ppm from (${run.lines}) given) numbered`.execute(t.db);
  await sql`insert into distribution.run_shares (run_id, split_key, pos, key, claim_id, party_id, work_id, share_ppm,
      weight, disposition, seal)
    select ${id}, split_key, pos, key, claim_id, party_id, work_id, share_ppm, weight, disposition,
      sha256(convert_to(distribution.share_text(split_key, pos, key, claim_id, party_id, work_id, share_ppm, weight,
        disposition), 'UTF8'))
    from (select split_key, row_number() over (partition by split_key order by key collate "C")::int as pos, key,
        claim_id, party_id, work_id, share_ppm, weight, disposition from (${run.shares}) given) numbered`.execute(
    t.db,
  );
  await sql`analyze distribution.run_lines_in, distribution.run_shares`.execute(t.db);
  await requireShares(t.db, id);
  await sql`update distribution.runs r set input_sha256 = ${inputSha256(id)}, lines = l.lines, total_micro = l.total
    from (select count(*)::int as lines, coalesce(sum(amount_micro), 0)::bigint as total
      from distribution.run_lines_in where run_id = ${id}) l
    where r.id = ${id}`.execute(t.db);
  return id;
}

async function requireShares(db: Db, runId: string): Promise<void> {
  const found = await sql<{ line_id: string }>`select l.line_id from distribution.run_lines_in l
    left join (select split_key, sum(weight) as whole from distribution.run_shares where run_id = ${runId}
      group by split_key) s using (split_key)
    where l.run_id = ${runId} and (s.whole is null or s.whole = 0 and l.amount_micro <> 0) limit 1`.execute(
    db,
  );
  if (found.rows[0]) throw new Error(`line ${found.rows[0].line_id} has nobody to go to`);
}

/** Over all frozen lines, in their order, and all frozen shares, in theirs. */
export function inputSha256(runId: string): RawBuilder<string> {
  return sql`distribution.sha256_hex(concat_ws(E'\n',
    (select string_agg(distribution.sha256_hex(text), E'\n' order by chunk)
      from generate_series(0, (select (max(no) - 1) / ${LINES} from distribution.run_lines_in where run_id = ${runId})) chunk,
        lateral (select string_agg(distribution.line_text(no, line_id, origin_line_id, split_key, amount_micro,
            base_micro, fee_ppm), E'\n' order by no) as text
          from distribution.run_lines_in
          where run_id = ${runId} and no > chunk * ${LINES} and no <= (chunk + 1) * ${LINES}) lines),
    distribution.sha256_hex((select string_agg(distribution.share_text(split_key, pos, key, claim_id,
        party_id, work_id, share_ppm, weight, disposition), E'\n' order by split_key, pos)
      from distribution.run_shares where run_id = ${runId}))))`;
}

/** Lines from a list. */
export function linesOf(lines: readonly LineIn[]): LineSource {
  const rows = lines.map((line) => ({
    line_id: line.lineId,
    origin_line_id: line.originLineId,
    split_key: line.splitKey,
    amount_micro: line.amountMicro.toString(),
    base_micro: line.baseMicro.toString(),
    fee_ppm: line.feePpm,
  }));
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (line_id uuid,
    origin_line_id uuid, split_key uuid, amount_micro bigint, base_micro bigint, fee_ppm int)`;
}

/** Shares from a list. */
export function sharesOf(shares: readonly ShareIn[]): ShareSource {
  const rows = shares.map((share) => ({
    split_key: share.splitKey,
    key: share.key,
    claim_id: share.claimId,
    party_id: share.partyId,
    work_id: share.workId,
    share_ppm: share.sharePpm,
    weight: share.weight.toString(),
    disposition: share.disposition,
  }));
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (split_key uuid, key text,
    claim_id uuid, party_id uuid, work_id uuid, share_ppm int, weight bigint, disposition text)`;
}
