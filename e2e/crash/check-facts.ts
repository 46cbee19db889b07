import type pg from 'pg';
import { INVARIANTS } from './invariants.ts';
import { countUnderWay, type Effect, type Ledger } from './ledger.ts';
import type { Mailbox } from './mailbox.ts';

/** What is wrong with the database, in sentences; empty when every acknowledged fact is there once and nothing is half. */
export async function findFaults(
  pool: pg.Pool,
  ledger: Ledger,
  mailbox: Mailbox,
  subscribed: readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const [sentence, offenders] of INVARIANTS) {
    const { rows } = await pool.query(offenders);
    if (rows.length > 0) faults.push(`not true: ${sentence}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  await compareSignatures(pool, ledger, faults);
  await compareWorks(pool, ledger, faults);
  await compareRest(pool, ledger, faults);
  await checkMails(pool, mailbox, faults);
  await checkEvents(pool, subscribed, faults);
  return faults;
}

async function compareSignatures(pool: pg.Pool, ledger: Ledger, faults: string[]): Promise<void> {
  const { rows } = await pool.query<{ email: string; state: string }>(
    'select email, state from campaign.signatories',
  );
  const stored = new Map(rows.map(({ email, state }) => [email, state]));
  for (const [email, { state, wanted }] of ledger.signatures) {
    const is = stored.get(email) ?? 'erased';
    if (is !== state && is !== wanted) faults.push(`the signature of ${email} is ${is}, was told ${state}`);
  }
  for (const email of stored.keys())
    if (!ledger.signatures.has(email)) faults.push(`nobody signed as ${email}`);
}

/** All that was acknowledged is there as it was told; beyond it only what was under way, each at most once. */
function compare(
  what: string,
  effect: Effect,
  told: ReadonlyMap<string, string>,
  stored: readonly (readonly [key: string, value: string])[],
  ledger: Ledger,
  faults: string[],
): void {
  const found = new Map<string, string>();
  for (const [key, value] of stored) {
    if (found.has(key)) faults.push(`${what} ${key} is there twice`);
    found.set(key, value);
  }
  for (const [key, value] of told) {
    const is = found.get(key);
    if (is === undefined) faults.push(`${what} ${key} was acknowledged and is lost`);
    else if (is !== value) faults.push(`${what} ${key} is ${is}, was acknowledged as ${value}`);
  }
  const more = found.size - [...told.keys()].filter((key) => found.has(key)).length;
  const allowed = countUnderWay(ledger, effect);
  if (more > allowed) faults.push(`${more} more of ${what} than acknowledged, ${allowed} were under way`);
}

async function compareWorks(pool: pg.Pool, ledger: Ledger, faults: string[]): Promise<void> {
  const told = [...ledger.works].map(
    ([id, { title, kind, sha256 }]) => [id, `${title} ${kind} ${sha256}`] as const,
  );
  const { rows } = await pool.query<{ id: string; title: string; kind: string; sha256: string | null }>(
    'select w.id, w.title, m.kind, m.sha256 from works.works w join works.manifestations m on m.work_id = w.id',
  );
  const stored = rows.map(({ id, title, kind, sha256 }) => [id, `${title} ${kind} ${sha256}`] as const);
  compare('the work', 'work', new Map(told), stored, ledger, faults);
}

async function compareRest(pool: pg.Pool, ledger: Ledger, faults: string[]): Promise<void> {
  const keys = async (query: string) =>
    (await pool.query<{ key: string; value?: unknown }>(query)).rows.map(
      ({ key, value }) => [key, String(value ?? '')] as const,
    );
  const set = (values: Iterable<string>) => new Map([...values].map((value) => [value, '']));
  const holders = `join parties.parties p on p.id = x.party_id join identity.users u on u.id = p.user_id`;

  const accounts = await keys(`select email as key from identity.users where not operator`);
  // An acceptance makes an account too.
  const entering = new Map([...ledger.underWay].filter(([, effect]) => effect === 'claim'));
  const withEntering: Ledger = {
    ...ledger,
    underWay: new Map([
      ...ledger.underWay,
      ...[...entering.keys()].map((key) => [`${key}+`, 'account'] as const),
    ]),
  };
  compare('the account', 'account', set(ledger.accounts), accounts, withEntering, faults);

  const claims = await keys(`select x.work_id || ' ' || u.email as key from works.claims x ${holders}
    where x.state = 'accepted' and x.position > 0`);
  compare('the acceptance', 'claim', set(ledger.claims), claims, ledger, faults);

  const proofs = await keys(`select id as key, site_id as value from sites.checks where result = 'proven'`);
  const byCheck = new Map([...ledger.proofs].map(([site, check]) => [check, site]));
  // A look that was interrupted is taken anew: an extra check of a site is no second proof.
  const known = proofs.filter(([check]) => byCheck.has(check));
  compare('the proof', 'proof', byCheck, known, ledger, faults);

  const drafts = await keys('select work_id as key, version as value from offers.drafts');
  const toldDrafts = new Map([...ledger.drafts].map(([work, version]) => [work, String(version)]));
  compare('the draft', 'draft', toldDrafts, drafts, ledger, faults);

  const offers = await keys(
    `select id as key, concat_ws(' ', work_id, version, sha256) as value from offers.offers`,
  );
  const toldOffers = [...ledger.offers].map(
    ([id, { workId, version, sha256 }]) => [id, `${workId} ${version} ${sha256}`] as const,
  );
  compare('the offer', 'offer', new Map(toldOffers), offers, ledger, faults);

  const consents =
    await keys(`select concat_ws(' ', x.offer_id, u.email, x.use) as key from offers.consents x ${holders}
    where x.state = 'consented'`);
  // Publishing is the publisher's consent.
  const publishing = [...ledger.underWay].filter(([, effect]) => effect === 'offer');
  const withPublishing: Ledger = {
    ...ledger,
    underWay: new Map([...ledger.underWay, ...publishing.map(([key]) => [`${key}+`, 'consent'] as const)]),
  };
  compare('the consent', 'consent', set(ledger.consents), consents, withPublishing, faults);
}

/** What the database calls sent lies in the mailbox. */
async function checkMails(pool: pg.Pool, mailbox: Mailbox, faults: string[]): Promise<void> {
  const { rows } = await pool.query<{ message_id: string }>(
    `select message_id from kernel.mails where state = 'sent'`,
  );
  const arrived = mailbox.messageIds();
  const lost = rows.filter(({ message_id }) => !arrived.has(message_id));
  if (lost.length > 0) faults.push(`${lost.length} mails are called sent and never arrived`);
}

/** A dispatched event has a job for each of its subscribers, done or not. */
async function checkEvents(pool: pg.Pool, subscribed: readonly string[], faults: string[]): Promise<void> {
  const wanted = new Map<string, number>();
  for (const type of subscribed) wanted.set(type, (wanted.get(type) ?? 0) + 1);
  const { rows } = await pool.query<{ id: string; type: string; jobs: string }>(
    `select o.id, o.type, count(j.id)::text as jobs from kernel.outbox o
      left join kernel.jobs j on j.kind like 'event:%' and j.dedup_key = o.id::text
      where o.dispatched_at is not null group by o.id, o.type`,
  );
  for (const { id, type, jobs } of rows)
    if (Number(jobs) !== (wanted.get(type) ?? 0))
      faults.push(`the event ${type} ${id} has ${jobs} jobs instead of ${wanted.get(type) ?? 0}`);
}
