import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { asksFirst } from '../testing/asks-first.ts';
import {
  fresh,
  type Person,
  person,
  register,
  shared,
  signedIn,
  spooled,
  tokensFor,
} from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { answerAuthority } from './answer-authority.ts';
import { licensability, listWorks, readWork } from './read-work.ts';

let k: TestKernel;
let ada: Person;
let cookie: string;
let spool: string;
beforeAll(async () => {
  const made = await createTestKernel();
  spool = mkdtempSync(join(tmpdir(), 'clearway-spool-'));
  k = { ...made, site: { ...made.site, spoolDirectory: spool, maxUploadBytes: 1_000_000 } };
  ada = await person(k, 'Ada');
  cookie = await signedIn(k, ada.user.id);
  const answer = { answer: 'mine', holderKind: null, holderName: null } as const;
  await answerAuthority(k, { partyId: ada.party.id, actor: ada.user.id, answer });
});
afterAll(async () => {
  await k.close();
  rmSync(spool, { recursive: true });
});

const HTML = { Accept: 'text/html' };
const get = (path: string, as = cookie) => createApp(k).request(path, { headers: { Cookie: as, ...HTML } });
const post = (path: string, fields: Record<string, string>, as = cookie) => {
  // Works are listed by time, and the clock of the tests stands still.
  k.clock.advance(1);
  return createApp(k).request(path, {
    method: 'POST',
    headers: { Cookie: as, ...HTML },
    body: new URLSearchParams(fields),
  });
};
let hashes = 0;
const sha256 = () => createHash('sha256').update(`page ${hashes++}`).digest('hex');
const locationOf = (answer: Response) => answer.headers.get('Location') ?? '';
const newest = async () => (await listWorks(k, { partyId: ada.party.id }))[0]!.work;
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

describe('/rights', () => {
  it('asks with examples from craft and country, and stores the answer', async () => {
    const cem = await person(k, 'Cem');
    const as = await signedIn(k, cem.user.id);
    const first = await get('/works/new', as);
    expect([first.status, locationOf(first)]).toEqual([303, '/rights?next=/works/new']);
    expect(await (await get('/rights', as)).text()).toContain('GEMA');
    const saved = await post(
      '/rights?next=/works/new',
      { answer: 'theirs', holderKind: 'society', holderName: 'GEMA' },
      as,
    );
    expect([saved.status, locationOf(saved)]).toEqual([303, '/works/new']);
    expect((await get('/works/new', as)).status).toBe(200);
    const away = await post('/rights?next=//evil.example', { answer: 'mine' }, as);
    expect(locationOf(away)).not.toContain('evil');
    const wrong = await post('/rights', { answer: 'mine', holderName: 'a\u202eb' }, as);
    expect([wrong.status, (await wrong.text()).includes('invalid-input')]).toEqual([422, true]);
  });
});

describe('/works', () => {
  it('teaches the next step when nothing is there, and speaks German', async () => {
    const as = await signedIn(k, (await person(k, 'Leer')).user.id);
    expect(await (await get('/works', as)).text()).toContain('No works yet');
    const german = await (await get('/works?lang=de', as)).text();
    expect(german).toContain('Noch keine Werke');
    expect(german).toContain('lang="de"');
  });

  it('is for those who are signed in', async () => {
    for (const path of ['/works', '/works/new', '/rights', '/operator/works', `/works/${ada.party.id}`]) {
      expect([303, 401], path).toContain((await get(path, '')).status);
    }
    expect((await get('/operator/works')).status).toBe(403);
  });
});

