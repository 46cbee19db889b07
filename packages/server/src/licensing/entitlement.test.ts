import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { presetTerms, type Terms, withdrawOffer } from '../offers/index.ts';
import { openBrowser } from '../testing/browser.ts';
import { type Company, company } from '../testing/company.ts';
import { answersPaid, ownWork, publish, setUp, sharedWork } from '../testing/offer-terms.ts';
import { type Person, person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { contestClaim, withdrawWork } from '../works/index.ts';
import {
  acceptQuote,
  createClient,
  denyCompany,
  entitlement,
  entitlements,
  quote,
  revokeAgreement,
} from './index.ts';

let k: TestKernel;
let ada: Person;
let acme: Company;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  ada = await person(k, 'Ada');
  acme = await company(k);
});
afterAll(() => k.close());

const HOUR = 3_600_000;
const by = { use: 'ai-input' } as const;
const asked = (workIds: string[], at?: Date) =>
  entitlements(k, { ...by, licenseeId: acme.licenseeId, workIds, at });
const one = (workId: string, at?: Date) => entitlement(k, { ...by, licenseeId: acme.licenseeId, workId, at });

async function paidWork(): Promise<string> {
  const workId = await ownWork(k, ada);
  await publish(k, ada, workId, answersPaid());
  return workId;
}

async function license(workId: string): Promise<string> {
  const who = { licenseeId: acme.licenseeId, askedBy: `user:${acme.signer.user.id}` };
  const made = await quote(k, {
    ...by,
    ...who,
    workIds: [workId],
    unit: 'fetch',
    modelScope: null,
    months: 1,
  });
  const { agreement } = await acceptQuote(k, { quoteId: made.id, userId: acme.signer.user.id });
  return agreement.id;
}

const trainingPaid: Terms = {
  ...presetTerms('no-ai'),
  'ai-train': {
    answer: 'paid',
    prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
  },
};

describe('entitlement', () => {
  it('is one of five states with price or reason, in the order asked', async () => {
    const licensed = await paidWork();
    const agreementId = await license(licensed);
    const licensable = await paidWork();
    const silent = await ownWork(k, ada);
    const onRequest = await ownWork(k, ada);
    await publish(k, ada, onRequest, trainingPaid);
    const { workId: half } = await sharedWork(k, ada);
    await publish(k, ada, half, answersPaid());
    const disputed = await paidWork();
    const rival = await person(k, 'Rival');
    const claim = await sql<{ id: string }>`select id from works.claims where work_id = ${disputed}`.execute(
      k.db,
    );
    await contestClaim(k, {
      workId: disputed,
      claimId: claim.rows[0]!.id,
      partyId: rival.party.id,
      actor: rival.user.id,
      reason: 'mine',
    });
    const nobody = k.ids.id();
    const found = await asked([
      nobody,
      licensed,
      licensable,
      silent,
      onRequest,
      half,
      disputed,
      'x',
      licensed,
    ]);
    const price = { amountMicro: 20_000n, perUnits: 1n, free: false, unit: 'fetch', currency: 'EUR' };
    expect(found).toEqual([
      { workId: nobody, state: 'unknown', reason: 'work-unknown' },
      { workId: licensed, state: 'licensed', agreementId, price },
      { workId: licensable, state: 'licensable', price },
      { workId: silent, state: 'reserved', reason: 'no-terms' },
      { workId: onRequest, state: 'reserved', reason: 'use-not-offered' },
      { workId: half, state: 'reserved', reason: 'consent-missing' },
      { workId: disputed, state: 'on-hold', reason: 'on-hold' },
      { workId: 'x', state: 'unknown', reason: 'work-unknown' },
      { workId: licensed, state: 'licensed', agreementId, price },
    ]);
    const train = await entitlement(k, { use: 'ai-train', licenseeId: acme.licenseeId, workId: onRequest });
    expect(train).toMatchObject({
      state: 'licensable',
      price: { unit: 'model-version', amountMicro: 250_000_000n },
    });
    const rivals = await company(k);
    expect(await entitlement(k, { ...by, licenseeId: rivals.licenseeId, workId: licensed })).toMatchObject({
      state: 'licensable',
    });
  });

  it('is what was in force at the time: before, under, and after an agreement', async () => {
    const workId = await paidWork();
    const before = k.clock.now();
    k.clock.advance(HOUR);
    await license(workId);
    const during = k.clock.now();
    expect((await one(workId, before)).state).toBe('licensable');
    expect((await one(workId, new Date(before.getTime() - HOUR))).state).toBe('unknown');
    k.clock.advance(40 * 24 * HOUR);
    expect((await one(workId)).state).toBe('licensable');
    expect((await one(workId, during)).state).toBe('licensed');
    expect((await one(workId, new Date(k.clock.now().getTime() + HOUR))).state).toBe('licensable');
  });

  it('lets a withdrawn work stay licensed to the end, and a revoked licence no longer than its revocation', async () => {
    const workId = await paidWork();
    const agreementId = await license(workId);
    k.clock.advance(HOUR);
    await withdrawWork(k, { workId, party: ada.party, actor: ada.user.id, reason: '' });
    expect(await one(workId)).toMatchObject({ state: 'licensed', agreementId });
    const held = k.clock.now();
    k.clock.advance(HOUR);
    const end = { agreementId, userId: acme.signer.user.id, operator: false, reason: '' };
    await revokeAgreement(k, end);
    expect(await one(workId)).toEqual({ workId, state: 'reserved', reason: 'withdrawn' });
    expect((await one(workId, held)).state).toBe('licensed');
  });

  it('remembers terms that were taken back', async () => {
    const workId = await paidWork();
    const offered = k.clock.now();
    k.clock.advance(HOUR);
    await withdrawOffer(k, { workId, partyId: ada.party.id, actor: ada.user.id, reason: '' });
    expect(await one(workId)).toMatchObject({ state: 'reserved', reason: 'terms-withdrawn' });
    expect((await one(workId, offered)).state).toBe('licensable');
  });

  it('is reserved for a company that the holder refuses', async () => {
    const workId = await paidWork();
    const refused = await company(k);
    await denyCompany(k, { holderId: ada.party.id, licenseeId: refused.licenseeId, actor: ada.user.id });
    expect(await entitlement(k, { ...by, licenseeId: refused.licenseeId, workId })).toMatchObject({
      state: 'reserved',
      reason: 'company-denied',
    });
    expect((await one(workId)).state).toBe('licensable');
  });
});

