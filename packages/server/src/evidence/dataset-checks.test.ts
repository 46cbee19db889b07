import { formatScanReport, parseScanReport, verifyEvidence } from '@clearway/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Router } from '../kernel/index.ts';
import { presetTerms, type Terms } from '../offers/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { ownWork, publish } from '../testing/offer-terms.ts';
import { signIn } from '../testing/sign-in.ts';
import { logVerifierKey, sequence } from '../transparency/index.ts';
import { quoteCheck, readCheck, recordCheck } from './index.ts';
import { type EvidenceWorld, excerptOf, openEvidenceWorld, reportOf } from './testing/evidence-world.ts';

let w: EvidenceWorld;
let app: Router;
let buyer: Browser;
let holder: Browser;
let trained: string;
beforeAll(async () => {
  w = await openEvidenceWorld();
  app = createApp(w.k);
  buyer = openBrowser(app);
  await signIn(w.k, buyer, w.acme.signer.user.id);
  await buyer.send('/api/acting', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ organisationId: w.acme.organisationId }),
  });
  holder = openBrowser(app);
  await signIn(w.k, holder, w.holder.user.id);
  trained = await ownWork(w.k, w.holder);
  const terms: Terms = {
    ...presetTerms('no-ai'),
    'ai-train': {
      answer: 'paid',
      prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
    },
  };
  await publish(w.k, w.holder, trained, terms);
});
afterAll(() => w.k.close());

const acme = () => ({ partyId: w.acme.licenseeId, actor: w.acme.signer.user.id });
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

