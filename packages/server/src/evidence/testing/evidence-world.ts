import { createHash } from 'node:crypto';
import {
  formatScanReport,
  generateKeyPair,
  type RefusalCount,
  type ScanHit,
  type ScanReport,
  toBase64,
  type UsageRecord,
} from '@clearway/protocol';
import { sql } from 'kysely';
import { acceptQuote, createClient, quote } from '../../licensing/index.ts';
import { registerGate, type Site } from '../../sites/index.ts';
import { type Company, company } from '../../testing/company.ts';
import { answersPaid, publish, setUp } from '../../testing/offer-terms.ts';
import { provenSite, workAt } from '../../testing/proven-site.ts';
import { type Person, person } from '../../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { acceptSegment } from '../../usage/index.ts';
import { chainOf } from '../../usage/testing/usage-world.ts';

const HOUR = 3_600_000;

/** A holder with a site, a work at it and a gate that refuses a rude crawler and lets a licensed one in. */
export type EvidenceWorld = {
  readonly k: TestKernel;
  readonly holder: Person;
  readonly acme: Company;
  readonly site: Site;
  readonly workId: string;
  readonly agreementId: string;
  /** A case of the last day about the rude one, as a program asks for it. */
  asked(): { siteId: string; client: string; works: string[]; checks: string[]; from: string; to: string };
  /** The gate's next segment. */
  saw(
    refusals: readonly Omit<RefusalCount, 'from' | 'to'>[],
    records?: readonly Partial<UsageRecord>[],
  ): Promise<void>;
};

export async function openEvidenceWorld(): Promise<EvidenceWorld> {
  const k = await createTestKernel();
  await setUp(k);
  const holder = await person(k, 'Ada');
  const site = await provenSite(k, holder, 'https://blog.example/');
  const workId = await workAt(k, holder, 'https://blog.example/p/');
  await publish(k, holder, workId, answersPaid());
  k.clock.advance(HOUR);
  const acme = await company(k, 'Acme Models');
  const who = { licenseeId: acme.licenseeId, userId: acme.signer.user.id };
  const made = await quote(k, {
    licenseeId: who.licenseeId,
    askedBy: `user:${who.userId}`,
    workIds: [workId],
    use: 'ai-input',
    unit: 'fetch',
    modelScope: null,
    months: 12,
  });
  const { agreement } = await acceptQuote(k, { quoteId: made.id, userId: who.userId });
  const { client } = await createClient(k, { ...who, name: 'crawler' });
  const pair = await generateKeyPair();
  const { gate } = await registerGate(k, {
    siteId: site.id,
    partyId: site.partyId,
    name: 'front',
    publicKey: toBase64(pair.publicKey),
    actor: holder.user.id,
  });
  const jti = k.ids.id();
  const at = k.clock.now().getTime();
  await sql`insert into licensing.tokens (jti, agreement_id, client_id, site_id, work_id, resource, use, issued_at, expires_at)
    values (${jti}, ${agreement.id}, ${client.id}, ${site.id}, ${workId}, '/p/', 'ai-input', ${new Date(at)},
      ${new Date(at + 100 * HOUR)})`.execute(k.db);
  const contents: { records: UsageRecord[]; refusals: RefusalCount[]; from: number; to: number }[] = [];
  let seq = 0;
  return {
    k,
    holder,
    acme,
    site,
    workId,
    agreementId: agreement.id,
    asked: () => ({
      siteId: site.id,
      client: 'RudeBot',
      works: [],
      checks: [],
      from: new Date(k.clock.now().getTime() - 24 * HOUR).toISOString(),
      to: k.clock.now().toISOString(),
    }),
    async saw(refusals, records = []) {
      const from = k.clock.now().getTime();
      k.clock.advance(HOUR);
      const to = k.clock.now().getTime();
      contents.push({
        from,
        to,
        refusals: refusals.map((line) => ({ ...line, from, to: to - 1 })),
        records: records.map((line) => ({
          seq: ++seq,
          at: to - 2,
          tokenId: jti,
          agreement: agreement.id,
          client: client.id,
          path: '/p/1',
          use: 'ai-input',
          units: 1,
          bytes: 900,
          status: 200,
          ...line,
        })),
      });
      const sealed = await chainOfAll({ gate, pair }, contents);
      await acceptSegment(k, sealed);
      k.clock.advance(HOUR);
    },
  };
}

type Content = { records: UsageRecord[]; refusals: RefusalCount[]; from: number; to: number };

/** The last segment of a chain with these contents. */
async function chainOfAll(
  gate: Parameters<typeof chainOf>[0],
  contents: readonly Content[],
): Promise<string> {
  let prev: string | undefined;
  let sealed = '';
  for (const [i, { records, ...more }] of contents.entries()) {
    const [one] = await chainOf(gate, [records], {
      ...more,
      seq: i + 1,
      ...(prev !== undefined && { prev }),
    });
    sealed = one!.sealed;
    prev = createHash('sha256')
      .update(Buffer.from(sealed.split('.')[1]!, 'base64url'))
      .digest('hex');
  }
  return sealed;
}

/** The file a scan wrote that found these hits in one input. */
export function reportOf(
  hits: readonly (Omit<ScanHit, 'input' | 'item'> & { item?: string })[],
  more: Partial<ScanReport> = {},
): Buffer {
  const input = 'data/part-0.jsonl';
  return Buffer.from(
    formatScanReport({
      format: 'clearway-scan-report-1',
      createdAt: '2026-11-20T12:00:00.000Z',
      tool: { name: 'clearway', version: '0.1.0' },
      index: { sha256: 'ab'.repeat(32), works: 3 },
      inputs: [
        { name: input, sha256: 'cd'.repeat(32), bytes: 900, items: 4 },
        { name: 'data/part-1.jsonl', sha256: 'ef'.repeat(32), bytes: 9, items: 1 },
      ],
      items: 5,
      words: 500,
      bytes: 909,
      hits: hits.map((hit, i) => ({ item: `line ${i + 1}`, input, ...hit })),
      ...more,
    }),
  );
}

/** An excerpt of 41 words of a work. */
export function excerptOf(work: string): Omit<ScanHit, 'input' | 'item'> {
  return {
    work,
    kind: 'text',
    words: 41,
    coverage: 0.25,
    runs: [{ item: [10, 51], work: [0, 41], words: 41 }],
  };
}
