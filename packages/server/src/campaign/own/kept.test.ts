import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureUser } from '../../identity/index.ts';
import { inTx, publishText, saveTextDraft } from '../../kernel/index.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { decideReview } from '../desk/decide-review.ts';
import { networkHash } from '../floods/network-hash.ts';
import {
  cleanUp,
  confirmSignature,
  decideRoster,
  eraseSignature,
  exportSignature,
  forgetOld,
  listAlarms,
  listCleanUps,
  previewCleanUp,
  submitRoster,
  takeRoster,
  undoCleanUp,
  watchTrend,
} from '../index.ts';
import { rosterLines } from '../roster/find-roster.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { organisation, records } from '../testing/roster-world.ts';

const DAY = 86_400_000;
let k: TestKernel;
let by: string;
let union: Awaited<ReturnType<typeof organisation>>;
beforeAll(async () => {
  k = await createCampaign();
  createApp(k);
  by = (await inTx(k, (t) => ensureUser(t, { email: 'op@guild.example', name: 'Op', locale: 'en' }))).id;
  await sql`update identity.users set operator = true where id = ${by}`.execute(k.db);
  union = await organisation(k, 'Writers’ Union', 'desk@union.example');
});
afterAll(() => k.close());

let people = 0;
const confirmed = async (name: string, about: Parameters<typeof signed>[1] = {}, network?: string) => {
  const email = about.email ?? `kept${++people}@example.org`;
  const { signature } = await confirmSignature(k, await signed(k, { ...about, name, email }));
  if (network)
    await sql`update campaign.signatories set network_hash = ${await networkHash(k, network)}
      where id = ${signature.id}`.execute(k.db);
  return signature;
};

let files = 0;
async function listed(name: string) {
  const { id } = await takeRoster(
    k,
    {
      ...{ origin: 'roster', role: 'union', userId: union.userId, locale: 'de' },
      through: { name: 'Writers’ Union', partyId: union.partyId },
      defaults: { basis: 'authority', authority: 'contract', on: '2026-01-31', reference: 'file 12' },
      file: { name: 'members.csv', sha256: (++files).toString(16).padStart(64, '0') },
    },
    records([[name, 'author', 'DE', '', '']]),
  );
  const [line] = await rosterLines(k, id, { bad: false, after: 0, limit: 10 });
  return { id, problem: line!.problem };
}

describe('who had everything erased', () => {
  it('is not listed again because a namesake signed, only because she herself did', async () => {
    const email = 'ruth@example.org';
    await eraseSignature(k, (await confirmed('Ruth Gone', { email })).id);
    expect((await listed('Ruth Gone')).problem).toBe('decided-herself');
    const namesake = await confirmed('Ruth Gone', { email: 'another@example.org' });
    await sql`update campaign.signatories set name = 'X', name_folded = 'x' where id = ${namesake.id}`.execute(
      k.db,
    );
    expect((await listed('Ruth Gone')).problem).toBe('decided-herself');
    const again = await confirmed('Ruth Gone', { email });
    await sql`update campaign.signatories set name = 'Y', name_folded = 'y' where id = ${again.id}`.execute(
      k.db,
    );
    expect((await listed('Ruth Gone')).problem).toBeNull();
  });
});

