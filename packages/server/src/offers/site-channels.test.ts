import { check, evaluate } from '@clearway/rsl';
import { compare, readSignals, readTdmPolicy } from '@clearway/signals';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { checkProof, registerSite, releaseSite, startProof, stateExclusions } from '../sites/index.ts';
import { openSitesWorld, type SitesWorld } from '../sites/testing/sites-world.ts';
import { openBrowser } from '../testing/browser.ts';
import { answersPaid, publish, setUp } from '../testing/offer-terms.ts';
import { type Person, person, register } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { presetTerms } from './presets.ts';
import { governingScope, siteChannels } from './site-channels.ts';
import { siteTexts } from './site-texts.ts';
import type { Terms } from './terms.ts';

let w: SitesWorld;
let ada: Person;
let host: string;
let siteId: string;
beforeAll(async () => {
  w = await openSitesWorld();
  await setUp(w.k);
});
afterAll(() => w.close());

let people = 0;
beforeEach(async () => {
  ada = await person(w.k, `Ada${people++}`);
  host = `http://novel.example:${w.port}`;
  const site = await registerSite(w.k, { partyId: ada.party.id, url: host });
  siteId = site.id;
  const { value } = await startProof(w.k, siteId);
  w.dns.zone.set('_clearway.novel.example', { TXT: [`clearway-site=${value}`] });
  await checkProof(w.k, siteId, 'dns');
});
// One host, one owner at a time.
afterEach(() => releaseSite(w.k, siteId, ada.user.id));

const MINE = { answer: 'mine', holderKind: null, holderName: null } as const;
async function offerAt(path: string, terms: Terms): Promise<void> {
  const source = { kind: 'url', url: `${host}${path}` } as const;
  const { work } = await register(w.k, ada, { source, authority: MINE });
  await publish(w.k, ada, work.id, terms);
}
async function outcomes(...paths: string[]) {
  const { document, issues } = check((await siteChannels(w.k, siteId)).rsl);
  expect(issues).toEqual([]);
  return paths.map((url) => evaluate(document!, { url, usage: 'ai-input' }).outcome);
}

