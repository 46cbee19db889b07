import { evidenceWords, verifyEvidence } from '@clearway/protocol';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteAccount } from '../identity/index.ts';
import { presetTerms } from '../offers/index.ts';
import { drain } from '../testing/drain.ts';
import { answersPaid, publish } from '../testing/offer-terms.ts';
import { person } from '../testing/register-works.ts';
import { logVerifierKey, sequence } from '../transparency/index.ts';
import {
  type CaseInput,
  evidenceChecks,
  listCases,
  openCase,
  readBundle,
  readCase,
  recordCheck,
} from './index.ts';
import { type EvidenceWorld, excerptOf, openEvidenceWorld, reportOf } from './testing/evidence-world.ts';

let w: EvidenceWorld;
let mine: { partyId: string; actor: string };
beforeAll(async () => {
  w = await openEvidenceWorld();
  mine = { partyId: w.holder.party.id, actor: w.holder.user.id };
  await w.saw([
    { reason: 'license-required', agentName: 'RudeBot', count: 40 },
    { reason: 'license-required', agentName: 'OtherBot', count: 3 },
  ]);
  await publish(w.k, w.holder, w.workId, presetTerms('no-ai'));
  await w.saw([{ reason: 'license-required', agentName: 'RudeBot', count: 2 }], [{ agent: 'KindBot' }]);
  await sequence(w.k);
});
afterAll(() => w.k.close());

const open = (more: Partial<CaseInput> = {}) => openCase(w.k, { ...w.asked(), ...mine, ...more });
const codeOf = (done: Promise<unknown>) =>
  done.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );
const findings = async () => (await Promise.all(evidenceChecks.map((one) => one.run(w.k)))).flat();

async function verified(caseId: string) {
  await sequence(w.k);
  const bytes = await readBundle(w.k, { caseId, partyId: mine.partyId });
  return verifyEvidence(bytes, { key: await logVerifierKey(w.k) });
}

describe('a case', () => {
  it('is a timeline with the terms of each second, sealed so that a stranger verifies it', async () => {
    const { id } = await open();
    const verdict = await verified(id);
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
    const { timeline, terms, named, records, shows } = verdict.document!;
    expect(timeline.map((one) => [one.kind, one.kind === 'refusal' ? one.count : undefined])).toEqual([
      ['terms', undefined],
      ['refusal', 40],
      ['terms', undefined],
      ['refusal', 2],
    ]);
    expect(terms.map(({ version }) => version)).toEqual([1, 2]);
    const [before, after] = timeline.filter((one) => one.kind === 'refusal');
    expect(before!.terms).toEqual([terms[0]!.sha256]);
    expect(after!.terms).toEqual([terms[1]!.sha256]);
    expect(records.map(({ type }) => type)).toEqual(['offer-published', 'offer-published']);
    expect(named).toEqual([]);
    expect(shows.en[0]).toContain('42 requests of a client calling itself “RudeBot”');
    expect(shows).toEqual(evidenceWords(verdict.document!).shows);
    expect(JSON.stringify(verdict.document)).not.toContain('Acme');
  });

  it('names a company only where its token was used by this very client', async () => {
    const { id } = await open({ client: 'KindBot' });
    const { ok, document } = await verified(id);
    expect(ok).toBe(true);
    expect(document!.named).toEqual([
      { party: w.acme.licenseeId, name: 'Acme Models', agreement: w.agreementId },
    ]);
    expect(document!.timeline.filter(({ kind }) => kind === 'fetch')).toHaveLength(1);
  });

  it('holds what data sets of the party match, and nothing of works that are not in it', async () => {
    const bytes = reportOf([excerptOf(w.workId), excerptOf(w.k.ids.id())]);
    const check = await recordCheck(w.k, { ...mine, dataset: 'Big Pile', use: 'ai-train', bytes });
    await sequence(w.k);
    const { id, workIds } = await open({ siteId: undefined, client: undefined, checks: [check.id] });
    expect(workIds).toEqual([w.workId]);
    const { ok, document } = await verified(id);
    expect(ok).toBe(true);
    expect(document!.timeline.filter(({ kind }) => kind === 'match')).toMatchObject([
      { work: w.workId, match: 'text', words: 41, item: 'line 1', report: check.reportSha256, terms: [] },
    ]);
    expect(document!.reports[0]!.inputs.map(({ name }) => name)).toEqual(['data/part-0.jsonl']);
    expect(document!.records.map(({ type }) => type)).toContain('dataset-checked');
    expect(document!.shows.en.join(' ')).toContain('“Big Pile” match works named here');
  });

  it('is refused where it is about nothing, of no possible period, or about what is not the party’s', async () => {
    const { from, to } = w.asked();
    expect(await codeOf(open({ siteId: undefined, client: undefined }))).toBe('case-about-nothing');
    expect(await codeOf(open({ client: undefined }))).toBe('case-about-nothing');
    expect(await codeOf(open({ client: 'others' }))).toBe('case-about-nothing');
    expect(await codeOf(open({ from: to, to: from }))).toBe('case-period-invalid');
    expect(await codeOf(open({ from: '2020-01-01T00:00:00.000Z' }))).toBe('case-period-invalid');
    expect(await codeOf(open({ to: '2100-01-01T00:00:00.000Z' }))).toBe('case-period-invalid');
    const stranger = await person(w.k, 'Stranger');
    const theirs = { partyId: stranger.party.id, actor: stranger.user.id };
    expect(await codeOf(open(theirs))).toBe('site-not-found');
    const check = await recordCheck(w.k, { ...theirs, dataset: 'x', use: 'ai-train', bytes: reportOf([]) });
    expect(await codeOf(open({ checks: [check.id] }))).toBe('check-unknown');
    expect(await codeOf(open({ works: [w.k.ids.id()] }))).toBe('work-unknown');
    const { id } = await open();
    const asked = { caseId: id, partyId: stranger.party.id };
    expect(await codeOf(readCase(w.k, asked))).toBe('case-unknown');
    expect(await codeOf(readBundle(w.k, asked))).toBe('case-unknown');
    expect(await codeOf(readCase(w.k, { ...asked, caseId: 'x' }))).toBe('case-unknown');
  });

  it('waits for the log, and never changes', async () => {
    const { id } = await open();
    const asked = { caseId: id, partyId: mine.partyId };
    expect(await codeOf(readBundle(w.k, asked))).toBe('bundle-not-in-log-yet');
    await sequence(w.k);
    const first = await readBundle(w.k, asked);
    await publish(w.k, w.holder, w.workId, answersPaid('999'));
    await sequence(w.k);
    const evidence = (bytes: Uint8Array) => JSON.parse(Buffer.from(bytes).toString()).evidence;
    expect(evidence(await readBundle(w.k, asked))).toBe(evidence(first));
    await expect(
      sql`update evidence.cases set sealed_sha256 = repeat('0', 64) where id = ${id}`.execute(w.k.db),
    ).rejects.toThrow('a case never changes');
  });
});

