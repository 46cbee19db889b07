import { createFetch, createResolver } from '@clearway/net';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { addBody, readFaces, saveFaces } from '../../campaign/index.ts';
import { createCampaign, signed, tokenIn } from '../../campaign/testing/campaign-world.ts';
import { ensureUser } from '../../identity/index.ts';
import { openMails, type Router } from '../../kernel/index.ts';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { drain } from '../../testing/drain.ts';
import { lastLink } from '../../testing/last-link.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';

const HOUSE = 'http://localhost:4000';
const CAMPAIGN = 'http://campaign.example';

const campaign = {
  baseUrl: CAMPAIGN,
  name: 'A better way',
  operator: 'Alliance of Makers',
  imprint: 'Alliance of Makers, Quay 2',
  accent: 'plum',
} as const;

let k: TestKernel;
let app: Router;
let there: Browser;
let here: Browser;

/** Sets the faces anew, whatever stood before. */
async function faces(of: TestKernel, chosen: object): Promise<void> {
  const { version } = await readFaces(of);
  const stored = await saveFaces(of, { runs: 'both', accent: 'pine', trusted: [], ...chosen }, version);
  expect(stored).toBe(true);
}

async function confirm(browser: Browser, base: string, email: string, name: string): Promise<string> {
  const token = await signed(k, { email, name }, base);
  return (await browser.post(`/c/${token}`)).text();
}

const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]+)"`).exec(html)?.[1] ?? '';
const linkOn = (html: string) =>
  /<a class="button" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  there = openBrowser(app, CAMPAIGN);
  here = openBrowser(app, HOUSE);
});

describe('one address', () => {
  it('shows both faces to everybody', async () => {
    expect(await (await here.get('/')).text()).toContain('href="/sign"');
    expect((await here.get('/catalogue')).status).toBe(200);
  });
});

describe('two addresses', () => {
  beforeAll(() => faces(k, { campaign }));

  it('sends each page to its own host, and keeps what was asked for', async () => {
    const wall = await here.get('/wall?q=ada');
    expect([wall.status, wall.headers.get('Location')]).toEqual([307, `${CAMPAIGN}/wall?q=ada`]);
    const catalogue = await there.get('/catalogue');
    expect([catalogue.status, catalogue.headers.get('Location')]).toEqual([307, `${HOUSE}/catalogue`]);
    for (const path of ['/account', '/operator', '/operator/campaign', '/me/signature', '/rosters'])
      expect((await there.get(path)).headers.get('Location')).toBe(`${HOUSE}${path}`);
    for (const browser of [here, there]) expect((await browser.send('/api/signatures')).status).toBe(200);
  });

  it('speaks with two voices', async () => {
    const home = await (await there.get('/')).text();
    expect(home).toContain('<strong>A better way</strong>');
    expect(home).toContain('Run by Alliance of Makers');
    expect(home).toContain('data-accent="plum"');
    expect(await (await there.get('/imprint')).text()).toContain('Quay 2');
    const licences = await (await here.get('/')).text();
    expect(licences).toContain('AI licences for creators');
    expect(licences).toContain('Guild of Makers');
  });

  it('carries no word of the campaign on pages for licensees', async () => {
    for (const path of ['/', '/catalogue', '/verify', '/sign-in', '/numbers']) {
      const page = await (await here.get(path)).text();
      expect(page).not.toMatch(/href="\/(sign|wall|declaration)"/);
    }
  });

  it('writes mails in the name of the campaign, with its address', async () => {
    await signed(k, { email: 'kim@example.org', name: 'Kim Sorensen' }, CAMPAIGN);
    const [mail] = (await openMails(k, 100)).filter(({ recipient }) => recipient === 'kim@example.org');
    expect(mail?.text).toContain(`${CAMPAIGN}/c/`);
    expect(mail?.text).toContain('Alliance of Makers');
    expect(mail?.text).toMatch(/^A better way\nAI licences for creators\n\n/);
    expect(mail?.html).toContain('<body><p><strong>A better way</strong>');
  });
});

describe('going on to the licences of the same instance', () => {
  const step = async (who: object): Promise<{ from: string; code: string }> => {
    const ready = await there.post('/sign/hand-on', { ...who, receiver: 'own', consent: 'yes' });
    const { searchParams } = new URL(linkOn(await ready.text()));
    return { from: searchParams.get('from')!, code: searchParams.get('code')! };
  };

  it('opens the account there and then for who has just confirmed, also one that exists', async () => {
    await ensureUser(k, { email: 'lena@example.org', name: 'Lena', locale: 'en' });
    const page = await confirm(there, CAMPAIGN, 'lena@example.org', 'Lena Falk');
    const arrived = await openBrowser(app, HOUSE).post(
      '/welcome',
      await step({ accountToken: hidden(page, 'accountToken') }),
    );
    expect([arrived.status, arrived.headers.get('Location')]).toEqual([303, '/rights']);
  });

  it.each([
    ['an account', 'rita@example.org', true],
    ['no account yet', 'tove@example.org', false],
  ])('mails a link to who comes by the lasting link and has %s', async (_, email, known) => {
    if (known) await ensureUser(k, { email, name: 'Known', locale: 'en' });
    await confirm(there, CAMPAIGN, email, 'Known Person');
    const manageToken = await tokenIn(k, 's', email, CAMPAIGN);
    const stranger = openBrowser(app, HOUSE);
    const answer = await stranger.post('/welcome', await step({ manageToken }));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Please open your mail');
    expect(stranger.cookies.size).toBe(0);
    await drain(k);
    expect(await lastLink(k, email)).toContain('/l/');
  });
});

