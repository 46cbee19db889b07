import {
  FIRST_PREV,
  generateKeyPair,
  type KeyPair,
  type Segment,
  sealSegment,
  segmentHash,
  toBase64,
  type UsageRecord,
} from '@clearway/protocol';
import { sql } from 'kysely';
import { acceptQuote, type Client, createClient, quote } from '../../licensing/index.ts';
import { type Gate, registerGate, registerSite } from '../../sites/index.ts';
import { type Company, company } from '../../testing/company.ts';
import { answersPaid, ownWork, publish, setUp } from '../../testing/offer-terms.ts';
import { type Person, person } from '../../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';

/** A holder with a site and a gate, a company with an agreement for one work and a client. */
export type UsageWorld = {
  readonly k: TestKernel;
  readonly holder: Person;
  readonly company: Company;
  readonly workId: string;
  readonly agreementId: string;
  readonly client: Client;
  readonly clientSecret: string;
  readonly siteId: string;
  /** A new gate of the site. */
  gate(): Promise<TestGate>;
  /** A token as it would have been issued, valid for an hour around now. */
  token(more?: { cap?: number; siteId?: string; use?: string }): Promise<string>;
  /** A record of a token, counted now. */
  record(seq: number, tokenId: string, more?: Partial<UsageRecord>): UsageRecord;
};

export type TestGate = { readonly gate: Gate; readonly pair: KeyPair };

export async function openUsageWorld(): Promise<UsageWorld> {
  const k = await createTestKernel();
  await setUp(k);
  const holder = await person(k, 'Holder');
  const workId = await ownWork(k, holder);
  await publish(k, holder, workId, answersPaid());
  const buyer = await company(k);
  const signer = { userId: buyer.signer.user.id, licenseeId: buyer.licenseeId };
  const offered = await quote(k, {
    licenseeId: buyer.licenseeId,
    askedBy: `user:${signer.userId}`,
    workIds: [workId],
    use: 'ai-input',
    unit: 'fetch',
    modelScope: null,
    months: 12,
  });
  const { agreement } = await acceptQuote(k, { quoteId: offered.id, userId: signer.userId });
  const { client, secret: clientSecret } = await createClient(k, { ...signer, name: 'crawler' });
  const owner = { partyId: holder.party.id, actor: holder.user.id };
  const site = await registerSite(k, { ...owner, url: 'https://blog.example' });
  await sql`insert into sites.checks (id, site_id, method, result, checked_at, valid_until, evidence)
    values (${k.ids.id()}, ${site.id}, 'dns', 'proven', now(), '2030-01-01', '{}')`.execute(k.db);
  return {
    k,
    holder,
    company: buyer,
    workId,
    agreementId: agreement.id,
    client,
    clientSecret,
    siteId: site.id,
    async gate() {
      const pair = await generateKeyPair();
      const publicKey = toBase64(pair.publicKey);
      return { pair, ...(await registerGate(k, { ...owner, siteId: site.id, name: 'gate', publicKey })) };
    },
    async token({ cap, siteId = site.id, use = 'ai-input' } = {}) {
      const jti = k.ids.id();
      const at = k.clock.now().getTime();
      await sql`insert into licensing.tokens (jti, agreement_id, client_id, site_id, work_id, resource, use, cap,
          issued_at, expires_at)
        values (${jti}, ${agreement.id}, ${client.id}, ${siteId}, ${workId}, '/', ${use}, ${cap ?? null},
          ${new Date(at - 1_800_000)}, ${new Date(at + 1_800_000)})`.execute(k.db);
      return jti;
    },
    record(seq, tokenId, more = {}) {
      return {
        seq,
        at: k.clock.now().getTime(),
        tokenId,
        agreement: agreement.id,
        client: client.id,
        path: '/posts/1',
        use: 'ai-input',
        units: 1,
        bytes: 1_000,
        status: 200,
        ...more,
      };
    },
  };
}

/** A chain of segments with these records, sealed by the gate. */
export async function chainOf(
  { gate, pair }: TestGate,
  contents: readonly (readonly UsageRecord[])[],
  more: Partial<Segment> = {},
): Promise<{ segment: Segment; sealed: string }[]> {
  const chain: { segment: Segment; sealed: string }[] = [];
  let prev = FIRST_PREV;
  for (const [i, records] of contents.entries()) {
    const times = records.map(({ at }) => at);
    const segment: Segment = {
      format: 'clearway-segment-1',
      gate: gate.id,
      site: gate.siteId,
      seq: i + 1,
      prev,
      from: times.length > 0 ? Math.min(...times) : 0,
      to: times.length > 0 ? Math.max(...times) : 0,
      records,
      refusals: [],
      bundle: 1,
      ...more,
    };
    chain.push({ segment, sealed: await sealSegment(segment, pair) });
    prev = await segmentHash(segment);
  }
  return chain;
}