describe('evidenceChecks', () => {
  it('find nothing, and name the row a superuser altered', async () => {
    expect((await findings()).every(({ ok }) => ok)).toBe(true);
    const one = (await listCases(w.k, mine.partyId)).find(({ client }) => client !== null);
    const asSuperuser = (change: RawBuilder<unknown>) =>
      w.k.db.transaction().execute(async (t) => {
        await sql`set local session_replication_role = replica`.execute(t);
        await change.execute(t);
      });
    const alter = async (change: RawBuilder<unknown>, back: RawBuilder<unknown>) => {
      await asSuperuser(change);
      const bad = (await findings()).filter(({ ok }) => !ok).map(({ detail }) => detail);
      await asSuperuser(back);
      return bad;
    };
    const bad = await alter(
      sql`update evidence.cases set client = 'SomebodyElse' where id = ${one!.id}`,
      sql`update evidence.cases set client = ${one!.client} where id = ${one!.id}`,
    );
    expect(bad).toEqual([expect.stringContaining(one!.id)]);
    const hit = await alter(
      sql`update evidence.hits set item = 'elsewhere' where position = 0`,
      sql`update evidence.hits set item = 'line 1' where position = 0`,
    );
    expect(hit).toEqual([expect.stringContaining('position 0')]);
    expect((await findings()).every(({ ok }) => ok)).toBe(true);
  });
});

describe('erasure', () => {
  it('takes reports and cases of the party away, and nothing of others', async () => {
    const { id } = await open();
    const bytes = reportOf([excerptOf(w.workId)], { words: 501 });
    const check = await recordCheck(w.k, { ...mine, dataset: 'Personal', use: 'ai-index', bytes });
    await sequence(w.k);
    await deleteAccount(w.k, w.holder.user.id, 'ada@example.org');
    await drain(w.k);
    expect(await codeOf(readCase(w.k, { caseId: id, partyId: mine.partyId }))).toBe('bundle-erased');
    const left = await sql<{ n: number }>`select count(*)::int as n from evidence.hits
      where check_id = ${check.id}`.execute(w.k.db);
    expect(left.rows[0]!.n).toBe(0);
    const reports = await sql<{ report: string | null; dataset: string }>`select report, dataset
      from evidence.checks where party_id = ${mine.partyId}`.execute(w.k.db);
    expect(reports.rows.every(({ report, dataset }) => report === null && dataset === '')).toBe(true);
    const records = await sql<{ n: number }>`select count(*)::int as n from transparency.leaves l
      join transparency.records r on r.leaf_id = l.id
      where subject in (${`case:${id}`}, ${`dataset-check:${check.id}`})`.execute(w.k.db);
    expect(records.rows[0]!.n).toBe(0);
    expect((await findings()).every(({ ok }) => ok)).toBe(true);
  });
});