describe('the export', () => {
  it('says which terms of participation applied, word for word', async () => {
    const before = await confirmed('Tessa Before');
    const texts = { en: '# Terms\n\nBe kind.', de: '# Bedingungen\n\nSeid freundlich.' };
    await saveTextDraft(k, 'participation', { bodies: texts, revision: 0 });
    await publishText(k, { key: 'participation', revision: 1, zone: 'Europe/Berlin' });
    const after = await confirmed('Tessa After', { locale: 'de' });
    const termsOf = async (id: string) => (await exportSignature(k, id)).signatures[0]!.participationTerms;
    expect(await termsOf(before.id)).toEqual({ version: 0, text: null, sha256: null });
    expect(await termsOf(after.id)).toMatchObject({ version: 1, text: texts.de });
  });

  it('holds what was sent as evidence, what was decided and why, and mail that came back', async () => {
    const { id } = await confirmed('Eva Sent');
    await sql`insert into campaign.reviews (id, kind, signatory_id, ground, words, reporter_email, opened_at)
      values (gen_random_uuid(), 'evidence', ${id}, '', 'My book is on the shelf.', null, ${k.clock.now()}),
        (gen_random_uuid(), 'report', ${id}, 'invented', 'I know her cousin.', 'spy@example.org', ${k.clock.now()})`.execute(
      k.db,
    );
    const { rows } = await sql<{ id: string }>`select id from campaign.reviews where signatory_id = ${id}
      and kind = 'evidence'`.execute(k.db);
    await decideReview(k, { reviewId: rows[0]!.id, by, outcome: 'accepted', answer: 'Seen the book.' });
    await sql`insert into campaign.mail_returns values (${id}, ${k.clock.now()})`.execute(k.db);
    const exported = await exportSignature(k, id);
    expect(exported.signatures[0]).toMatchObject({ mailReturnedAt: k.clock.now(), cleanUps: [] });
    expect(exported.signatures[0]!.reviews).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ words: 'My book is on the shelf.', answer: 'Seen the book.' }),
        expect.objectContaining({ kind: 'report', ground: 'invented', outcome: null }),
      ]),
    );
    expect(JSON.stringify(exported)).not.toMatch(/cousin|spy@/);
  });

  it('says of somebody on a list what was stated for her, and nothing nobody said', async () => {
    const { id } = await listed('Lia Listed');
    const own = { id, partyId: union.partyId, userId: union.userId };
    await submitRoster(k, { ...own, statement: true, statementVersion: 1, onlyGood: false });
    await decideRoster(k, { id, by, outcome: 'publish', answer: 'Seen.' });
    const { rows } = await sql<{
      id: string;
    }>`select id from campaign.signatories where name = 'Lia Listed'`.execute(k.db);
    const { signatures } = await exportSignature(k, rows[0]!.id);
    expect(signatures[0]).toMatchObject({
      age: null,
      participationTerms: null,
      consent: { version: 0, text: null },
      list: {
        through: 'Writers’ Union',
        statement: { version: 1, text: expect.stringContaining('Vollmacht') },
      },
    });
  });
});

describe('what operators did about people', () => {
  it('keeps by what a clean-up went no longer than its rows, and networks 90 days', async () => {
    const gone = await confirmed('Peculiar Person');
    k.clock.advance(1_000);
    const { conditions, count } = await previewCleanUp(k, { name: 'peculiar person' });
    const first = await cleanUp(k, { conditions, expected: count, reason: 'a test', operatorId: by });
    const hash = (await networkHash(k, '192.0.2.0/24'))!;
    const stays = await confirmed('Network Person', {}, '192.0.2.0/24');
    k.clock.advance(1_000);
    const second = await cleanUp(k, {
      conditions: { network: hash, domain: 'example.org', until: k.clock.now() },
      ...{ expected: 1, reason: 'a test', operatorId: by },
    });
    await undoCleanUp(k, { id: second.id, reason: 'put back', operatorId: by });
    const of = async (id: string) => (await listCleanUps(k)).find((one) => one.id === id)!.conditions;
    expect(await of(first.id)).toMatchObject({ name: 'peculiar person' });
    await eraseSignature(k, gone.id);
    expect(await of(first.id)).toEqual({});
    k.clock.advance(91 * DAY);
    await forgetOld(k);
    expect(Object.keys(await of(second.id)).sort()).toEqual(['domain', 'until']);
    k.clock.advance(275 * DAY);
    await forgetOld(k);
    expect(await of(second.id)).toEqual({});
    expect((await exportSignature(k, stays.id)).signatures[0]!.cleanUps).toMatchObject([
      { reason: 'a test', undoReason: 'put back' },
    ]);
  });

  it('keeps no network in an alarm nobody closed', async () => {
    const hash = (await networkHash(k, '198.51.100.0/24'))!;
    const at = k.clock.now();
    await sql`insert into campaign.refusals values (${at}, ${hash}, 500)`.execute(k.db);
    const other = hash.replace(/^./, (letter) => (letter === 'f' ? 'e' : 'f'));
    await sql`insert into campaign.refusals values (${at}, ${other}, 500)`.execute(k.db);
    expect((await watchTrend(k)).map(({ kind }) => kind)).toEqual(['refused', 'refused']);
    k.clock.advance(91 * DAY);
    await forgetOld(k);
    const alarms = await listAlarms(k);
    expect(alarms.filter(({ closedAt }) => closedAt === null)).toHaveLength(2);
    expect(JSON.stringify(alarms)).not.toContain(hash.slice(1));
  });
});
