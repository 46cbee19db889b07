import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import {
  agentOperators,
  currentPledge,
  PLEDGES,
  pledgeHash,
  provenSites,
  signPledge,
  slugOf,
  takenFor,
} from '../../campaign/index.ts';
import type { Router } from '../../kernel/index.ts';
import { acceptQuote, nameInPublic, quote, revokeAgreement, stopNaming } from '../../licensing/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { type Company, company } from '../../testing/company.ts';
import { answersPaid, ownWork, publish, setUp } from '../../testing/offer-terms.ts';
import { provenSite } from '../../testing/proven-site.ts';
import { type Person, person } from '../../testing/register-works.ts';
import { signIn } from '../../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { readCompanies } from './read-companies.ts';

const DAY = 86_400_000;

let k: TestKernel;
let app: Router;
let holder: Person;
let acme: Company;
let operator: Browser;
let acmeBrowser: Browser;
const stranger = () => openBrowser(app);

beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  holder = await person(k, 'Holder');
  acme = await company(k, 'Acme Models');
  operator = await operatorBrowser();
  acmeBrowser = await browserOf(acme);
});
afterAll(() => k.close());

async function operatorBrowser(): Promise<Browser> {
  const olga = await person(k, 'Olga');
  await sql`update identity.users set operator = true where id = ${olga.user.id}`.execute(k.db);
  const browser = openBrowser(app);
  await signIn(k, browser, olga.user.id);
  return browser;
}

/** The company's signer, acting for it. */
async function browserOf({ signer, organisationId }: Company): Promise<Browser> {
  const browser = openBrowser(app);
  await signIn(k, browser, signer.user.id);
  const answer = await browser.post('/acting', { organisation: organisationId });
  expect(answer.status).toBe(303);
  return browser;
}

async function license({ licenseeId, signer }: Company): Promise<string> {
  const workId = await ownWork(k, holder);
  await publish(k, holder, workId, answersPaid());
  const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 1 } as const;
  const asked = await quote(k, {
    licenseeId,
    askedBy: `user:${signer.user.id}`,
    workIds: [workId],
    ...terms,
  });
  return (await acceptQuote(k, { quoteId: asked.id, userId: signer.user.id })).agreement.id;
}

const page = async (path: string, browser = stranger()) => (await browser.get(path)).text();
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

async function apiCompany(slug: string) {
  const answer = await app.request(`/api/companies/${slug}`);
  return (await answer.json()) as {
    licensed: { live: boolean; works: number; holders: number; licenses: string[] }[];
    pledged: { host: string }[];
    refusals: { client: string; count: number }[];
    cases: number;
    requests: { sent: number; answered: number };
    commitments: { words: string; before: { words: string }[] }[];
    replies: { version: number; words: string; withdrawnAt: string | null }[];
  };
}

