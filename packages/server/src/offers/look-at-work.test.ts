import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFetch } from '@clearway/net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import type { Kernel } from '../kernel/index.ts';
import { type Listeners, listen } from '../listen.ts';
import { openBrowser } from '../testing/browser.ts';
import { answersPaid, publish, setUp } from '../testing/offer-terms.ts';
import { type Person, person, register } from '../testing/register-works.ts';
import { signIn } from '../testing/sign-in.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { lookAtWork } from './look-at-work.ts';

let opened: TestKernel;
let k: Kernel;
let here: Listeners;
let elsewhere: ReturnType<typeof createServer>;
let address: string;
let answer: RequestListener;
let ada: Person;

beforeAll(async () => {
  here = await listen(undefined, 0);
  elsewhere = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const baseUrl = `http://localhost:${here.port}`;
  opened = await createTestKernel({ fetch: createFetch({ allowOrigins: [baseUrl, address] }) });
  k = { ...opened, site: { ...opened.site, baseUrl } };
  here.answerWith(createApp(k).fetch);
  await setUp(k);
  ada = await person(k, 'Ada');
});
afterAll(async () => {
  await here.close();
  await new Promise((resolve) => elsewhere.close(resolve));
  await opened.close();
});

const MINE = { answer: 'mine', holderKind: null, holderName: null } as const;
async function placed(path: string): Promise<string> {
  const source = { kind: 'url', url: `${address}${path}` } as const;
  const { work } = await register(k, ada, { source, authority: MINE });
  return work.id;
}

it('fetches back what was published, and everything agrees', async () => {
  answer = (_request, response) => response.writeHead(404).end();
  const workId = await placed('/a');
  const { offer } = await publish(k, ada, workId, answersPaid());
  const { own, elsewhere: other } = await lookAtWork(k, { workId, partyId: ada.party.id });
  expect(own.comparison.conflicts).toEqual([]);
  expect(own.comparison.missing).toEqual([]);
  expect(own.verdict).toBe('agrees');
  const [document] = own.documents.filter(({ sha256 }) => sha256 !== undefined);
  expect(document).toMatchObject({
    version: '1',
    sha256: offer.sha256,
    outcomes: { search: 'licensed-free', 'ai-input': 'licensed-against', 'ai-train': 'not-licensed' },
  });
  expect(other).toMatchObject([{ controlled: false, look: { verdict: 'silent' } }]);
});

it('finds what another place says, without calling it her mistake', async () => {
  answer = (request, response) => {
    if (request.url === '/robots.txt') {
      response.end(
        'User-agent: ChatGPT-User\nDisallow: /\n\nUser-agent: *\nContent-Signal: ai-train=yes\nDisallow:\n',
      );
    } else if (request.url === '/license.xml') {
      response.end('<!DOCTYPE rsl [<!ENTITY a "b">]><rsl xmlns="https://rslstandard.org/rsl"/>');
    } else if (request.url === '/a') {
      response.setHeader('Link', `<${address}/license.xml>; rel="license"; type="application/rsl+xml"`);
      response.end('<html><head><title>A</title></head></html>');
    } else response.writeHead(404).end();
  };
  const workId = await placed('/a');
  await publish(k, ada, workId, answersPaid());
  const { elsewhere: other } = await lookAtWork(k, { workId, partyId: ada.party.id });
  const { look, controlled } = other[0]!;
  expect([controlled, look.verdict]).toEqual([false, 'conflict']);
  const kinds = look.comparison.conflicts.map(({ carrier, usage, kind }) => `${carrier} ${usage} ${kind}`);
  expect(kinds).toContain('content-signal ai-train too-open');
  expect(kinds).toContain('robots ai-input too-strict');
  expect(look.documents[0]?.issues[0]?.code).toBe('R104-refused');
});

it('shows all of it on a page, and as a document', async () => {
  const workId = await placed('/a');
  await publish(k, ada, workId, answersPaid());
  const browser = openBrowser(createApp(k), k.site.baseUrl);
  await signIn(k, browser, ada.user.id);
  const page = await (await browser.get(`/works/${workId}/signals`)).text();
  expect(page).toContain('Everything says what you decided.');
  expect(page).toContain('it is not your mistake');
  expect(page).toContain('allows more than you decided');
  const answered = await browser.send(`/api/works/${workId}/signals`);
  expect(await answered.json()).toMatchObject({ own: { verdict: 'agrees' }, licensable: ['ai-input'] });
});

it('says so when a place cannot be reached, and has a limit', async () => {
  const source = { kind: 'url', url: 'http://127.0.0.1:1/x' } as const;
  const { work } = await register(k, ada, { source, authority: MINE });
  const eve = await person(k, 'Eve');
  const who = { workId: work.id, partyId: ada.party.id };
  await expect(lookAtWork(k, { ...who, partyId: eve.party.id })).rejects.toThrow('not-a-holder');
  const found = await lookAtWork(k, who);
  expect(found.elsewhere[0]?.look.verdict).toBe('unreachable');
  const many = Array.from({ length: 12 }, () => lookAtWork(k, who).catch((error: Error) => error.message));
  expect((await Promise.all(many)).filter((one) => String(one).startsWith('too-many-requests'))).not.toEqual(
    [],
  );
});
