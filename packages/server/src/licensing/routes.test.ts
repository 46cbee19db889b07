import { createHash } from 'node:crypto';
import { openBundle, openLicense, openRemovals } from '@clearway/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { topUp } from '../ledger/index.ts';
import { presetTerms, type Terms, withdrawOffer } from '../offers/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { type Company, company } from '../testing/company.ts';
import { drain } from '../testing/drain.ts';
import { answersPaid, publish, setUp } from '../testing/offer-terms.ts';
import { provenSite, workAt } from '../testing/proven-site.ts';
import { type Person, person, register, spooled } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { withdrawWork } from '../works/index.ts';
import { createClient, SIGNING_PURPOSE } from './index.ts';

let k: TestKernel;
let app: Router;
let ada: Person;
let acme: Company;
let buyer: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  ada = await person(k, 'Ada');
  acme = await company(k);
  buyer = await actingFor(acme);
});
afterAll(() => k.close());

async function actingFor({ signer, organisationId }: Company): Promise<Browser> {
  const browser = openBrowser(app);
  await signIn(k, browser, signer.user.id);
  const chosen = await send(browser, 'PUT', '/api/acting', { organisationId });
  expect(chosen.status).toBeLessThan(300);
  return browser;
}

async function send(who: Browser, method: string, path: string, body?: unknown) {
  const response = await who.send(path, {
    method,
    headers: {
      Accept: 'application/json',
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const type = response.headers.get('Content-Type') ?? '';
  const parsed = type.includes('json') && text !== '' ? JSON.parse(text) : undefined;
  return { status: response.status, body: parsed, text, headers: response.headers };
}

const keys = async () => {
  const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
  return (asked: string) => (asked === kid ? publicKey : undefined);
};

const TRAINING: Terms = {
  ...presetTerms('no-ai'),
  'ai-train': {
    answer: 'paid',
    prices: [{ unit: 'model-version', amountMicro: '250000000', perUnits: '1' }],
  },
};

async function fileWork(content: Uint8Array): Promise<string> {
  const { work } = await register(k, ada, {
    source: { kind: 'file', file: spooled(content, 'text/plain', 'poem.txt') },
    authority: { answer: 'mine', holderKind: null, holderName: null },
  });
  await publish(k, ada, work.id, TRAINING);
  return work.id;
}

const text = (what: string) => new TextEncoder().encode(`${what}\n`.repeat(20));

describe('a training licence for files', () => {
  it('goes from the catalogue to the bytes', async () => {
    const content = text('the sea');
    const workId = await fileWork(content);
    const found = await send(openBrowser(app), 'GET', '/api/catalogue?use=ai-train&unit=model-version');
    expect(found.body.items).toMatchObject([
      { work: { id: workId }, prices: [{ amountMicro: '250000000', perUnits: '1' }] },
    ]);
    const quoted = await send(buyer, 'POST', '/api/quotes', {
      workIds: [workId, 'nonsense'],
      use: 'ai-train',
      unit: 'model-version',
      modelScope: { kind: 'named', name: 'aurora-2' },
    });
    expect(quoted).toMatchObject({
      status: 201,
      body: { lines: [{ workId }], exclusions: [{ workId: 'nonsense', reason: 'work-unknown' }] },
    });
    const accepted = await send(buyer, 'POST', `/api/quotes/${quoted.body.id}/acceptance`);
    expect(accepted.status).toBe(201);
    const { agreementId } = accepted.body;
    const detail = await send(buyer, 'GET', `/api/agreements/${agreementId}`);
    expect(detail.body).toMatchObject({ state: 'in-force', works: [{ workId }] });
    expect(await openLicense(detail.body.document, await keys())).toMatchObject({ modelScope: 'aurora-2' });

    const manifest = await send(buyer, 'GET', `/api/agreements/${agreementId}/manifest`);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(manifest.body.files).toMatchObject([
      { workId, sha256, bytes: String(content.length), declared: false },
    ]);
    const path = new URL(manifest.body.files[0].url).pathname;
    const file = await send(buyer, 'GET', path);
    expect([file.status, file.text]).toEqual([200, new TextDecoder().decode(content)]);

    // A client of the company has the same right; nobody else has.
    const { client, secret } = await createClient(k, {
      licenseeId: acme.licenseeId,
      userId: acme.signer.user.id,
      name: 'Loader',
    });
    const basic = `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`;
    const loaded = await app.request(path, { headers: { Authorization: basic } });
    expect(
      createHash('sha256')
        .update(Buffer.from(await loaded.arrayBuffer()))
        .digest('hex'),
    ).toBe(sha256);
    expect((await app.request(path, { headers: { Authorization: `${basic}x` } })).status).toBe(401);
    const rival = await actingFor(await company(k));
    expect((await send(rival, 'GET', path)).body.code).toBe('agreement-unknown');
    const other = await fileWork(text('the hill'));
    const strange = path.replace(workId, other);
    expect((await send(buyer, 'GET', strange)).body.code).toBe('file-unknown');

    const copies = `/api/agreements/${agreementId}/copies`;
    expect((await send(buyer, 'POST', copies, { sha256s: ['0'.repeat(64)] })).body.code).toBe(
      'copy-not-in-license',
    );
    expect((await send(buyer, 'POST', copies, { sha256s: [sha256] })).status).toBe(204);
    expect((await send(buyer, 'POST', copies, { sha256s: [sha256] })).status).toBe(204);
    const after = await send(buyer, 'GET', `/api/agreements/${agreementId}/manifest`);
    expect(after.body.files).toMatchObject([{ declared: true }]);

    // Withdrawing the work ends nothing that runs; revoking does.
    await withdrawWork(k, { workId, party: ada.party, actor: ada.user.id, reason: '' });
    expect((await send(buyer, 'GET', path)).status).toBe(200);
    expect((await send(rival, 'POST', `/api/agreements/${agreementId}/revocation`, {})).body.code).toBe(
      'not-a-signer',
    );
    expect((await send(buyer, 'POST', `/api/agreements/${agreementId}/revocation`, {})).status).toBe(204);
    expect((await send(buyer, 'GET', path)).body.code).toBe('agreement-not-in-force');
  });

  it('is taken by companies, not by people', async () => {
    const alone = openBrowser(app);
    await signIn(k, alone, ada.user.id);
    const wish = { workIds: ['x'], use: 'ai-input', unit: 'fetch' };
    expect((await send(alone, 'POST', '/api/quotes', wish)).body.code).toBe('licensee-needed');
    expect((await send(openBrowser(app), 'POST', '/api/quotes', wish)).body.code).toBe('sign-in-required');
  });
});

describe('clients and acceptance in advance', () => {
  it('are managed over HTTP', async () => {
    const made = await send(buyer, 'POST', '/api/clients', { name: 'Crawler' });
    expect(made).toMatchObject({ status: 201, body: { client: { name: 'Crawler', revokedAt: null } } });
    expect(made.headers.get('Cache-Control')).toBe('no-store');
    const { id } = made.body.client;
    const again = await send(buyer, 'POST', `/api/clients/${id}/secret`);
    expect(again.body.secret).not.toBe(made.body.secret);
    expect((await send(buyer, 'DELETE', `/api/clients/${id}`)).status).toBe(204);
    const all = await send(buyer, 'GET', '/api/clients');
    expect(all.text).not.toContain(again.body.secret);
    const on = { uses: ['ai-input'], monthlyCapMicro: '5000000' };
    expect((await send(buyer, 'PUT', '/api/standing-acceptance', on)).status).toBe(200);
    expect((await send(buyer, 'GET', '/api/standing-acceptance')).body.standing).toMatchObject({
      ...on,
      spentMicro: '0',
    });
    expect((await send(buyer, 'DELETE', '/api/standing-acceptance')).status).toBe(204);
    expect((await send(buyer, 'GET', '/api/standing-acceptance')).body.standing).toBeNull();
  });

  it('draw on a balance that no company tops up by itself', async () => {
    const paid = { kind: 'prepaid', target: acme.licenseeId, amountMicro: '1000000', note: 'paid' };
    expect((await send(buyer, 'POST', '/api/payments', paid)).body.code).toBe('operator-required');
    await inTx(k, (t) =>
      topUp(t, {
        partyId: acme.licenseeId,
        currency: 'EUR',
        amountMicro: 7n,
        reference: 'statement-2',
      }),
    );
    expect((await send(buyer, 'GET', '/api/balance')).body).toMatchObject({ availableMicro: '7' });
  });
});

describe('the removal feed', () => {
  it('lists what was withdrawn with its date, signed, in order, part by part', async () => {
    const [work, terms] = [await fileWork(text('one')), await fileWork(text('two'))];
    const before = await send(openBrowser(app), 'GET', '/api/removals');
    const start = (await openRemovals(before.text, await keys())).last;
    await withdrawWork(k, { workId: work, party: ada.party, actor: ada.user.id, reason: '' });
    await withdrawOffer(k, { workId: terms, partyId: ada.party.id, actor: ada.user.id, reason: '' });
    await drain(k);
    const answer = await send(openBrowser(app), 'GET', `/api/removals?after=${start}`);
    const feed = await openRemovals(answer.text, await keys());
    expect(feed).toMatchObject({ after: start, complete: true });
    expect(feed.removals.map((one) => [one.work, one.kind, one.sha256s.length])).toEqual(
      expect.arrayContaining([
        [work, 'work-withdrawn', 1],
        [terms, 'terms-withdrawn', 1],
      ]),
    );
    const end = await send(openBrowser(app), 'GET', `/api/removals?after=${feed.last}`);
    expect(await openRemovals(end.text, await keys())).toMatchObject({ removals: [], last: feed.last });
    expect((await send(openBrowser(app), 'GET', '/api/removals?after=-1')).status).toBe(422);
  });
});

describe('the bundle for gates', () => {
  it('says what holds, gets a higher number with each change, and is answered by its tag', async () => {
    const site = await provenSite(k, ada, 'https://bundle.example/');
    const workId = await workAt(k, ada, 'https://bundle.example/poems/');
    await publish(k, ada, workId, answersPaid());
    const path = `/api/gates/${site.id}/bundle`;
    const look = async (tag?: string) => {
      k.clock.advance(3_000);
      const response = await app.request(
        path,
        tag === undefined ? {} : { headers: { 'If-None-Match': tag } },
      );
      return {
        status: response.status,
        tag: response.headers.get('ETag') ?? '',
        sealed: await response.text(),
      };
    };
    const first = await look();
    const bundle = await openBundle(first.sealed, await keys());
    expect(bundle).toMatchObject({
      issuer: `http://localhost:4000/olp/${site.id}`,
      site: { id: site.id, origin: 'https://bundle.example' },
      number: 1,
      revoked: [],
    });
    expect(bundle.terms).toMatchObject([
      { pattern: '/', uses: { search: 'free', 'ai-input': 'no' }, prices: [] },
      {
        pattern: '/poems/',
        work: workId,
        uses: { 'ai-input': 'paid' },
        prices: [{ use: 'ai-input', unit: 'fetch', amountMicro: '20000', perUnits: 1, currency: 'EUR' }],
      },
    ]);
    expect((await look(first.tag)).status).toBe(304);
    await publish(k, ada, workId, answersPaid('30000'));
    const second = await look(first.tag);
    expect((await openBundle(second.sealed, await keys())).number).toBe(2);
    // Unchanged, but before its time is over it is told anew.
    k.clock.advance(1_000_000);
    expect((await openBundle((await look(second.tag)).sealed, await keys())).number).toBe(3);
    expect((await app.request(`/api/gates/${k.ids.id()}/bundle`)).status).toBe(404);
  });

  it('names what was revoked as long as a token may be shown', async () => {
    const site = await provenSite(k, ada, 'https://revoked.example/');
    const workId = await workAt(k, ada, 'https://revoked.example/');
    await publish(k, ada, workId, answersPaid());
    const quoted = await send(buyer, 'POST', '/api/quotes', {
      workIds: [workId],
      use: 'ai-input',
      unit: 'fetch',
    });
    // Days have gone by: what binds, and keys, are for who has just signed in.
    const fresh = await actingFor(acme);
    const { agreementId } = (await send(fresh, 'POST', `/api/quotes/${quoted.body.id}/acceptance`)).body;
    await inTx(k, (t) =>
      topUp(t, {
        partyId: acme.licenseeId,
        currency: 'EUR',
        amountMicro: 9_000_000n,
        reference: 'statement-3',
      }),
    );
    const made = (await send(fresh, 'POST', '/api/clients', { name: 'Gated' })).body;
    const rsl = await (await app.request(`/site/${site.id}/license.xml`)).text();
    const license = /<license>(?:(?!<license>)[\s\S])*?crawl[\s\S]*?<\/license>/.exec(rsl)![0];
    const token = await app.request(`/olp/${site.id}/token`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${made.client.id}:${made.secret}`).toString('base64')}`,
        'Content-Type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', license, resource: '/' }).toString(),
    });
    expect(token.status).toBe(200);
    const revoked = async () => {
      k.clock.advance(3_000);
      const answer = await app.request(`/api/gates/${site.id}/bundle`);
      return (await openBundle(await answer.text(), await keys())).revoked;
    };
    expect(await revoked()).toEqual([]);
    await send(buyer, 'POST', `/api/agreements/${agreementId}/revocation`, {});
    expect(await revoked()).toMatchObject([{ agreement: agreementId }]);
    await send(buyer, 'DELETE', `/api/clients/${made.client.id}`);
    expect(await revoked()).toHaveLength(2);
    k.clock.advance(17 * 60_000);
    expect(await revoked()).toEqual([]);
  });
});