describe('companies with a licence in force', () => {
  it('are named by their own yes only, and never by hand', async () => {
    await expect(
      nameInPublic(k, {
        licenseeId: acme.licenseeId,
        userId: acme.signer.user.id,
        linkLicenses: false,
        stayEarlier: false,
      }),
    ).rejects.toMatchObject({ code: 'naming-needs-agreement' });
    await license(acme);
    expect(await page('/companies')).not.toContain('Acme Models');
    expect((await acmeBrowser.post('/publicity', { action: 'on' })).status).toBe(303);
    const html = await page('/companies');
    expect(html).toContain('Acme Models');
    expect(html).not.toMatch(/€|EUR/);
    const [licensed] = (await apiCompany('acme-models')).licensed;
    expect(licensed).toMatchObject({ live: true, works: 1, holders: 1, licenses: [] });
  });

  it('count works and holders over all licences, and link their pages where they want it', async () => {
    await license(acme);
    await acmeBrowser.post('/publicity', { action: 'on', linkLicenses: 'yes' });
    const [licensed] = (await apiCompany('acme-models')).licensed;
    expect(licensed).toMatchObject({ works: 2, holders: 1 });
    expect(licensed?.licenses).toHaveLength(2);
    const { pathname } = new URL(licensed!.licenses[0]!);
    expect((await stranger().get(pathname)).status).toBe(200);
  });

  it('leave the list when they say so, and when the last licence ends', async () => {
    const who = { licenseeId: acme.licenseeId, userId: acme.signer.user.id };
    await stopNaming(k, who);
    expect(await page('/companies')).not.toContain('Acme Models');
    const beta = await company(k, 'Beta Search');
    const browser = await browserOf(beta);
    const agreementId = await license(beta);
    await browser.post('/publicity', { action: 'on' });
    expect(await page('/companies')).toContain('Beta Search');
    await revokeAgreement(k, { agreementId, userId: beta.signer.user.id, operator: false, reason: 'done' });
    expect(await page('/companies')).not.toContain('Beta Search');
    // It may still say that it wants to stay under "earlier".
    await browser.post('/publicity', { action: 'on', stayEarlier: 'yes' });
    expect((await apiCompany('beta-search')).licensed).toMatchObject([{ live: false }]);
    expect(await page('/companies')).toContain('Had a licence earlier');
  });

  it('cannot be named by somebody who may not sign for them', async () => {
    const other = await person(k, 'Other');
    await expect(
      nameInPublic(k, {
        licenseeId: acme.licenseeId,
        userId: other.user.id,
        linkLicenses: false,
        stayEarlier: false,
      }),
    ).rejects.toMatchObject({ code: 'not-a-signer' });
  });
});

describe('a pledge', () => {
  it('has words that never change', async () => {
    expect(await Promise.all(PLEDGES.map(pledgeHash))).toEqual([
      'dc433296f4da885996a43ebc3129b6313601be6eb04a7e973e7639dc2ef6a401',
    ]);
  });

  it('needs a website that is proven to be the company’s', async () => {
    const before = await acmeBrowser.post('/companies/pledge', { host: 'acme.example', version: '1' });
    expect(before.status).toBe(409);
    expect(await before.text()).toContain('company-site-needed');
    const { licenseeId, signer } = acme;
    const party = { ...signer.party, id: licenseeId };
    await provenSite(k, { user: signer.user, party }, 'https://acme.example/');
    expect(await provenSites(k, licenseeId)).toMatchObject([{ host: 'acme.example', method: 'file' }]);
    const asked = { partyId: licenseeId, userId: signer.user.id, host: 'acme.example' };
    await expect(signPledge(k, { ...asked, version: 7 })).rejects.toMatchObject({ code: 'pledge-outdated' });
    const done = await acmeBrowser.post('/companies/pledge', {
      action: 'sign',
      host: 'acme.example',
      version: currentPledge().version.toString(),
    });
    expect(done.status).toBe(303);
    await expect(signPledge(k, { ...asked, version: 1 })).rejects.toMatchObject({ code: 'pledge-signed' });
  });

  it('never looks like a licence', async () => {
    const { pledged, licensed } = await apiCompany('acme-models');
    expect(pledged).toMatchObject([{ host: 'acme.example' }]);
    expect(licensed).toEqual([]);
    const html = await page('/companies/acme-models');
    expect(html).toContain('a promise, not a licence');
    expect(html).toContain('no licence here that the company wants to be named for');
    expect(html).not.toContain('licence in force since');
    const list = await page('/companies');
    const section = list.slice(list.indexOf('With a licence in force'), list.indexOf('Signed the pledge'));
    expect(section).not.toContain('Acme Models');
  });

  it('is taken back', async () => {
    await acmeBrowser.post('/companies/pledge', { action: 'withdraw' });
    expect((await stranger().get('/companies/acme-models')).status).toBe(404);
    expect(await page('/companies')).not.toContain('Acme Models');
  });

  it('is for companies, not for people', async () => {
    const browser = openBrowser(app);
    await signIn(k, browser, holder.user.id);
    const answer = await browser.post('/companies/pledge', { host: 'acme.example', version: '1' });
    expect([answer.status, (await answer.text()).includes('company-needed')]).toEqual([403, true]);
  });
});

