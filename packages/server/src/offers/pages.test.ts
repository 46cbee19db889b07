import { createHash } from 'node:crypto';
import { evaluate, lint } from '@clearway/rsl';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { eraseParty } from '../parties/index.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { drain } from '../testing/drain.ts';
import { answersPaid, ownWork, publish, setUp, sharedWork } from '../testing/offer-terms.ts';
import { type Person, person } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { presetTerms } from './presets.ts';
import { licensable } from './read-standing.ts';

let k: TestKernel;
let app: Router;
let ada: Person;
let hers: Browser;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  ada = await person(k, 'Ada');
  hers = openBrowser(app);
  await signIn(k, hers, ada.user.id);
});
afterAll(() => k.close());

const stranger = () => openBrowser(app);
const location = (answer: Response) => answer.headers.get('Location');
async function body(answer: Response | Promise<Response>): Promise<string> {
  return (await answer).text();
}

describe('the wizard', () => {
  it('leads from a preset to published terms in three steps', async () => {
    const workId = await ownWork(k, ada);
    const path = `/works/${workId}/terms`;
    expect(await body(hers.get(path))).toContain('Only if I say yes each time');
    const chosen = await hers.post(path, {
      action: 'preset',
      version: '0',
      preset: 'search-free-answers-paid',
    });
    expect([chosen.status, location(chosen)]).toEqual([
      303,
      `${path}?step=prices&preset=search-free-answers-paid`,
    ]);
    expect(await body(hers.get(location(chosen)!))).toContain('Price for fetches');
    const typed = {
      action: 'terms',
      version: '0',
      preset: 'search-free-answers-paid',
      'price.ai-input.fetch': '0.02',
      'pack.ai-input.fetch': '1',
      'price.ai-input.answer': '',
    };
    const kept = await hers.post(path, typed);
    expect(location(kept)).toBe(`${path}?step=preview`);
    const preview = await body(hers.get(location(kept)!));
    expect(preview).toContain('EUR 0.02 for each fetch');
    expect(preview).toContain('Publish these terms');
    const published = await hers.post(path, { action: 'publish', draftVersion: '1' });
    expect(location(published)).toBe(`${path}?done=1`);
    expect(await body(hers.get(location(published)!))).toContain('Version 1 is published.');
    expect((await licensable(k, workId)).uses).toEqual(['ai-input']);
    const again = await hers.post(path, { action: 'publish', draftVersion: '1' });
    expect(location(again)).toBe(`${path}?same=1`);
    await hers.post(path, { action: 'withdraw', reason: 'second thoughts' });
    expect((await licensable(k, workId)).licensable).toBe(false);
  });

  it('takes a preset without prices straight to the preview, and one decided use by use', async () => {
    const workId = await ownWork(k, ada);
    const path = `/works/${workId}/terms`;
    const noAi = await hers.post(path, { action: 'preset', version: '0', preset: 'no-ai' });
    expect(location(noAi)).toBe(`${path}?step=preview`);
    const own = await hers.post(path, {
      action: 'terms',
      version: '1',
      preset: 'own',
      'answer.search': 'free',
      'answer.ai-index': 'no',
      'answer.ai-input': 'ask',
      'answer.ai-train': 'paid',
      'price.ai-train.model-version': '1,234.50',
      'pack.ai-train.model-version': '1',
    });
    expect(location(own)).toBe(`${path}?step=preview`);
    const preview = await body(hers.get(`${path}?step=preview`));
    expect(preview).toContain('EUR 1,234.50 once for each version of a model');
    hers.cookies.set('lang', 'de');
    expect(await body(hers.get(`${path}?step=preview`))).toContain('1.234,50 EUR einmalig je Fassung');
    expect(await body(hers.get(`${path}?step=prices`))).toContain('value="1234,50"');
    hers.cookies.delete('lang');
  });

  it.each([
    ['', 'Write a price above zero.'],
    ['-1', 'Write a price above zero.'],
    ['0', 'Write a price above zero.'],
    ['1e3', 'Write digits and at most one decimal mark.'],
    ['1,500', 'This can be read in two ways.'],
    ['9999999999', 'This is above one thousand million.'],
  ])('shows the price %j again with what is wrong', async (price, message) => {
    const workId = await ownWork(k, ada);
    const answer = await hers.post(`/works/${workId}/terms`, {
      action: 'terms',
      version: '0',
      preset: 'search-free-answers-paid',
      'price.ai-input.fetch': price,
      'price.ai-input.answer': '0.05',
    });
    const page = await body(answer);
    if (price === '') {
      // One of the two prices is enough.
      expect(answer.status).toBe(303);
      return;
    }
    expect(answer.status).toBe(422);
    expect(page).toContain(message);
    expect(page).toContain(`value="${price}"`);
    expect(page).toContain('value="0.05"');
  });

  it('shows both states when two tabs edit one draft, and keeps what was typed', async () => {
    const workId = await ownWork(k, ada);
    const path = `/works/${workId}/terms`;
    await hers.post(path, { action: 'preset', version: '0', preset: 'no-ai' });
    const late = {
      action: 'terms',
      version: '0',
      preset: 'search-free-answers-paid',
      'price.ai-input.fetch': '0.07',
    };
    const answer = await hers.post(path, late);
    const page = await body(answer);
    expect(answer.status).toBe(409);
    expect(page).toContain('Somebody changed this draft in the meantime');
    expect(page).toContain('Training or adjusting an AI model with the work: not allowed.');
    expect(page).toContain('value="0.07"');
    expect(page).toContain('name="version" value="1"');
    expect(location(await hers.post(path, { ...late, version: '1' }))).toBe(`${path}?step=preview`);
  });

  it('loses nothing when the session has ended', async () => {
    const workId = await ownWork(k, ada);
    const answer = await stranger().post(`/works/${workId}/terms`, {
      action: 'terms',
      version: '0',
      preset: 'search-free-answers-paid',
      'price.ai-input.fetch': '"><script>',
    });
    const page = await body(answer);
    expect(answer.status).toBe(401);
    expect(page).toContain('Nothing you typed is lost.');
    expect(page).toContain('name="price.ai-input.fetch" value="&quot;&gt;&lt;script&gt;"');
  });

  it('is closed to people who hold no share', async () => {
    const workId = await ownWork(k, ada);
    const eve = openBrowser(app);
    await signIn(k, eve, (await person(k, 'Eve')).user.id);
    for (const page of ['terms', 'consent', 'signals']) {
      expect((await eve.get(`/works/${workId}/${page}`)).status).toBe(403);
    }
    expect((await stranger().get(`/works/${workId}/terms`)).status).toBe(303);
  });
});

