import { randomUUID } from 'node:crypto';
import { generateKeyPair, type KeyPair } from '@clearway/protocol';
import type pg from 'pg';

/** A gate with what it is told about: its site and a token that is valid for the whole test. */
export type CrashGate = {
  readonly id: string;
  readonly siteId: string;
  readonly pair: KeyPair;
  readonly token: string;
  readonly agreement: string;
  readonly client: string;
};

/** Writes what a holder, a company and their licence would have left behind, and gates before the holder's site. */
export async function plantGates(pool: pg.Pool, count: number): Promise<CrashGate[]> {
  const [holder, company, siteId, agreement, client, standing] = Array.from({ length: 6 }, () =>
    randomUUID(),
  );
  await pool.query(
    `insert into parties.parties (id, kind, name, created_at)
     values ($1, 'person', 'Holder', now()), ($2, 'organisation', 'Models', now())`,
    [holder, company],
  );
  await pool.query(
    `insert into sites.sites (id, party_id, kind, host, url, created_at)
     values ($1, $2, 'host', 'gate.example', 'https://gate.example/', now())`,
    [siteId, holder],
  );
  await pool.query(
    `insert into licensing.clients (id, licensee_id, name, secret_hmac, created_by, created_at)
     values ($1, $2, 'crawler', 'none', $2, now())`,
    [client, company],
  );
  await pool.query(
    `insert into licensing.standing_acceptances (id, licensee_id, uses, currency, monthly_cap_micro,
       switched_on_by, switched_on_at)
     values ($1, $2, '{ai-input}', 'EUR', 1000000, $2, now())`,
    [standing, company],
  );
  await pool.query(
    `insert into licensing.agreements (id, standing_id, licensee_id, use, unit, currency, made_by, made_at,
       ends_at, secret, document, document_sha256)
     values ($1, $2, $3, 'ai-input', 'fetch', 'EUR', $3, now(), now() + interval '1 year', 'x', 'x', 'x')`,
    [agreement, standing, company],
  );
  return Promise.all(
    Array.from({ length: count }, async () => {
      const [id, token, pair] = [randomUUID(), randomUUID(), await generateKeyPair()];
      await pool.query(
        `insert into sites.gates (id, site_id, name, public_key, secret_hmac, created_at)
         values ($1, $2, 'gate', $3, 'none', now())`,
        [id, siteId, Buffer.from(pair.publicKey)],
      );
      await pool.query(
        `insert into licensing.tokens (jti, agreement_id, client_id, site_id, work_id, resource, use,
           issued_at, expires_at)
         values ($1, $2, $3, $4, $5, '/', 'ai-input', now(), now() + interval '1 day')`,
        [token, agreement, client, siteId, randomUUID()],
      );
      return { id, siteId: siteId!, pair, token, agreement: agreement!, client: client! };
    }),
  );
}

/** What is wrong with what was counted, in sentences. */
export async function usageFaults(
  pool: pg.Pool,
  gates: readonly (CrashGate & { readonly told: number; readonly made: number })[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { id, told, made } of gates) {
    const { rows } = await pool.query<{ n: number; least: number; most: number; last: number | null }>(
      `select count(*)::int as n, coalesce(min(record_seq), 1)::int as least, coalesce(max(record_seq), 0)::int as most,
         (select last_record::int from usage.gates where gate_id = $1) as last
       from usage.events where gate_id = $1`,
      [id],
    );
    const { n, least, most, last } = rows[0]!;
    if (n !== most || least !== 1) faults.push(`gate ${id}: ${n} records from ${least} to ${most}`);
    if (most < told) faults.push(`gate ${id}: told ${told} are counted, there are ${most}`);
    if (most > made) faults.push(`gate ${id}: ${most} records, only ${made} were made`);
    if ((last ?? 0) !== most) faults.push(`gate ${id}: counted to ${last}, there are ${most}`);
  }
  const { rows } = await pool.query<Record<string, number>>(`select
    (select count(*) from usage.events)::int as events,
    (select count(*) from usage.events where fault is not null)::int as faulty,
    (select coalesce(sum(units), 0) from usage.rollups)::int as summed,
    (select coalesce(sum(total), 0) from usage.receipts)::int as receipted,
    (select coalesce(sum(counted), 0) from usage.token_counts)::int as tokens,
    (select coalesce(sum(counted), 0) from licensing.tokens)::int as told,
    (select count(*) from usage.segments where counted_at is not null)::int as segments,
    (select coalesce(sum(count), 0) from usage.refusals)::int as refusals`);
  const { events, faulty, summed, receipted, tokens, told, segments, refusals } = rows[0]!;
  if (refusals !== 2 * segments!) faults.push(`${segments} segments of two refusals, ${refusals} refusals`);
  if (faulty !== 0) faults.push(`${faulty} records have a fault`);
  for (const [name, number] of Object.entries({ summed, receipted, tokens, told })) {
    if (number !== events) faults.push(`${events} records, ${number} ${name}`);
  }
  return faults;
}