describe('names', () => {
  it('have one page each, and lookalikes of a known company wait for a person', async () => {
    const slugs = agentOperators.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugOf('Mistral AI')).toBe('mistral-ai');
    expect(slugOf('山口')).toBe('company');
    expect(slugOf('Pledge')).toBe('company-pledge');
    for (const name of ['OpenAI', 'Open AI', '0penAI', 'ΟpenAI', 'open-ai', 'OpenAІ'])
      expect([name, takenFor(name)?.slug]).toEqual([name, 'openai']);
    expect(takenFor('Candela Research')).toBeUndefined();
    const fake = await company(k, 'Open AI');
    await provenSite(
      k,
      { user: fake.signer.user, party: { ...fake.signer.party, id: fake.licenseeId } },
      'https://fake.example/',
    );
    await signPledge(k, {
      ...{ partyId: fake.licenseeId, userId: fake.signer.user.id, host: 'fake.example' },
      version: currentPledge().version,
    });
    const { unclear } = await readCompanies(k);
    expect(unclear).toMatchObject([{ name: 'Open AI', takenFor: { slug: 'openai' } }]);
    expect((await apiCompany('openai')).pledged).toEqual([]);
    const desk = await page('/operator/companies', operator);
    expect(desk).toContain('Open AI');
    await operator.post('/operator/companies', {
      ...{ action: 'link', partyId: fake.licenseeId, slug: 'openai' },
      ...{ evidence: 'fake.example', reason: 'It says so in its imprint.' },
    });
    expect((await apiCompany('openai')).pledged).toMatchObject([{ host: 'fake.example' }]);
    await operator.post('/operator/companies', { action: 'unlink', partyId: fake.licenseeId });
    expect((await apiCompany('openai')).pledged).toEqual([]);
  });
});

