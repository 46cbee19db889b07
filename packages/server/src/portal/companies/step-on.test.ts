import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { currentConsent, listEntries, recordedCounts, writeEntry } from '../../campaign/index.ts';
import { tokenIn } from '../../campaign/testing/campaign-world.ts';
import { enqueue, inTx, type Router } from '../../kernel/index.ts';
import { acceptQuote, quote } from '../../licensing/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { company } from '../../testing/company.ts';
import { drain } from '../../testing/drain.ts';
import { answersPaid, ownWork, publish, setUp } from '../../testing/offer-terms.ts';
import { person } from '../../testing/register-works.ts';
import { signIn } from '../../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { sequence } from '../../transparency/index.ts';
import { readFunnel } from './read-funnel.ts';
import { readImpact } from './read-impact.ts';

let k: TestKernel;
let app: Router;
let operator: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  const olga = await person(k, 'Olga');
  await sql`update identity.users set operator = true where id = ${olga.user.id}`.execute(k.db);
  operator = openBrowser(app);
  await signIn(k, operator, olga.user.id);
});
afterAll(() => k.close());

const steps = async () =>
  Object.fromEntries((await readFunnel(k)).rows.map(({ step, ofSigned, all }) => [step, [ofSigned, all]]));

/** Signs, confirms and goes on to an account, by forms alone; answers the browser. */
async function signAndStepOn(name: string): Promise<Browser> {
  const browser = openBrowser(app);
  const email = `${name.toLowerCase().replace(/\W/g, '.')}@example.org`;
  k.clock.advance(60_000);
  await browser.post('/sign', {
    ...{ name, craft: 'author', country: 'AT', email, age: 'sixteen', consent: 'yes' },
    ...{ declarationVersion: '1', consentVersion: String(currentConsent().version) },
  });
  const thanks = await (await browser.post(`/c/${await tokenIn(k, 'c', email)}`)).text();
  const accountToken = /name="accountToken" value="([^"]+)"/.exec(thanks)![1]!;
  const answer = await browser.post('/sign/account', { accountToken });
  expect(answer.headers.get('Location')).toBe('/rights?next=/works/new');
  return browser;
}

/** Says who may say yes and registers a work; answers the work's page. */
async function registerWork(browser: Browser, title: string): Promise<string> {
  const said = await browser.post('/rights?next=%2Fworks%2Fnew', { answer: 'mine' });
  expect(said.headers.get('Location')).toBe('/works/new');
  const sha256 = createHash('sha256').update(title).digest('hex');
  const made = await browser.post('/works/new?way=fingerprint', {
    title,
    type: 'text',
    sha256,
    myShare: '100',
  });
  return made.headers.get('Location')!.replace(/\?.*/, '');
}

describe('from the signature on', () => {
  it('a person says no to AI, completely, and nothing was typed twice', async () => {
    const browser = await signAndStepOn('Mara Vogel');
    const account = await (await browser.get('/account')).text();
    for (const known of ['Mara Vogel', 'mara.vogel@example.org', 'Austria']) expect(account).toContain(known);
    const work = await registerWork(browser, 'Quiet rooms');
    expect(await (await browser.get(work)).text()).toContain(`${work}/terms`);
    await browser.post(`${work}/terms`, { action: 'preset', preset: 'no-ai', version: '0' });
    const preview = await (await browser.get(`${work}/terms?step=preview`)).text();
    const draftVersion = /name="draftVersion" value="(\d+)"/.exec(preview)![1]!;
    const done = await browser.post(`${work}/terms`, { action: 'publish', draftVersion });
    expect(done.headers.get('Location')).toBe(`${work}/no-ai`);
    await sequence(k);
    const page = await (await browser.get(`${work}/no-ai`)).text();
    expect(page).toContain('Done: AI use not allowed');
    expect(page).toMatch(/[0-9a-f]{64}/);
    expect(page).toMatch(/Entry \d/);
    expect(await (await browser.get(`${work}/no-ai?lang=de`)).text()).toContain('KI-Nutzung nicht erlaubt');
    expect(await steps()).toMatchObject({ signed: [1, undefined], registered: [1, 1], licensable: [0, 0] });
    expect((await readFunnel(k)).refused).toEqual({ ofSigned: 1, all: 1 });
  });

  it('another one names a price, and the page of a no leads to the terms', async () => {
    const browser = await signAndStepOn('Jonas Hale');
    const work = await registerWork(browser, 'Loud rooms');
    await browser.post(`${work}/terms`, {
      ...{ action: 'terms', preset: 'search-free-answers-paid', version: '0' },
      ...{ 'price.ai-input.fetch': '0.02', 'pack.ai-input.fetch': '1' },
    });
    const preview = await (await browser.get(`${work}/terms?step=preview`)).text();
    const draftVersion = /name="draftVersion" value="(\d+)"/.exec(preview)![1]!;
    const done = await browser.post(`${work}/terms`, { action: 'publish', draftVersion });
    expect(done.headers.get('Location')).toBe(`${work}/terms?done=1`);
    expect((await browser.get(`${work}/no-ai`)).headers.get('Location')).toBe(`${work}/terms`);
    expect(await steps()).toMatchObject({ signed: [2, undefined], registered: [2, 2], licensable: [1, 1] });
    const { licenseeId, signer } = await company(k, 'Acme Models');
    const asked = await quote(k, {
      ...{ licenseeId, askedBy: `user:${signer.user.id}`, workIds: [work.split('/').pop()!] },
      ...{ use: 'ai-input', unit: 'fetch', modelScope: null, months: 1 },
    });
    await acceptQuote(k, { quoteId: asked.id, userId: signer.user.id });
    expect(await steps()).toMatchObject({ licensed: [1, 1], paid: [0, 0] });
  });
});