describe('/works/new', () => {
  it('registers by fingerprint, with co-owners, in percent', async () => {
    const form = await (await get('/works/new?way=fingerprint')).text();
    expect(form).toContain('<script type="module" src="/static/fingerprint.js">');
    const answer = await post('/works/new?way=fingerprint', {
      sha256: sha256().toUpperCase(),
      bytes: '12',
      mediaType: '',
      title: 'Das Meer',
      type: 'song',
      scheme1: 'iswc',
      value1: 'T-034.524.680-1',
      myShare: '66,6667',
      myRole: 'composer',
      name1: 'Mia',
      email1: 'mia@example.org',
      role1: 'lyricist',
      share1: '33.3333 %',
    });
    expect(answer.status).toBe(303);
    const work = await newest();
    expect(locationOf(answer)).toBe(`/works/${work.id}?done=registered`);
    const { claims } = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(claims.map(({ sharePpm }) => sharePpm)).toEqual([666_667, 333_333]);
    const seen = await (await get(locationOf(answer))).text();
    for (const text of [
      'Das Meer',
      'Mia',
      '33.3333 %',
      'waiting for an answer',
      'T-034.524.680-1',
      'meanwhile',
    ])
      expect(seen).toContain(text);
    expect(await (await get('/works')).text()).toContain('Not everyone has accepted');
  });

  it('splits evenly, by address', async () => {
    await post('/works/new?way=url', {
      url: 'https://ada.example/sea',
      title: 'Sea',
      type: 'poem',
      even: 'yes',
      name1: 'B',
      email1: 'b@example.org',
      name2: 'C',
      email2: 'c@example.org',
    });
    const { claims, manifestations } = await readWork(k, {
      workId: (await newest()).id,
      partyId: ada.party.id,
    });
    expect(claims.map(({ sharePpm }) => sharePpm)).toEqual([333_334, 333_333, 333_333]);
    expect(manifestations[0]!.url).toBe('https://ada.example/sea');
    expect(await (await get(`/works/${(await newest()).id}`)).text()).toContain(
      'Not yet shown that this address is yours',
    );
  });

  it('takes a file, gives it back to its owner as a download, and leaves nothing in the spool', async () => {
    k.clock.advance(1);
    const form = new FormData();
    for (const [name, value] of Object.entries({ title: 'File', type: 'text', myShare: '100' }))
      form.append(name, value);
    form.append('file', new File(['<script>alert(1)</script>'], 'größe.html', { type: 'text/html' }));
    const answer = await createApp(k).request('/works/new?way=file', {
      method: 'POST',
      headers: { Cookie: cookie, ...HTML },
      body: form,
    });
    expect(answer.status).toBe(303);
    const work = await newest();
    const seen = await (await get(`/works/${work.id}`)).text();
    const path = /\/works\/[\w-]+\/files\/[\w-]+/.exec(seen)![0];
    const file = await get(path);
    expect(await file.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="work"; filename*=UTF-8''gr%C3%B6%C3%9Fe.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    const bob = await signedIn(k, (await person(k, 'Bob')).user.id);
    expect((await get(path, bob)).status).toBe(404);
    expect(readdirSync(spool)).toEqual([]);
  });

  it('shows the form again with what was typed, what is wrong and the cure', async () => {
    const typed = {
      title: 'Kept <b>',
      type: 'poem',
      sha256: sha256(),
      scheme1: 'isbn',
      value1: '9780306406158',
    };
    const wrong = await post('/works/new?way=fingerprint', typed);
    const html = await wrong.text();
    expect(wrong.status).toBe(422);
    for (const text of ['identifier-check-digit', '8 → 7', 'Kept &lt;b&gt;', typed.sha256])
      expect(html).toContain(text);
    const gap = await post('/works/new?way=fingerprint', { ...typed, value1: '', myShare: '99.9999' });
    expect(await gap.text()).toContain('−0.0001 %');
    const long = await post('/works/new?way=fingerprint', {
      ...typed,
      value1: '',
      title: 'a'.repeat(10_000),
    });
    expect(long.status).toBe(422);
    const again = { ...typed, value1: '' };
    await post('/works/new?way=fingerprint', again);
    const twice = await post('/works/new?way=fingerprint', again);
    expect(twice.status).toBe(409);
    expect(await twice.text()).toContain(`/works/${(await newest()).id}`);
  });

  it('refuses 100 MB with the form, not with an empty page', async () => {
    const answer = await createApp(k).request('/works/new?way=file', {
      method: 'POST',
      headers: {
        Cookie: cookie,
        ...HTML,
        'Content-Type': 'multipart/form-data; boundary=x',
        'Content-Length': '104857600',
      },
      body: '--x--',
    });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain('body-too-large');
  });
});

describe('/works/:id', () => {
  it('lets the registrant correct, and a second tab finds out', async () => {
    const { work } = await register(k, ada);
    const tab = await (await get(`/works/${work.id}/edit`)).text();
    const version = hidden(tab, 'version');
    const facts = { title: 'One', type: 'song', version };
    expect((await post(`/works/${work.id}/edit`, facts)).status).toBe(303);
    const second = await post(`/works/${work.id}/edit`, { ...facts, title: 'Two' });
    const html = await second.text();
    expect(second.status).toBe(409);
    expect(html).toContain('value="Two"');
    expect(
      (await post(`/works/${work.id}/edit`, { ...facts, title: 'Two', version: hidden(html, 'version') }))
        .status,
    ).toBe(303);
    expect(await (await get(`/works/${work.id}`)).text()).toContain('<h1>Two</h1>');
  });

  it('changes shares, reminds, sets who may say yes, withdraws', async () => {
    const { work, claims } = await register(k, ada, { holders: shared('Nia') });
    const path = `/works/${work.id}`;
    const plan = { version: '1', [`claim-${claims[0]!.id}`]: '50', [`claim-${claims[1]!.id}`]: '50' };
    expect((await post(`${path}/shares`, { ...plan, [`claim-${claims[1]!.id}`]: '49' })).status).toBe(422);
    expect((await post(`${path}/shares`, plan)).status).toBe(303);
    expect((await post(`${path}/shares`, plan)).status).toBe(409);
    expect((await post(`${path}/invite/${claims[1]!.id}`, {})).status).toBe(303);
    expect(await tokensFor(k, 'nia@example.org')).toHaveLength(3);
    expect((await post(`${path}/authority`, { claim: claims[0]!.id, answer: 'theirs' })).status).toBe(303);
    expect((await licensability(k, work.id)).reasons.map(({ code }) => code)).toContain('authority-theirs');
    expect((await post(`${path}/withdraw`, { version: '1' })).status).toBe(409);
    const html = await (await get(path)).text();
    expect(asksFirst(html, `${path}/withdraw`)).toBe(true);
    expect(
      (await post(`${path}/withdraw`, { version: hidden(html, 'version'), reason: 'Sold' })).status,
    ).toBe(303);
    expect(await (await get(path)).text()).toContain('Sold');
    expect((await post(`${path}/invite/${claims[1]!.id}`, {})).status).toBe(409);
  });

  it('says that a share is contested, and lets only the one who did take it back', async () => {
    const { work, claims } = await register(k, ada);
    const eve = await signedIn(k, (await person(k, 'Eve')).user.id);
    expect((await get(`/works/${work.id}`, eve)).status).toBe(404);
    expect((await get(`/works/${work.id}/contest`, eve)).status).toBe(200);
    const contest = { claim: claims[0]!.id, reason: 'I wrote this in 2020.' };
    expect((await post(`/works/${work.id}/contest`, { ...contest, reason: '' }, eve)).status).toBe(422);
    expect((await post(`/works/${work.id}/contest`, contest, eve)).status).toBe(303);
    expect((await post(`/works/${work.id}/contest`, contest, eve)).status).toBe(409);
    const html = await (await get(`/works/${work.id}`)).text();
    expect(html).toContain('paused, ownership disputed');
    expect(html).toContain('I wrote this in 2020.');
    expect(html).not.toContain('/take-back');
  });

  it('marks the same file of somebody else without saying whose', async () => {
    const source = fresh();
    const zed = await person(k, 'Zed');
    await register(k, zed, { source });
    const { work } = await register(k, ada, { source });
    const html = await (await get(`/works/${work.id}`)).text();
    expect(html).toContain('exactly the same file');
    expect(html).not.toContain('Zed');
  });
});

describe('/invitations/:token', () => {
  async function invited(name: string) {
    const file = spooled(Buffer.from(name), 'text/plain');
    const { work } = await register(k, ada, { holders: shared(name), source: { kind: 'file', file } });
    const [token] = await tokensFor(k, `${name.toLowerCase()}@example.org`);
    return { work, path: `/invitations/${token}` };
  }

  it('shows work, share and inviter; accepting signs in and shows the work, but not the file', async () => {
    const { work, path } = await invited('Ida');
    const page = await get(path, '');
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin');
    const html = await page.text();
    for (const text of ['The Sea', '40 %', 'Ada', 'ida@example.org', 'Accept my share', 'Decline'])
      expect(html).toContain(text);
    const answer = await post(path, { decision: 'accept', name: 'Ida Meer', answer: 'mine' }, '');
    expect([answer.status, locationOf(answer)]).toEqual([303, `/works/${work.id}?done=accepted`]);
    const as = answer.headers
      .getSetCookie()
      .map((value) => value.split(';')[0])
      .join('; ');
    const seen = await (await get(locationOf(answer), as)).text();
    expect(seen).toContain('Everyone has accepted');
    expect(seen).not.toContain('/files/');
    expect(seen).not.toContain('Withdraw');
    const replay = await post(path, { decision: 'accept', name: 'Ida', answer: 'mine' }, '');
    expect([replay.status, (await replay.text()).includes('invitation-used')]).toEqual([409, true]);
    expect((await get(path, '')).status).toBe(409);
  });

  it('takes another wish and then a no; a wrong answer keeps the page', async () => {
    const { work, path } = await invited('Uma');
    const wrong = await post(path, { decision: 'other-share', wish: 'half' }, '');
    expect([wrong.status, (await wrong.text()).includes('share-invalid')]).toEqual([422, true]);
    expect(
      await (await post(path, { decision: 'other-share', wish: '50', note: 'Half' }, '')).text(),
    ).toContain('has been sent');
    expect(await (await get(`/works/${work.id}`)).text()).toContain('asks for 50 % instead');
    expect(await (await post(path, { decision: 'decline', note: 'No' }, '')).text()).toContain(
      'You declined',
    );
    expect((await get('/invitations/nonsense', '')).status).toBe(404);
  });
});

it('serves pages without anything inline', async () => {
  const { work } = await register(k, ada, { holders: shared('Kit') });
  for (const path of [
    '/rights',
    '/works',
    '/works/new?way=file',
    '/works/new?way=fingerprint',
    `/works/${work.id}`,
    `/works/${work.id}/edit`,
    `/works/${work.id}/shares`,
    `/works/${work.id}/contest`,
  ]) {
    const answer = await get(path);
    const html = await answer.text();
    expect([path, answer.status]).toEqual([path, 200]);
    expect(html).not.toMatch(/ style=| on\w+=|<script(?! type="module" src=)/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(
      ids.filter((id, i) => ids.indexOf(id) !== i),
      path,
    ).toEqual([]);
  }
});

describe('/works/many', () => {
  const many = (files: readonly File[], accept = HTML) => {
    k.clock.advance(1);
    const form = new FormData();
    form.append('type', 'text');
    for (const file of files) form.append('files', file);
    const headers = { Cookie: cookie, ...accept };
    return createApp(k).request('/works/many', { method: 'POST', headers, body: form });
  };
  const poem = (n: number) =>
    new File([`Poem number ${n}, whole and well.`], `Sea_song_${n}.txt`, { type: 'text/plain' });
  const empty = new File([], 'empty.txt', { type: 'text/plain' });
  const liar = new File(['%PDF-1.7 no picture'], 'liar.png', { type: 'image/png' });
  const twoThings = new File(['GIF89a and <script>alert(1)</script>'], 'two-things.gif', {
    type: 'image/gif',
  });

  it('registers each file for itself; the broken ones stop none of the others', async () => {
    const poems = Array.from({ length: 12 }, (_, i) => poem(i));
    const answer = await many([...poems.slice(0, 4), empty, liar, ...poems.slice(4), twoThings, poem(3)]);
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('12 registered, 1 were registered before, 3 not registered.');
    for (const name of ['empty.txt', 'liar.png', 'two-things.gif']) expect(page).toContain(name);
    const titles = (await listWorks(k, { partyId: ada.party.id })).map(({ work }) => work.title);
    expect(titles).toEqual(expect.arrayContaining(poems.map((_, i) => `Sea song ${i}`)));
    expect(readdirSync(spool)).toEqual([]);
  });

  it('says which bytes are there already, to their owner only', async () => {
    const sha256 = createHash('sha256').update('Poem number 3, whole and well.').digest('hex');
    const ask = async (as: string) => {
      const answer = await createApp(k).request('/works/many/known', {
        method: 'POST',
        headers: { Cookie: as, 'Content-Type': 'application/json' },
        body: JSON.stringify({ sha256s: [sha256] }),
      });
      return (await answer.json()).known;
    };
    expect(await ask(cookie)).toEqual({ [sha256]: expect.stringMatching(/^\/works\//) });
    expect(await ask(await signedIn(k, (await person(k, 'Eve')).user.id))).toEqual({});
  });

  it('answers a script with each file’s outcome, its reason and cure', async () => {
    const answer = await many([poem(99), liar], { Accept: 'application/json' });
    const { files } = await answer.json();
    expect(files).toMatchObject([
      { filename: 'Sea_song_99.txt', outcome: 'registered', url: expect.stringContaining('/works/') },
      { filename: 'liar.png', outcome: 'refused', code: 'file-type-mismatch' },
    ]);
    expect(files[1].cure).not.toBe('');
  });
});