describe('the page of a company', () => {
  it('states its agents, and computes that nothing is recorded', async () => {
    const html = await page('/companies/openai');
    for (const words of ['GPTBot', 'training', 'platform.openai.com', 'none recorded', 'has not replied'])
      expect(html).toContain(words);
    expect(await page('/companies/openai?lang=de')).toContain('keine verzeichnet');
    expect(await codeOf(await app.request('/api/companies/nobody'))).toBe('company-page-unknown');
  });

  it('counts refusals to clients that call themselves so, and never says that it was the company', async () => {
    const site = k.ids.id();
    for (const [name, count] of [
      ['GPTBot', 7],
      ['gptbot', 4],
      ['ClaudeBot', 9],
    ] as const)
      await sql`insert into usage.refusals (site_id, day, reason, agent_name, count)
        values (${site}, '2026-11-03', 'license-required', ${name}, ${count})`.execute(k.db);
    expect((await apiCompany('openai')).refusals).toMatchObject([{ client: 'GPTBot', count: 11 }]);
    const html = await page('/companies/openai');
    expect(html).toContain('A client calling itself GPTBot: 11 requests without a licence refused');
    expect(html).toContain('this does not say that the company sent them');
  });

  it('keeps what operators write down with its corrections', async () => {
    const at = '/operator/companies/openai';
    const entry = {
      words: 'Said it reads robots.txt.',
      locale: 'en',
      source: 'https://platform.example/bots',
    };
    const wrong = await operator.post(at, {
      ...entry,
      action: 'write',
      kind: 'commitment',
      happenedOn: 'soon',
      source: 'javascript:alert(1)',
    });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('Said it reads robots.txt.');
    await operator.post(at, { ...entry, action: 'write', kind: 'commitment', happenedOn: '2026-05-01' });
    await operator.post(at, {
      ...{ ...entry, action: 'write', kind: 'request', happenedOn: '2026-06-01', answeredOn: '2026-06-20' },
      words: 'Asked for talks about licences.',
    });
    await operator.post(at, {
      ...entry,
      action: 'write',
      kind: 'request',
      happenedOn: '2026-07-01',
      words: 'Asked again.',
    });
    expect((await apiCompany('openai')).requests).toMatchObject({ sent: 2, answered: 1 });
    const [found] = (await apiCompany('openai')).commitments as unknown as { id: string; version: number }[];
    const correction = { ...entry, action: 'correct', id: found!.id, version: '1', happenedOn: '2026-05-02' };
    const unsaid = await operator.post(at, correction);
    expect(unsaid.status).toBe(422);
    await operator.post(at, {
      ...correction,
      words: 'Said that GPTBot reads robots.txt.',
      reason: 'more exact',
    });
    const late = await operator.post(at, { ...correction, reason: 'from an old page' });
    expect(late.status).toBe(409);
    const [after] = (await apiCompany('openai')).commitments;
    expect(after).toMatchObject({
      words: 'Said that GPTBot reads robots.txt.',
      before: [{ words: 'Said it reads robots.txt.' }],
    });
    const html = await page('/companies/openai');
    expect(html).toContain('more exact');
    expect(html).toContain('Said it reads robots.txt.');
    const gone = sql`update campaign.entries set words = 'nothing'`.execute(k.db);
    await expect(gone).rejects.toThrow('stays');
  });

  it('has the words of the company, checked for who sent them only', async () => {
    const at = '/companies/openai/reply';
    const maker = await company(k, 'Labs of the west');
    const browser = await browserOf(maker);
    expect((await browser.post(at, { host: 'labs.example', words: 'Hello', locale: 'en' })).status).toBe(409);
    await provenSite(
      k,
      { user: maker.signer.user, party: { ...maker.signer.party, id: maker.licenseeId } },
      'https://labs.example/',
    );
    const say = (words: string) =>
      browser.post(at, { action: 'send', host: 'labs.example', words, locale: 'en' });
    expect((await say('<b>We ask first.</b>')).headers.get('Location')).toBe(`${at}?waiting`);
    expect((await say('And again.')).status).toBe(409);
    expect((await apiCompany('openai')).replies).toEqual([]);
    const desk = await page('/operator/companies', operator);
    const id = /name="id" value="([^"]+)"/.exec(desk)![1]!;
    await operator.post('/operator/companies', {
      id,
      decision: 'accept',
      reason: 'The imprint names this website.',
    });
    expect(await page('/companies/openai')).toContain('&lt;b&gt;We ask first.&lt;/b&gt;');
    expect((await say('We really ask first.')).headers.get('Location')).toBe(`${at}?public`);
    const { replies } = await apiCompany('openai');
    expect(replies.map(({ version, words }) => [version, words])).toEqual([
      [2, 'We really ask first.'],
      [1, '<b>We ask first.</b>'],
    ]);
    const elsewhere = await browser.post('/companies/google/reply', {
      host: 'labs.example',
      words: 'x',
      locale: 'en',
    });
    expect(await elsewhere.text()).toContain('reply-of-another');
    await browser.post(at, { action: 'withdraw' });
    const html = await page('/companies/openai');
    expect(html).toContain('took its reply back');
    expect(html).not.toContain('really ask first');
  });

  it('takes a reply by mail, with the part of the address that names the company', async () => {
    await operator.post('/operator/companies/google', {
      ...{ action: 'reply', words: 'We publish our ranges.', locale: 'en' },
      ...{ address: 'jane.doe@Google.example', reason: 'Signed mail, called back.' },
    });
    const html = await page('/companies/google');
    expect(html).toContain('By mail from an address of google.example');
    expect(html).not.toContain('jane.doe');
  });

  it('is written by operators only', async () => {
    for (const path of [
      '/operator/companies',
      '/operator/companies/openai',
      '/operator/impact',
      '/operator/funnel',
    ]) {
      expect([path, (await acmeBrowser.get(path)).status]).toEqual([path, 403]);
      expect([path, (await acmeBrowser.post(path, { words: 'x' })).status]).toEqual([path, 403]);
    }
  });
});

it('a licence that runs out takes the company off the list by itself', async () => {
  const gamma = await company(k, 'Gamma Answers');
  await license(gamma);
  await (await browserOf(gamma)).post('/publicity', { action: 'on' });
  expect(await page('/companies')).toContain('Gamma Answers');
  k.clock.advance(40 * DAY);
  expect(await page('/companies')).not.toContain('Gamma Answers');
  expect((await stranger().get('/companies/gamma-answers')).status).toBe(404);
});