describe('the terms of a site', () => {
  it('wait until its owner has said what on it is not hers', async () => {
    await expect(siteChannels(w.k, siteId)).rejects.toThrow('site-not-ready');
    const app = createApp(w.k);
    const browser = openBrowser(app, w.k.site.baseUrl);
    await signIn(w.k, browser, ada.user.id);
    const page = await (await browser.get(`/sites/${siteId}/terms`)).text();
    expect(page).toContain('You have not said yet what on the site is not yours.');
    expect((await openBrowser(app).get(`/site/${siteId}/license.xml`)).status).toBe(409);
  });

  it('reserve everything as long as nothing was published', async () => {
    await stateExclusions(w.k, siteId, { none: true });
    const { wholeSite, works } = await siteChannels(w.k, siteId);
    expect([wholeSite, works]).toEqual([undefined, 0]);
    expect(await outcomes('/', '/a')).toEqual(['not-licensed', 'not-licensed']);
  });

  it('come from the work at its own address, narrower ones from theirs, and never cover what is not hers', async () => {
    await stateExclusions(w.k, siteId, { patterns: [{ pattern: '/guests/', what: 'texts of guests' }] });
    await offerAt('/', answersPaid());
    await offerAt('/poem', presetTerms('no-ai'));
    await offerAt('/guests/mine', answersPaid());
    await offerAt('/odd*$', presetTerms('no-ai'));
    expect(await outcomes('/', '/a', '/poem', '/poems', '/guests/x', '/guests/mine', '/oddly')).toEqual([
      'licensed-against',
      'licensed-against',
      'not-licensed',
      'licensed-against',
      'not-licensed',
      'not-licensed',
      'licensed-against',
    ]);
  });

  it('are one thing to every reader: a page in a folder that refuses everything is not offered', async () => {
    await stateExclusions(w.k, siteId, { none: true });
    const free = { search: { answer: 'free' }, 'ai-index': { answer: 'no' } } as const;
    await offerAt('/', presetTerms('no-ai'));
    await offerAt('/poem', { ...free, 'ai-input': { answer: 'free' }, 'ai-train': { answer: 'no' } });
    await offerAt('/shut/', { ...presetTerms('no-ai'), search: { answer: 'no' } });
    await offerAt('/shut/poem', answersPaid());
    expect(await outcomes('/', '/poem', '/shut/poem')).toEqual([
      'not-licensed',
      'licensed-free',
      'not-licensed',
    ]);
    const { unsaid, scopes } = await siteChannels(w.k, siteId);
    expect(unsaid).toEqual(['/shut/poem$']);
    expect(governingScope(scopes, '/shut/poem')?.pattern).toBe('/shut/');
    const browser = openBrowser(createApp(w.k), w.k.site.baseUrl);
    await signIn(w.k, browser, ada.user.id);
    expect(await (await browser.get(`/sites/${siteId}/terms`)).text()).toContain('(/shut/poem$)');
  });

  it('agree with themselves on every carrier, once copied', async () => {
    await stateExclusions(w.k, siteId, { none: true });
    await offerAt('/', answersPaid());
    const channels = await siteChannels(w.k, siteId);
    const texts = siteTexts(channels);
    const nginx = texts.servers.find(({ server }) => server === 'nginx')!.content;
    const bodies = {
      robots: texts.robots,
      html: `<head>${texts.head}</head>`,
      tdmrep: texts.tdmrep,
      headers: nginx.replaceAll(/^add_header (\S+) '(.*)' always;$/gm, '$1: $2'),
      rsl: channels.rsl,
    };
    const at = '2026-11-22T00:00:00Z';
    const sources = Object.entries(bodies).map(([kind, body]) => {
      return { kind: kind as keyof typeof bodies, url: channels.licenseUrl, at, body };
    });
    const { records } = await readSignals({ url: `${host}/a`, at, sources });
    const { conflicts, missing, agreements } = compare(channels.permissions, records, [
      'rsl',
      'content-signal',
      'aipref-robots',
      'aipref-header',
      'tdmrep-file',
      'tdmrep-header',
      'tdmrep-meta',
      'robots-meta',
    ]);
    expect([conflicts, missing]).toEqual([[], []]);
    expect(agreements.length).toBeGreaterThan(10);
    expect(nginx).toContain(`add_header Link '<${channels.licenseUrl}>; rel="license"`);
    const { policyUrl } = channels;
    expect(texts.tdmrep).toContain(`"tdm-policy": "${policyUrl}"`);
    const policy = await openBrowser(createApp(w.k), w.k.site.baseUrl).get(new URL(policyUrl).pathname);
    expect(policy.headers.get('content-type')).toBe('application/json');
    expect(readTdmPolicy(await policy.text())).toMatchObject({
      uid: policyUrl,
      assigner: { url: channels.termsUrl },
      permissions: [{ target: channels.termsUrl, duties: ['obtainConsent', 'compensate'] }],
    });
    expect(texts.linkOnly.every(({ content }) => !content.includes('tdm-'))).toBe(true);
  });

  it('refuse what is not hers in every channel that knows paths', async () => {
    await stateExclusions(w.k, siteId, { patterns: [{ pattern: '/guests/', what: 'texts of guests' }] });
    const free = { answer: 'free' } as const;
    await offerAt('/', { search: free, 'ai-index': free, 'ai-input': free, 'ai-train': free });
    const texts = siteTexts(await siteChannels(w.k, siteId));
    const at = '2026-11-22T00:00:00Z';
    for (const kind of ['robots', 'tdmrep'] as const) {
      const source = { kind, url: `${host}/${kind}`, at, body: texts[kind] };
      const about = { at, sources: [source], agents: ['*', 'GPTBot'] };
      const guest = await readSignals({ ...about, url: `${host}/guests/1` });
      expect(guest.verdicts.map(({ usages }) => usages['ai-train'].outcome)).toEqual(['refused', 'refused']);
    }
    for (const { content } of texts.servers) expect(content).toContain('/guests/');
  });

  it('refuse what is not hers also inside a folder that she offers', async () => {
    const free = { answer: 'free' } as const;
    await stateExclusions(w.k, siteId, { patterns: [{ pattern: '/*dpa*', what: 'reports of an agency' }] });
    await offerAt('/stories/', { search: free, 'ai-index': free, 'ai-input': free, 'ai-train': free });
    const channels = await siteChannels(w.k, siteId);
    expect(governingScope(channels.scopes, '/stories/dpa-1')).toMatchObject({ excluded: true });
    expect(governingScope(channels.scopes, '/stories/own')).toMatchObject({ pattern: '/stories/' });
    const texts = siteTexts(channels);
    const at = '2026-11-22T00:00:00Z';
    const sources = (['robots', 'tdmrep'] as const).map((kind) => {
      return { kind, url: `${host}/${kind}`, at, body: texts[kind] };
    });
    const outcomesAt = async (path: string, kind: string) => {
      const about = { at, sources: sources.filter((one) => one.kind === kind), agents: ['*'] };
      const { verdicts } = await readSignals({ ...about, url: `${host}${path}` });
      return verdicts[0]!.usages['ai-train'].outcome;
    };
    for (const { kind } of sources) expect(await outcomesAt('/stories/dpa-1', kind)).toBe('refused');
    expect(await outcomesAt('/stories/own', 'tdmrep')).toBe('allowed');
    expect(await outcomes('/stories/dpa-1', '/stories/own')).toEqual(['not-licensed', 'licensed-free']);
  });

  it('are shown to the owner to copy, and looked at where they were put', async () => {
    await stateExclusions(w.k, siteId, { none: true });
    await offerAt('/', answersPaid());
    const browser = openBrowser(createApp(w.k), w.k.site.baseUrl);
    await signIn(w.k, browser, ada.user.id);
    const { robots } = siteTexts(await siteChannels(w.k, siteId));
    const page = await (await browser.get(`/sites/${siteId}/terms`)).text();
    expect(page).toContain(robots.split('\n')[0]);
    expect(page).toContain('§ 44b Abs. 3 UrhG');
    expect(page).toContain('Squarespace');
    expect(page).toContain('url=&quot;/address-of-the-item&quot;');
    expect(page).toContain('&lt;x:xmpmeta');
    w.answer = (request, response) =>
      request.url === '/robots.txt'
        ? response.end('User-agent: *\nDisallow: /\n')
        : response.writeHead(404).end();
    const looked = await (await browser.get(`/sites/${siteId}/terms?look=yes`)).text();
    expect(looked).toContain('refuses what you offer');
    expect(looked).toContain('Remove &quot;Disallow: /&quot; from robots.txt');
    expect(looked).toContain('Your robots.txt as it is now, with what you decided');
    const foreign = openBrowser(createApp(w.k));
    await signIn(w.k, foreign, (await person(w.k, 'Eve')).user.id);
    expect((await foreign.get(`/sites/${siteId}/terms`)).status).toBe(404);
    expect((await foreign.get(`/site/${siteId}`)).status).toBe(200);
  });
});
