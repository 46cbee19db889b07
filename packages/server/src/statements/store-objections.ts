import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../kernel/index.ts';
import type { Objection, Outcome } from './model.ts';

const OBJECTION =
  sql.raw(`o.id, o.statement_id as "statementId", s.party_id as "partyId", s.currency, s.number, o.position,
  o.disputed_micro as "disputedMicro", o.reason, o.raised_by as "raisedBy", o.raised_at as "raisedAt", o.outcome,
  o.answer, o.answered_at as "answeredAt"`);

async function select(db: Db, rest: RawBuilder<unknown>): Promise<Objection[]> {
  const found = await sql<Objection>`select ${OBJECTION} from statements.objections o
    join statements.statements s on s.id = o.statement_id ${rest}`.execute(db);
  return found.rows;
}

export function selectObjectionsOf(db: Db, statementId: string): Promise<Objection[]> {
  return select(db, sql`where o.statement_id = ${statementId} order by o.raised_at, o.id`);
}

/** Open ones first, then the newest. */
export function selectObjections(db: Db, limit: number): Promise<Objection[]> {
  return select(db, sql`order by o.outcome is not null, o.raised_at desc, o.id limit ${limit}`);
}

/** Held until the transaction ends. */
export async function lockObjection(db: Db, id: string): Promise<Objection | undefined> {
  return (await select(db, sql`where o.id = ${id} for update of o`))[0];
}

/** Answers false where an open one is there already. */
export async function insertObjection(
  db: Db,
  o: Pick<
    Objection,
    'id' | 'statementId' | 'position' | 'disputedMicro' | 'reason' | 'raisedBy' | 'raisedAt'
  >,
): Promise<boolean> {
  const done =
    await sql`insert into statements.objections (id, statement_id, position, disputed_micro, reason, raised_by,
      raised_at)
    values (${o.id}, ${o.statementId}, ${o.position}, ${o.disputedMicro}, ${o.reason}, ${o.raisedBy}, ${o.raisedAt})
    on conflict do nothing`.execute(db);
  return done.numAffectedRows === 1n;
}

export async function updateAnswered(
  db: Db,
  id: string,
  { outcome, answer, by, at }: { outcome: Outcome; answer: string | null; by: string; at: Date },
): Promise<void> {
  await sql`update statements.objections set outcome = ${outcome}, answer = ${answer}, answered_by = ${by},
    answered_at = ${at} where id = ${id}`.execute(db);
}

/**
 * What parties dispute, by party and currency. Where the whole statement and lines of it are disputed, the larger counts, so
 * that nothing is held twice.
 */
export async function sumDisputed(
  db: Db,
  { partyIds, currency }: { partyIds: readonly string[] | undefined; currency: string | undefined },
): Promise<{ partyId: string; currency: string; disputedMicro: bigint }[]> {
  const found = await sql<{ partyId: string; currency: string; disputedMicro: bigint }>`
    select party_id as "partyId", currency, sum(disputed)::bigint as "disputedMicro"
    from (select s.party_id, s.currency, s.id,
        greatest(coalesce(sum(o.disputed_micro) filter (where o.position is null), 0),
          coalesce(sum(o.disputed_micro) filter (where o.position is not null), 0)) as disputed
      from statements.objections o join statements.statements s on s.id = o.statement_id
      where o.outcome is null
        and (${partyIds === undefined} or s.party_id = any(${partyIds ?? []}::uuid[]))
        and (${currency === undefined} or s.currency = ${currency ?? ''})
      group by s.party_id, s.currency, s.id) each_statement
    group by party_id, currency order by party_id, currency collate "C"`.execute(db);
  return found.rows;
}

export async function countOpen(db: Db): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from statements.objections
    where outcome is null`.execute(db);
  return found.rows[0]!.n;
}