describe('the funnel', () => {
  it('counts each person once, and those who never signed apart', async () => {
    const holder = await person(k, 'Nemo');
    for (const workId of [await ownWork(k, holder), await ownWork(k, holder)])
      await publish(k, holder, workId, answersPaid());
    expect(await steps()).toMatchObject({ signed: [2, undefined], registered: [2, 3], licensable: [1, 2] });
  });

  it('is the organiser’s until she makes it public, and then it stays', async () => {
    const stranger = openBrowser(app);
    expect((await stranger.get('/funnel')).status).toBe(404);
    expect((await app.request('/api/funnel')).status).toBe(404);
    expect(await (await stranger.get('/numbers')).text()).not.toContain('From a signature to a payment');
    expect((await stranger.get('/operator/funnel')).status).toBe(303);
    expect(await (await operator.get('/operator/funnel')).text()).toContain('There is no way back');
    await operator.post('/operator/funnel', { action: 'publish' });
    await operator.post('/operator/funnel', { action: 'publish' });
    expect(await (await stranger.get('/funnel')).text()).toContain('Licensable');
    expect(await (await stranger.get('/numbers')).text()).toContain(
      'From a signature to a payment: Licensed',
    );
    expect(await (await app.request('/api/funnel')).json()).toMatchObject({
      steps: [
        { step: 'signed', ofSigned: 2, all: null },
        {},
        {},
        { step: 'licensed', ofSigned: 1, all: 1 },
        {},
      ],
      refused: { ofSigned: 1, all: 1 },
    });
    for (const attempt of [
      sql`delete from campaign.funnel_publication`,
      sql`update campaign.funnel_publication set published_at = now()`,
      sql`truncate campaign.funnel_publication`,
    ])
      await expect(attempt.execute(k.db)).rejects.toThrow('stays');
  });
});