function form(fields: Record<string, string>, report?: Uint8Array): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  if (report) body.set('report', new Blob([new Uint8Array(report)]), 'report.json');
  return body;
}
async function hand(who: Browser, body: FormData) {
  const answer = await who.send('/api/dataset-checks', { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('a dataset check', () => {
  it('joins what matches with what it is to the company, and adds up what licences cost', async () => {
    const silent = await ownWork(w.k, w.holder);
    const nobody = w.k.ids.id();
    const exact = { work: trained, kind: 'bytes', sha256: 'ab'.repeat(32) } as const;
    const bytes = reportOf([excerptOf(trained), exact, excerptOf(silent), excerptOf(nobody)]);
    const check = await recordCheck(w.k, { ...acme(), dataset: 'Pile', use: 'ai-train', bytes });
    const asked = { checkId: check.id, partyId: w.acme.licenseeId };
    const found = await readCheck(w.k, asked);
    expect(found.counts).toEqual({ licensable: 1, licensed: 0, 'on-hold': 0, reserved: 1, unknown: 1 });
    expect(found.costs).toEqual([
      { unit: 'model-version', currency: 'EUR', works: 1, amountMicro: 250_000_000n },
    ]);
    expect(found.works[0]).toMatchObject({
      workId: trained,
      title: 'The Sea',
      items: 2,
      kinds: ['bytes', 'text'],
      words: 41,
      coverage: 0.25,
    });
    const scope = { kind: 'named', name: 'aurora-2' } as const;
    const ask = { ...asked, askedBy: `user:${acme().actor}`, months: 12 };
    const quoted = await quoteCheck(w.k, { ...ask, unit: 'model-version', modelScope: scope });
    expect(quoted.lines.map(({ workId }) => workId)).toEqual([trained]);
    expect(await codeOf(quoteCheck(w.k, { ...ask, unit: 'fetch', modelScope: null }))).toBe(
      'check-nothing-to-license',
    );
    const stranger = { ...asked, partyId: w.holder.party.id };
    expect(await codeOf(readCheck(w.k, stranger))).toBe('check-unknown');
  });

  it('is kept once, and its hash is on record', async () => {
    const bytes = reportOf([excerptOf(trained)], { items: 77 });
    const input = { ...acme(), dataset: 'Once', use: 'ai-train', bytes } as const;
    const first = await recordCheck(w.k, input);
    expect(await recordCheck(w.k, { ...input, dataset: 'Twice' })).toEqual(first);
    expect((await recordCheck(w.k, { ...input, use: 'ai-input' })).id).not.toBe(first.id);
    const leaves = await sql<{ n: number }>`select count(*)::int as n from transparency.leaves
      where subject = ${`dataset-check:${first.id}`}`.execute(w.k.db);
    expect(leaves.rows[0]!.n).toBe(1);
  });

  it('takes hostile files for what they are: refused, with nothing half-written', async () => {
    const good = reportOf([excerptOf(trained)], { words: 12 }).toString();
    const report = parseScanReport(good);
    const hits = Array.from({ length: 10_001 }, () => ({ ...report.hits[0]!, work: w.k.ids.id() }));
    const rows = () =>
      sql`select (select count(*) from evidence.checks) as c, (select count(*) from evidence.hits) as h,
        (select count(*) from transparency.leaves) as l`.execute(w.k.db);
    const before = (await rows()).rows;
    const bad: [string, string | Uint8Array, string][] = [
      ['empty', '', 'report-malformed'],
      ['cut off', good.slice(0, -9), 'report-malformed'],
      ['Parquet', 'PAR1\0\0PAR1', 'report-malformed'],
      ['not UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), 'report-malformed'],
      ['a member twice', good.replace('{', '{"items":1,'), 'report-malformed'],
      ['deep', `${'['.repeat(100_000)}`, 'report-malformed'],
      ['a formula', good.replace('line 1', '=1+1\\u0000'), 'report-malformed'],
      ['a prototype', good.replace('{', '{"__proto__":{"x":1},'), 'report-malformed'],
      ['script as work', good.replace(trained, '<script>alert(1)</script>'), 'report-malformed'],
      ['too many works', formatScanReport({ ...report, hits }), 'report-too-many-works'],
    ];
    for (const [what, content, code] of bad) {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      const { status, body } = await hand(buyer, form({ dataset: 'x', use: 'ai-train' }, bytes));
      expect([what, status, body.code]).toEqual([what, 422, code]);
    }
    expect((await hand(buyer, form({ dataset: 'x' }))).body.code).toBe('report-missing');
    expect((await hand(buyer, form({ dataset: '', use: 'ai-train' }, Buffer.from(good)))).body.code).toBe(
      'invalid-input',
    );
    expect((await hand(buyer, form({ dataset: 'x', use: 'search' }, Buffer.from(good)))).body.code).toBe(
      'invalid-input',
    );
    const huge = await hand(buyer, form({ dataset: 'x' }, new Uint8Array(17 * 1024 * 1024)));
    expect(huge.body.code).toBe('body-too-large');
    expect((await hand(openBrowser(app), form({ dataset: 'x' }, Buffer.from(good)))).status).toBe(401);
    expect((await rows()).rows).toEqual(before);
  });
});

describe('for programs', () => {
  it('a report is handed in, a case opened, and its file verifies', async () => {
    const bytes = reportOf([excerptOf(trained)], { words: 13 });
    const { status, body } = await hand(holder, form({ dataset: 'Public Pile', use: 'ai-train' }, bytes));
    expect(status).toBe(201);
    const result = await holder.send(`/api/dataset-checks/${body.id}`);
    expect(await result.json()).toMatchObject({ counts: { licensable: 1 }, works: [{ work: trained }] });
    expect((await buyer.send(`/api/dataset-checks/${body.id}`)).status).toBe(404);
    const { from, to } = w.asked();
    const opened = await holder.send('/api/cases', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ checks: [body.id], from, to }),
    });
    expect(opened.status).toBe(201);
    const { id } = (await opened.json()) as { id: string };
    expect((await holder.send(`/api/cases/${id}/bundle`)).status).toBe(503);
    await sequence(w.k);
    const file = await holder.send(`/api/cases/${id}/bundle`);
    const content = new Uint8Array(await file.arrayBuffer());
    expect(await verifyEvidence(content, { key: await logVerifierKey(w.k) })).toMatchObject({ ok: true });
    expect((await buyer.send(`/api/cases/${id}/bundle`)).status).toBe(404);
    const detail = (await (await holder.send(`/api/cases/${id}`)).json()) as { timeline: unknown[] };
    expect(detail.timeline.at(-1)).toMatchObject({ kind: 'terms' });
    const list = (await (await holder.send('/api/cases')).json()) as { cases: { id: string }[] };
    expect(list.cases.map((one) => one.id)).toContain(id);
  });
});