describe('the consent page', () => {
  it('shows the change in words and takes a decision use by use', async () => {
    const { workId, other } = await sharedWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    const theirs = openBrowser(app);
    await signIn(k, theirs, other.user.id);
    const path = `/works/${workId}/consent`;
    expect(await body(theirs.get(`/works/${workId}/terms`))).toContain(`href="${path}"`);
    const page = await body(theirs.get(path));
    expect(page).toContain('EUR 0.02 for each fetch');
    expect(page).toContain('Ada published version 1');
    expect(location(await theirs.post(path, { offer: offer.id, 'use.ai-input': 'yes' }))).toBe(
      `${path}?kept=yes`,
    );
    expect((await licensable(k, workId)).licensable).toBe(true);
    await publish(k, ada, workId, answersPaid('30000'));
    const changed = await body(theirs.get(path));
    expect(changed).toMatch(/<del>[^<]*EUR 0\.02/);
    expect(changed).toMatch(/<ins>[^<]*EUR 0\.03/);
    const old = await theirs.post(path, { offer: offer.id, 'use.ai-input': 'yes' });
    expect(old.status).toBe(409);
    expect(await body(old)).toContain('There is a newer version of these terms');
  });
});

describe('the public page of a work', () => {
  it('carries its terms for people and machines', async () => {
    const workId = await ownWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    const answer = await stranger().get(`/w/${workId}`);
    const page = await answer.text();
    const license = `http://localhost:4000/w/${workId}/license.xml`;
    expect(answer.headers.get('Link')).toBe(`<${license}>; rel="license"; type="application/rsl+xml"`);
    expect(answer.headers.get('tdm-reservation')).toBe('1');
    expect(answer.headers.get('X-Robots-Tag')).toBe('noai, noimageai');
    expect(page).toContain(`<link rel="license" type="application/rsl+xml" href="${license}"`);
    expect(page).toContain('<meta name="tdm-reservation" content="1"');
    expect(page).toContain(offer.sha256);
    expect(page).toContain('Can be licensed');
    expect(page).toContain('Ada');
    expect(page).not.toContain('ada@example.org');
  });

  it('serves RSL with its media type, a tag, and nothing more than agreed', async () => {
    const { workId } = await sharedWork(k, ada);
    await publish(k, ada, workId, answersPaid());
    const answer = await stranger().send(`/w/${workId}/license.xml`);
    expect(answer.headers.get('Content-Type')).toBe('application/rsl+xml');
    const { document, issues } = lint(await answer.text());
    expect(issues).toEqual([]);
    const outcome = (usage: 'search' | 'ai-input') =>
      evaluate(document!, { url: `/w/${workId}?lang=de`, usage }).outcome;
    expect([outcome('search'), outcome('ai-input')]).toEqual(['licensed-free', 'not-licensed']);
    const tag = answer.headers.get('ETag')!;
    const again = await stranger().send(`/w/${workId}/license.xml`, { headers: { 'If-None-Match': tag } });
    expect(again.status).toBe(304);
    const page = await body(stranger().get(`/w/${workId}`));
    expect(page).toContain('Not everyone who holds a share has said yes to the terms yet.');
  });

  it('without terms says that AI use is not allowed', async () => {
    const workId = await ownWork(k, ada);
    expect(await body(stranger().get(`/w/${workId}`))).toContain('No terms published: AI use not allowed');
    expect((await stranger().send(`/w/${workId}/offer.json`)).status).toBe(404);
    expect(await body(stranger().send(`/w/${workId}/license.xml`))).toContain(
      '<prohibits type="usage">ai-all</prohibits>',
    );
  });

  it('serves the exact bytes under the hash, and each version for ever', async () => {
    const workId = await ownWork(k, ada);
    const { offer } = await publish(k, ada, workId, answersPaid());
    await publish(k, ada, workId, presetTerms('no-ai'));
    const first = await stranger().send(`/w/${workId}/versions/1/offer.json`);
    const bytes = new Uint8Array(await first.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(offer.sha256);
    expect(first.headers.get('ETag')).toBe(`"${offer.sha256}"`);
    expect(await body(stranger().send(`/w/${workId}/offer.txt`))).toContain('not allowed.');
    const history = await body(stranger().get(`/w/${workId}/versions`));
    expect(history).toMatch(/<del>[^<]*EUR 0\.02/);
    expect(await body(stranger().get(`/w/${workId}/versions/1`))).toContain('EUR 0.02 for each fetch');
    for (const missing of [
      '/w/x',
      `/w/${workId}/versions/9`,
      `/w/${workId}/versions/01`,
      '/w/x/license.xml',
    ]) {
      expect((await stranger().get(missing)).status).toBe(404);
    }
  });
});

it('a version that names somebody who was erased is no longer shown', async () => {
  const eve = await person(k, 'Erna');
  const workId = await ownWork(k, eve);
  await publish(k, eve, workId, answersPaid());
  expect((await stranger().send(`/w/${workId}/versions/1/offer.json`)).status).toBe(200);
  await inTx(k, (t) => eraseParty(t, eve.party.id));
  await drain(k);
  expect((await stranger().send(`/w/${workId}/versions/1/offer.json`)).status).toBe(404);
  for (const path of ['', '/versions', '/license.xml']) {
    expect(await body(stranger().get(`/w/${workId}${path}`))).not.toContain('Erna');
  }
});

it('robots.txt of the instance keeps nobody out and names the licence first', async () => {
  const robots = await body(stranger().send('/robots.txt'));
  expect(robots.split('\n')[0]).toBe('License: http://localhost:4000/license.xml');
  expect(robots).toContain('User-agent: *\nDisallow:\n');
  expect(robots).not.toMatch(/Disallow: *\//);
  const { document, issues } = lint(await body(stranger().send('/license.xml')));
  expect(issues).toEqual([]);
  const ask = (url: string, usage: 'search' | 'ai-train') => evaluate(document!, { url, usage }).outcome;
  expect([ask('/', 'search'), ask('/wall', 'ai-train'), ask('/w/1', 'ai-train')]).toEqual([
    'licensed-free',
    'not-licensed',
    'unknown',
  ]);
});

describe('the API', () => {
  it('takes a draft, publishes it and tells what stands', async () => {
    const workId = await ownWork(k, ada);
    const send = (method: string, path: string, content: unknown) =>
      hers.send(path, {
        method,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(content),
      });
    const draft = { version: 0, preset: 'own', terms: answersPaid() };
    expect((await send('PUT', `/api/works/${workId}/terms-draft`, draft)).status).toBe(200);
    const stale = await send('PUT', `/api/works/${workId}/terms-draft`, draft);
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ code: 'changed-meanwhile', current: { version: 1 } });
    const published = await send('POST', `/api/works/${workId}/offers`, { draftVersion: 1 });
    expect(published.status).toBe(201);
    const { id, sha256 } = (await published.json()) as { id: string; sha256: string };
    expect((await send('POST', `/api/works/${workId}/offers`, { draftVersion: 1 })).status).toBe(200);
    const list = await (await hers.send(`/api/works/${workId}/offers`)).json();
    expect(list).toMatchObject({ offers: [{ id, sha256, state: 'in-force' }] });
    const no = await send('POST', `/api/offers/${id}/consents`, {
      decisions: [{ use: 'ai-input', answer: 'no' }],
    });
    expect(no.status).toBe(200);
    const bad = await send('PUT', `/api/works/${workId}/terms-draft`, {
      version: 1,
      preset: 'own',
      terms: {},
    });
    expect(bad.status).toBe(422);
    expect((await stranger().send(`/api/works/${workId}/offers`)).status).toBe(401);
  });
});