describe('POST /api/entitlements', () => {
  const BODY = { use: 'ai-input' };
  it('answers a session and the credentials of a client, and nobody else', async () => {
    const app = createApp(k);
    const workId = await paidWork();
    const agreementId = await license(workId);
    const who = { licenseeId: acme.licenseeId, userId: acme.signer.user.id };
    const { client, secret } = await createClient(k, { ...who, name: 'Scanner' });
    const ask = (body: unknown, headers: Record<string, string> = {}) =>
      app.request('/api/entitlements', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
    const basic = (password: string) => ({
      Authorization: `Basic ${Buffer.from(`${client.id}:${password}`).toString('base64')}`,
    });
    const body = { ...BODY, works: [workId] };
    const answered = await ask(body, basic(secret));
    expect(answered.status).toBe(200);
    expect(await answered.json()).toEqual({
      entitlements: [
        {
          work: workId,
          state: 'licensed',
          agreementId,
          price: { amountMicro: '20000', perUnits: '1', unit: 'fetch', currency: 'EUR' },
        },
      ],
    });
    expect((await ask(body, basic('wrong'))).status).toBe(401);
    expect((await ask(body)).status).toBe(401);
    const holder = openBrowser(app);
    await signIn(k, holder, ada.user.id);
    const own = await holder.send('/api/entitlements', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, at: k.clock.now().toISOString() }),
    });
    expect(await own.json()).toMatchObject({ entitlements: [{ state: 'licensable' }] });
    const works = Array.from({ length: 1_001 }, () => k.ids.id());
    for (const wrong of [
      { ...BODY, works },
      { ...BODY, works: [] },
      { ...BODY, works: ['x'] },
      { use: 'search', works: [workId] },
      { ...body, at: 'yesterday' },
      { ...body, more: 1 },
    ])
      expect((await ask(wrong, basic(secret))).status).toBe(422);
    const many = await ask({ ...BODY, works: works.slice(1) }, basic(secret));
    expect(((await many.json()) as { entitlements: unknown[] }).entitlements).toHaveLength(1_000);
  });
});
