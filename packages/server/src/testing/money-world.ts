import { generateKeyPair, type KeyPair, toBase64 } from '@clearway/protocol';
import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';
import { acceptQuote, createClient, quote } from '../licensing/index.ts';
import { payoutProfileSchema, savePayoutProfile } from '../parties/index.ts';
import { registerGate, registerSite } from '../sites/index.ts';
import { acceptInvitation, changeShares, claimsOf, contestClaim, requireWork } from '../works/index.ts';
import { OUR_ACCOUNT, openAccount } from './camt053.ts';
import { company } from './company.ts';
import { answersPaid, ownWork, publish, setUp } from './offer-terms.ts';
import { type Person, person, signedIn, tokensFor } from './register-works.ts';

/** All that has to be agreed before money moves. Sessions are Cookie headers. */
export type MoneyWorld = {
  readonly iban: string;
  /** Two operators: one proposes, the other approves. */
  readonly first: string;
  readonly second: string;
  /** Holds a share of every work; is paid. */
  readonly holder: string;
  /** A share of this work is contested by the objector. */
  readonly contested: { readonly workId: string; readonly claimId: string; readonly objector: string };
  /** The secret in the invitation of somebody who has not accepted the own share. */
  readonly invitation: string;
  readonly gates: readonly { readonly id: string; readonly siteId: string; readonly pair: KeyPair }[];
  /** For every company and work. */
  readonly tokens: readonly { readonly id: string; readonly agreement: string; readonly client: string }[];
};

const MINE = { answer: 'mine', holderKind: null, holderName: null } as const;
const IBANS = ['FR1420041010050500013M02606', 'NL91ABNA0417164300', 'DE02120300000000202051'] as const;

/**
 * An instance whose holders shared four works and agreed with two companies: one work is held alone, one is shared, one has
 * shares that are not accepted, one has a share that is contested. Not everybody who is owed money said where to pay it.
 */
export async function moneyWorld(k: Kernel, gates = 2): Promise<MoneyWorld> {
  await setUp(k);
  const [first, second] = [await operator(k, 'Olga'), await operator(k, 'Paul')];
  await openAccount(k, first.user.id);
  const holder = await person(k, 'Holder');
  const works: string[] = [];
  for (const price of ['20001', '112347', '333333', '77777']) {
    const workId = await ownWork(k, holder);
    await publish(k, holder, workId, answersPaid(price));
    works.push(workId);
  }
  const owner = { partyId: holder.party.id, actor: holder.user.id };
  const site = await registerSite(k, { ...owner, url: 'https://money.example' });
  await sql`insert into sites.checks (id, site_id, method, result, checked_at, valid_until, evidence)
    values (${k.ids.id()}, ${site.id}, 'dns', 'proven', now(), now() + interval '1 year', '{}')`.execute(
    k.db,
  );
  const tokens = [
    ...(await agree(k, 'Acme Models', works, site.id)),
    ...(await agree(k, 'Beta Models', works, site.id)),
  ];
  const [, shared, open, contested] = works;
  await share(k, holder, shared!, { Nora: 400_000 });
  await share(k, holder, open!, { Mia: 300_001, Ida: 199_999 });
  const own = await share(k, holder, contested!, { Eva: 333_333 });
  for (const name of ['Nora', 'Eva']) {
    const token = await invitationOf(k, name);
    await acceptInvitation(k, { token, locale: 'en', authority: MINE });
  }
  const objector = await person(k, 'Objector');
  const about = { workId: contested!, claimId: own };
  await contestClaim(k, {
    ...about,
    partyId: objector.party.id,
    actor: objector.user.id,
    reason: 'I wrote it all',
  });
  for (const [at, who] of [holder, await person(k, 'Nora'), await person(k, 'Mia')].entries())
    await sayWhere(k, who, IBANS[at]!);
  return {
    iban: OUR_ACCOUNT.iban,
    first: await signedIn(k, first.user.id),
    second: await signedIn(k, second.user.id),
    holder: await signedIn(k, holder.user.id),
    contested: { ...about, objector: await signedIn(k, objector.user.id) },
    invitation: await invitationOf(k, 'Mia'),
    gates: await Promise.all(
      Array.from({ length: gates }, async () => {
        const pair = await generateKeyPair();
        const publicKey = toBase64(pair.publicKey);
        const { gate } = await registerGate(k, { ...owner, siteId: site.id, name: 'gate', publicKey });
        return { id: gate.id, siteId: site.id, pair };
      }),
    ),
    tokens,
  };
}

async function operator(k: Kernel, name: string): Promise<Person> {
  const made = await person(k, name);
  await sql`update identity.users set operator = true where id = ${made.user.id}`.execute(k.db);
  return made;
}

/** A company that agreed to pay for all works by the fetch, with a token for each that is valid for a day. */
async function agree(k: Kernel, name: string, works: readonly string[], siteId: string) {
  const { licenseeId, signer } = await company(k, name);
  const { client } = await createClient(k, { licenseeId, userId: signer.user.id, name: 'crawler' });
  const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 12 } as const;
  const askedBy = `user:${signer.user.id}`;
  const asked = await quote(k, { licenseeId, askedBy, workIds: [...works], ...terms });
  const { agreement } = await acceptQuote(k, { quoteId: asked.id, userId: signer.user.id });
  const about = { agreement: agreement.id, client: client.id };
  const tokens = works.map((workId) => ({ ...about, id: k.ids.id(), workId }));
  for (const { id, workId } of tokens)
    await sql`insert into licensing.tokens (jti, agreement_id, client_id, site_id, work_id, resource, use, issued_at,
        expires_at)
      values (${id}, ${agreement.id}, ${client.id}, ${siteId}, ${workId}, '/', 'ai-input', now() - interval '1 minute',
        now() + interval '1 day')`.execute(k.db);
  return tokens;
}

/** Shares a work the registrant held alone; answers the claim the registrant keeps. */
async function share(k: Kernel, holder: Person, workId: string, others: { readonly [name: string]: number }) {
  const claim = (await claimsOf(k, holder.party.id)).find((one) => one.workId === workId)!;
  const { version } = await requireWork(k, workId);
  const given = Object.values(others).reduce((sum, ppm) => sum + ppm, 0);
  await changeShares(k, {
    workId,
    party: holder.party,
    actor: holder.user.id,
    locale: 'en',
    version,
    shares: [
      { claimId: claim.id, sharePpm: 1_000_000 - given, role: 'composer' },
      ...Object.entries(others).map(([name, sharePpm]) => {
        const email = `${name.toLowerCase()}@example.org`;
        return { me: false as const, name, email, role: 'lyricist' as const, sharePpm };
      }),
    ],
  });
  return claim.id;
}

async function invitationOf(k: Kernel, name: string): Promise<string> {
  const [token] = await tokensFor(k, `${name.toLowerCase()}@example.org`);
  if (token === undefined) throw new Error(`${name} was not invited`);
  return token;
}

async function sayWhere(k: Kernel, who: Person, iban: string): Promise<void> {
  const { address } = OUR_ACCOUNT;
  const fields = payoutProfileSchema.parse({ name: who.party.name, iban, ...address, taxResidence: 'DE' });
  await savePayoutProfile(k, { ...fields, partyId: who.party.id, actor: who.user.id });
}
