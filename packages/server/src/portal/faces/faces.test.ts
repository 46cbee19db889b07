import { createFetch, createResolver } from '@clearway/net';
import { serve } from '@hono/node-server';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { addBody, readFaces, saveFaces } from '../../campaign/index.ts';
import { createCampaign, signed, tokenIn } from '../../campaign/testing/campaign-world.ts';
import { ensureUser, findUserByEmail } from '../../identity/index.ts';
import { openMails, type Router } from '../../kernel/index.ts';
import { organisationsOf, partyOfOrganisation, partyOfUser } from '../../parties/index.ts';
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
    expect(mail?.html).toMatch(/<body[^>]*><p><strong>A better way<\/strong>/);
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
  let liar: string;
  let lie: unknown;

  beforeAll(async () => {
    // Two instances that talk over real connections.
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    campaignUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const hostile = serve({ fetch: () => Response.json(lie), port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => hostile.once('listening', resolve));
    const address_ = hostile.address();
    liar = `http://127.0.0.1:${typeof address_ === 'object' ? address_?.port : 0}`;
    close = () => [server, hostile].map((one) => one.close());
    body = await createCampaign({
      fetch: createFetch({ resolver: createResolver({}), allowOrigins: [campaignUrl, liar] }),
    });
    await faces(body, { runs: 'licensing', trusted: [campaignUrl, liar] });
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

  const CHOIRS = {
    kind: 'organisation',
    name: 'Union of Choirs',
    contact: 'Rosa Feld',
    members: 1_200,
    craft: 'choir',
    country: 'AT',
  } as const;

  /** An organisation signs, confirms and agrees to be handed on; answers what leads to the body. */
  async function handOrganisationOn(email: string, by: 'confirming' | 'lasting link' = 'confirming') {
    const token = await signed(k, { ...CHOIRS, email }, campaignUrl);
    const page = await (await there.post(`/c/${token}`)).text();
    const who =
      by === 'confirming'
        ? { accountToken: hidden(page, 'accountToken') }
        : { manageToken: await tokenIn(k, 's', email, campaignUrl) };
    const consentVersion = hidden(page, 'consentVersion');
    const said = { ...who, consentVersion, receiver: 'own', consent: 'yes' };
    const url = new URL(linkOn(await (await there.post('/sign/hand-on', said)).text()));
    return { page, said, from: campaignUrl, code: url.searchParams.get('code')! };
  }
  const fetchAs = (body: object) =>
    there.send('/api/handovers', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('an organisation arrives as one, with its contact and what it said of its members', async () => {
    const { page, from, code } = await handOrganisationOn('office@choirs.example');
    for (const words of ['For the organisation, I agree', 'the number of members it stated'])
      expect(page).toContain(words);
    const browser = openBrowser(createApp(body), HOUSE);
    const arrived = await browser.post('/welcome', { from, code });
    expect([arrived.status, arrived.headers.get('Location')]).toEqual([303, '/rights']);
    const user = (await findUserByEmail(body, 'office@choirs.example'))!;
    expect(user.name).toBe('Rosa Feld');
    expect(await partyOfUser(body, user.id)).toBeUndefined();
    const [choirs, ...others] = await organisationsOf(body, user.id);
    expect([choirs, others]).toMatchObject([{ name: 'Union of Choirs', role: 'admin' }, []]);
    const { party, claim } = await partyOfOrganisation(body, choirs!.organisationId);
    expect(party).toMatchObject({ kind: 'organisation', name: 'Union of Choirs', country: 'AT' });
    expect(claim).toEqual({ count: 1_200, saidTo: new URL(campaignUrl).host });
    const shown = await (await browser.get(`/organisations/${choirs!.organisationId}`)).text();
    expect(shown).toContain(`1,200, as it told ${new URL(campaignUrl).host}`);
    expect(shown).toMatch(/class="acting"[\s\S]*Union of Choirs/);
  });

  it('a body that reads people only gets no organisation, and people as before', async () => {
    const { code } = await handOrganisationOn('old@choirs.example');
    const old = await fetchAs({ code, body: HOUSE });
    expect([old.status, (await old.json()).code]).toEqual([409, 'handover-needs-newer']);
    // The step is not lost by it.
    expect(await (await fetchAs({ code, body: HOUSE, version: 9 })).json()).toMatchObject({
      ...{ version: 2, kind: 'organisation', name: 'Union of Choirs', contact: 'Rosa Feld', members: 1_200 },
    });
    for (const version of [0, 'two', 1.5])
      expect((await fetchAs({ code, body: HOUSE, version })).status).toBe(422);
    const page = await confirm(there, campaignUrl, 'pia@example.org', 'Pia Person');
    const said = { accountToken: hidden(page, 'accountToken'), receiver: 'own', consent: 'yes' };
    const ready = new URL(linkOn(await (await there.post('/sign/hand-on', said)).text()));
    const person = await fetchAs({ code: ready.searchParams.get('code'), body: HOUSE });
    expect(Object.keys(await person.json()).sort()).toEqual(
      'campaign,country,craft,email,emailConfirmedAt,justConfirmed,locale,name'.split(','),
    );
  });

  it('hands on no more than the words said that were agreed to', async () => {
    const { said, code } = await handOrganisationOn('words@choirs.example', 'lasting link');
    const wrong = await there.post('/sign/hand-on', { ...said, consentVersion: '1' });
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringContaining('handover-consent-outdated'),
    ]);
    await sql`update campaign.handovers set consent_version = 1 where used_at is null`.execute(k.db);
    expect(await (await fetchAs({ code, body: HOUSE, version: 2 })).json()).toMatchObject({
      ...{ kind: 'organisation', contact: null, members: null },
    });
  });

  it('changes no account that is there: the form for the organisation waits, filled in', async () => {
    const email = 'known@choirs.example';
    const { id } = await ensureUser(body, { email, name: 'Rosa Known', locale: 'en' });
    const browser = openBrowser(createApp(body), HOUSE);
    const { from, code } = await handOrganisationOn(email);
    expect(await (await browser.post('/welcome', { from, code })).text()).toContain('Please open your mail');
    expect(await organisationsOf(body, id)).toEqual([]);
    await drain(body);
    const link = new URL(await lastLink(body, email), HOUSE).pathname;
    const opened = await browser.post(link);
    const next = opened.headers.get('Location')!;
    expect(next).toBe('/organisations?name=Union+of+Choirs&country=AT');
    const form = await (await browser.get(next)).text();
    expect(form).toContain('value="Union of Choirs"');
    expect(form).toContain('<option value="AT" selected');
  });

  it.each<[string, object]>([
    ['a version nobody here reads', { version: 3 }],
    ['a kind without a version', { version: undefined }],
    ['a kind nobody knows', { kind: 'robot' }],
    ['no contact field', { contact: undefined }],
    ['a contact of two lines', { contact: 'Rosa\nFeld' }],
    ['a contact that turns the direction', { contact: 'Rosa\u202e' }],
    ['members that are none', { members: -5 }],
    ['members as text', { members: '1200' }],
    ['more members than people', { members: 1e12 }],
    ['an empty name', { name: ' ' }],
    ['a list for a name', { name: ['Union'] }],
    ['no country', { country: 'XX' }],
  ])('takes nothing from a campaign that answers %s', async (_, about) => {
    const email = 'lie@choirs.example';
    const code = 'y'.repeat(43);
    const good = { ...CHOIRS, email, locale: 'en', justConfirmed: true, version: 2 };
    lie = { ...good, ...about };
    const answer = await openBrowser(createApp(body), HOUSE).post('/welcome', { from: liar, code });
    expect([answer.status, await answer.text()]).toEqual([
      502,
      expect.stringContaining('handover-unreachable'),
    ]);
    expect(await findUserByEmail(body, email)).toBeUndefined();
  });

  it('takes an organisation without contact and members, under its own name', async () => {
    const email = 'bare@choirs.example';
    lie = { ...CHOIRS, email, locale: 'de', justConfirmed: false, version: 2, contact: null, members: null };
    const answer = await openBrowser(createApp(body), HOUSE).post('/welcome', {
      ...{ from: liar, code: 'z'.repeat(43) },
    });
    expect(answer.status).toBe(200);
    const user = (await findUserByEmail(body, email))!;
    expect(user.name).toBe('Union of Choirs');
    const [choirs] = await organisationsOf(body, user.id);
    expect((await partyOfOrganisation(body, choirs!.organisationId)).claim).toBeNull();
  });
});