describe('one of them alone', () => {
  it('answers only what runs', async () => {
    await faces(k, { runs: 'licensing' });
    expect((await here.get('/wall')).status).toBe(404);
    expect((await here.send('/api/declaration')).status).toBe(404);
    expect((await here.get('/catalogue')).status).toBe(200);
    await faces(k, { runs: 'campaign' });
    expect((await here.get('/catalogue')).status).toBe(404);
    expect((await here.get('/operator/runs')).status).toBe(404);
    expect((await here.get('/wall')).status).toBe(200);
    const page = await confirm(here, HOUSE, 'solo@example.org', 'Sol Ortega');
    expect(page).not.toContain('/sign/account');
    await faces(k, {});
  });
});

describe('going on to a body that licenses', () => {
  let body: TestKernel;
  let bodyBrowser: Browser;
  let campaignUrl: string;
  let close: () => void;

  beforeAll(async () => {
    // Two instances that talk over real connections.
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    campaignUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    close = () => server.close();
    body = await createCampaign({
      fetch: createFetch({ resolver: createResolver({}), allowOrigins: [campaignUrl] }),
    });
    await faces(body, { runs: 'licensing', trusted: [campaignUrl] });
    await faces(k, { campaign: { ...campaign, baseUrl: campaignUrl } });
    there = openBrowser(app, campaignUrl);
    bodyBrowser = openBrowser(createApp(body), HOUSE);
    const about = { aboutEn: 'Licenses for authors.', aboutDe: 'Lizenziert für Schreibende.' };
    await addBody(k, {
      name: 'Society of Authors',
      baseUrl: 'https://society.example',
      ...about,
      by: 'system',
    });
  });
  afterAll(() => close());

  it('passes on, once and by consent, what was typed', async () => {
    const page = await confirm(there, campaignUrl, 'mara@example.org', 'Mara Lindqvist');
    expect(page).toContain('Go on to Clearing house of the guild');
    expect(page).toContain('Go on to Society of Authors');
    const accountToken = hidden(page, 'accountToken');
    const without = await there.post('/sign/hand-on', { accountToken, receiver: 'own' });
    expect(without.status).toBe(422);
    const ready = await there.post('/sign/hand-on', { accountToken, receiver: 'own', consent: 'yes' });
    const url = new URL(linkOn(await ready.text()));
    expect(url.href).not.toContain('mara');

    const path = `${url.pathname}${url.search}`;
    expect(await (await bodyBrowser.get(path)).text()).toContain('Open my account');
    const fields = { from: url.searchParams.get('from')!, code: url.searchParams.get('code')! };
    const arrived = await bodyBrowser.post('/welcome', fields);
    expect([arrived.status, arrived.headers.get('Location')]).toEqual([303, '/rights']);
    expect(await (await bodyBrowser.get('/account')).text()).toContain('Mara Lindqvist');
    // A step taken is over.
    expect((await openBrowser(createApp(body), HOUSE).post('/welcome', fields)).status).toBe(410);
  });

  it('opens nobody’s account on the word of another campaign', async () => {
    const again = await confirm(there, campaignUrl, 'ida@example.org', 'Ida Known');
    await ensureUser(body, { email: 'ida@example.org', name: 'Ida Known', locale: 'en' });
    const second = await there.post('/sign/hand-on', {
      accountToken: hidden(again, 'accountToken'),
      receiver: 'own',
      consent: 'yes',
    });
    const known = new URL(linkOn(await second.text()));
    const fresh = openBrowser(createApp(body), HOUSE);
    const mailed = await fresh.post('/welcome', Object.fromEntries(known.searchParams));
    expect(await mailed.text()).toContain('Please open your mail');
    expect(fresh.cookies.size).toBe(0);
    await drain(body);
    expect(await lastLink(body, 'ida@example.org')).toContain('/l/');
  });

  it('takes nothing from a campaign nobody named, and nothing after a withdrawal', async () => {
    const code = 'x'.repeat(43);
    const query = new URLSearchParams({ from: 'https://elsewhere.example', code });
    expect((await bodyBrowser.get(`/welcome?${query}`)).status).toBe(403);
    expect((await bodyBrowser.post('/welcome', { from: campaignUrl, code })).status).toBe(404);

    await confirm(there, campaignUrl, 'noor@example.org', 'Noor Haddad');
    const manageToken = await tokenIn(k, 's', 'noor@example.org', campaignUrl);
    const ready = await there.post('/sign/hand-on', { manageToken, receiver: 'own', consent: 'yes' });
    const url = new URL(linkOn(await ready.text()));
    await there.post(`/s/${manageToken}`, { action: 'withdraw' });
    expect((await bodyBrowser.post('/welcome', Object.fromEntries(url.searchParams))).status).toBe(410);
  });
});
