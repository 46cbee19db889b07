import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { openSitesWorld, type SitesWorld } from './testing/sites-world.ts';

let w: SitesWorld;
let app: ReturnType<typeof createApp>;
beforeAll(async () => {
  w = await openSitesWorld();
  app = createApp(w.k);
});
afterAll(() => w.close());

async function browser() {
  const { cookie, ...person } = await w.visitor();
  const headers = { Cookie: cookie, Accept: 'text/html' };
  const open = (path: string) => app.request(path, { headers });
  const send = (path: string, fields: Record<string, string>) =>
    app.request(path, { method: 'POST', headers, body: new URLSearchParams(fields) });
  const api = (path: string, content?: unknown) =>
    app.request(path, {
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      ...(content === undefined ? {} : { method: 'POST', body: JSON.stringify(content) }),
    });
  return { ...person, open, send, api };
}

describe('pages', () => {
  it('ask strangers to sign in', async () => {
    const answer = await app.request('/sites', { headers: { Accept: 'text/html' } });
    expect([303, 401]).toContain(answer.status);
    expect((await app.request('/api/sites')).status).toBe(401);
  });

  it('lead from nothing to a proven site with a statement', async () => {
    const { open, send } = await browser();
    expect(await (await open('/sites')).text()).toContain('No site yet');
    const added = await send('/sites', { url: `http://novel.example:${w.port}` });
    expect(added.status).toBe(303);
    const page = added.headers.get('Location')!;
    const steps = await (await open(page)).text();
    const value = /clearway-site=([\w-]{32})/.exec(steps)![1]!;
    expect(steps).toContain(`&lt;meta name=&quot;clearway-site&quot; content=&quot;${value}&quot;&gt;`);
    w.answer = (_request, response) => response.writeHead(404).end();
    expect((await send(`${page}/checks`, { method: 'file' })).status).toBe(303);
    expect(await (await open(page)).text()).toContain('We did not find the value yet.');
    w.answer = (_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(`clearway-site=${value}`);
    await send(`${page}/checks`, { method: 'file' });
    expect(await (await open(page)).text()).toContain('Found. The site counts as yours.');
    const unclear = await send(`${page}/exclusions`, { answer: 'none', paths: '/guests/ <b>texts</b>' });
    expect(unclear.status).toBe(422);
    expect(await unclear.text()).toContain('/guests/ &lt;b&gt;texts&lt;/b&gt;');
    expect(
      (await send(`${page}/exclusions`, { answer: 'some', paths: '/guests/ texts\r\n/*.pdf$ documents' }))
        .status,
    ).toBe(303);
    expect(await (await open(page)).text()).toContain('Everything is in place');
    expect((await send(`${page}/release`, {})).status).toBe(303);
    expect(await (await open('/sites')).text()).toContain('No site yet');
    expect((await open(page)).status).toBe(200);
  });

  it('show a problem beside what was typed', async () => {
    const { send } = await browser();
    const answer = await send('/sites', { url: 'http://192.168.0.1/"><script>' });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('site-address-');
    expect(text).toContain('192.168.0.1/&quot;&gt;&lt;script&gt;');
  });

  it('show one person’s sites to nobody else, and the queue to operators only', async () => {
    const [mine, other] = [await browser(), await browser()];
    const page = (await mine.send('/sites', { url: 'soundcloud.com/jane' })).headers.get('Location')!;
    expect((await other.open(page)).status).toBe(404);
    expect((await other.send(`${page}/checks`, { method: 'code' })).status).toBe(404);
    expect((await other.send(`${page}/release`, {})).status).toBe(404);
    expect((await other.open('/sites/nonsense')).status).toBe(404);
    expect((await other.open('/operator/reviews')).status).toBe(403);
  });

  it('let an operator decide with a reason', async () => {
    const [owner, operator] = [await browser(), await browser()];
    await sql`update identity.users set operator = true where id = ${operator.userId}`.execute(w.k.db);
    const page = (await owner.send('/sites', { url: 'tiktok.com/@jane' })).headers.get('Location')!;
    await owner.open(page);
    await owner.send(`${page}/checks`, { method: 'code' });
    const queue = await (await operator.open('/operator/reviews')).text();
    expect(queue).toContain('https://tiktok.com/@jane');
    const id = /reviews\/([0-9a-f-]{36})\/decision/.exec(queue)![1]!;
    expect((await owner.send(`/operator/reviews/${id}/decision`, {})).status).toBe(403);
    expect((await operator.send(`/operator/reviews/${id}/claim`, {})).status).toBe(303);
    const empty = await operator.send(`/operator/reviews/${id}/decision`, {
      decision: 'confirmed',
      note: '',
    });
    expect(empty.status).toBe(422);
    const fields = { decision: 'confirmed', note: 'Seen in the biography.' };
    expect((await operator.send(`/operator/reviews/${id}/decision`, fields)).status).toBe(303);
    expect((await operator.send(`/operator/reviews/${id}/decision`, fields)).status).toBe(409);
    const seen = await (await owner.open(page)).text();
    expect(seen).toContain('checked by a person');
    expect(seen).toContain('Seen in the biography.');
  });

  it('exist in German', async () => {
    const { send, open } = await browser();
    const page = (await send('/sites', { url: 'instagram.com/jane' })).headers.get('Location')!;
    await open(page);
    await send(`${page}/checks`, { method: 'code' });
    const text = await (await open(`${page}?lang=de`)).text();
    expect(text).toContain('Das ist nicht Ihr Fehler');
    expect(text).toContain('Die Plattform weist Programme bekanntlich ab');
  });
});

describe('the API', () => {
  it('adds, lists, shows and checks', async () => {
    const { api } = await browser();
    const added = await api('/api/sites', { url: `http://novel.example:${w.port}/about` });
    expect(added.status).toBe(201);
    const site = (await added.json()) as { id: string; publish: { dns: { name: string; value: string } } };
    w.dns.zone.set(site.publish.dns.name, { TXT: [site.publish.dns.value] });
    const checked = await api(`/api/sites/${site.id}/checks`, { method: 'dns' });
    expect(checked.status).toBe(201);
    expect(await checked.json()).toMatchObject({ result: 'proven', method: 'dns' });
    expect(await (await api('/api/sites')).json()).toMatchObject({
      sites: [{ id: site.id, state: 'proven', proof: { method: 'dns' } }],
    });
    expect(await (await api(`/api/sites/${site.id}`)).json()).toMatchObject({
      siteWide: { ready: false, reasons: ['exclusions-not-stated'] },
    });
  });

  it.each([
    ['/api/sites', { url: 'http://localhost' }, 422, 'site-address-private'],
    ['/api/sites', { url: 'x'.repeat(2001) }, 422, 'invalid-input'],
    ['/api/sites', {}, 422, 'invalid-input'],
    ['/api/sites/00000000-0000-7000-8000-000000000000/checks', { method: 'dns' }, 404, 'site-not-found'],
    ['/api/sites/x/checks', { method: 'dns' }, 422, 'invalid-input'],
  ])('%s with %o: %i %s', async (path, content, status, code) => {
    const { api } = await browser();
    const answer = await api(path, content);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });
});