describe('what the campaign brought', () => {
  it('is computed from records, with the place where each can be checked', async () => {
    await inTx(k, (t) => enqueue(t, { kind: 'campaign.record-count' }));
    await drain(k);
    await sequence(k);
    expect((await recordedCounts(k)).length).toBeGreaterThan(0);
    const found = await readImpact(k);
    const records = found.filter((one) => one.by === 'records');
    expect(records.map(({ kind }) => kind)).toEqual(['first-licence', 'signatures']);
    expect(records.every(({ proof }) => proof?.kind === 'log')).toBe(true);
    const html = await (await openBrowser(app).get('/impact')).text();
    for (const words of ['The first signature', 'The first licence', 'of the public log', 'from records'])
      expect(html).toContain(words);
    expect(html).not.toContain('The first money paid');
  });

  it('has what operators wrote down, with source and corrections shown', async () => {
    const by = k.ids.id();
    const id = await writeEntry(k, {
      ...{ kind: 'impact', slug: null, happenedOn: '2026-11-01', answeredOn: null, locale: 'en', by },
      ...{ words: 'A parliament heard creators.', source: 'https://parliament.example/hearing' },
    });
    await operator.post('/operator/impact', {
      ...{ action: 'correct', id, version: '1', happenedOn: '2026-11-02', locale: 'en' },
      ...{ words: 'A committee heard creators.', source: 'https://parliament.example/hearing' },
      reason: 'it was a committee',
    });
    const html = await (await openBrowser(app).get('/impact')).text();
    for (const words of ['A committee heard creators.', 'it was a committee', 'A parliament heard creators.'])
      expect(html).toContain(words);
    await operator.post('/operator/impact', {
      ...{ action: 'correct', id, version: '2', happenedOn: '2026-11-02', locale: 'en', retracted: 'yes' },
      ...{
        words: 'A committee heard creators.',
        source: 'https://parliament.example/hearing',
        reason: 'twice here',
      },
    });
    expect(await (await openBrowser(app).get('/impact')).text()).toContain('Taken back by the operator');
    expect(await listEntries(k, { id })).toMatchObject([
      { version: 3, before: [{ version: 2 }, { version: 1 }] },
    ]);
    const api = (await (await app.request('/api/impact')).json()) as { entries: { by: string }[] };
    expect(new Set(api.entries.map((one) => one.by))).toEqual(new Set(['records', 'operator']));
  });

  it('shows a goal the campaign reached in place of the plain number', async () => {
    await sql`insert into campaign.goals (target, set_by, set_at, reached_at, reached_count)
      values (1, ${k.ids.id()}, now(), ${k.clock.now()}, 2)`.execute(k.db);
    const kinds = (await readImpact(k)).map((one) =>
      one.by === 'records' ? `${one.kind} ${one.count}` : '',
    );
    expect(kinds).toContain('goal 1');
    expect(kinds).not.toContain('signatures 1');
  });

  it('lets a mark go when the signature is withdrawn', async () => {
    await sql`update campaign.signatories set state = 'withdrawn', withdrawn_at = now()`.execute(k.db);
    expect((await readImpact(k)).some((one) => one.by === 'records' && one.kind === 'signatures')).toBe(
      false,
    );
  });
});

describe('pages for licensees', () => {
  const CAMPAIGN =
    /declaration|who signed|signator|petition|campaign|pledge|wall\b|Aufruf|Unterschrift|unterzeichn|Kampagne|Zusage/i;

  it('carry no campaign text and no campaign menu, for strangers and for companies', async () => {
    const { signer, organisationId, licenseeId } = await company(k, 'Plain Models');
    const browser = openBrowser(app);
    await signIn(k, browser, signer.user.id);
    await browser.post('/acting', { organisation: organisationId });
    const owner = await person(k, 'Owner');
    const workId = await ownWork(k, owner);
    await publish(k, owner, workId, answersPaid());
    const asked = await quote(k, {
      ...{ licenseeId, askedBy: `user:${signer.user.id}`, workIds: [workId] },
      ...{ use: 'ai-input', unit: 'fetch', modelScope: null, months: 1 },
    });
    const { agreement } = await acceptQuote(k, { quoteId: asked.id, userId: signer.user.id });
    const paths = [
      ...['/catalogue', `/quotes/${asked.id}`, `/w/${workId}`, '/agreements', `/agreements/${agreement.id}`],
      ...[
        `/licenses/${agreement.secret}`,
        '/publicity',
        '/invoices',
        '/clients',
        '/usage',
        '/dataset-checks',
      ],
    ];
    const faults: string[] = [];
    for (const lang of ['en', 'de']) {
      for (const path of paths)
        faults.push(...campaignIn(path, await (await browser.get(`${path}?lang=${lang}`)).text()));
      faults.push(
        ...campaignIn('stranger', await (await openBrowser(app).get(`/catalogue?lang=${lang}`)).text()),
      );
    }
    expect(faults).toEqual([]);
  });

  function campaignIn(path: string, html: string): string[] {
    // The words people read and the addresses they are led to; not the name of whoever runs the instance.
    const seen = html.replace(/<head>.*?<\/head>/s, '').replace(/<footer.*<\/footer>/s, '');
    const text = seen.replace(/<[^>]+>/g, ' ');
    const links = [...seen.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!);
    const found = [
      CAMPAIGN.exec(text)?.[0],
      ...links.filter((href) => /^\/(?:declaration|sign$|wall|impact|companies\/pledge)/.test(href)),
    ];
    return found.filter((one) => one !== undefined).map((one) => `${path}: ${one}`);
  }
});
