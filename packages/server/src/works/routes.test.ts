import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { type Person, person, signedIn, tokensFor } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';

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
});
afterAll(async () => {
  await k.close();
  rmSync(spool, { recursive: true });
});

type Headers = Record<string, string>;
const send = (method: string, path: string, body?: unknown, headers: Headers = {}) =>
  createApp(k).request(path, {
    method,
    headers: {
      Cookie: cookie,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const upload = (content: Uint8Array<ArrayBuffer>, type: string, work: object, headers: Headers = {}) => {
  const form = new FormData();
  form.append('work', JSON.stringify(work));
  form.append('file', new File([content], 'sea.txt', { type }));
  return createApp(k).request('/api/works', {
    method: 'POST',
    headers: { Cookie: cookie, ...headers },
    body: form,
  });
};
let hashes = 0;
const sha256 = () => createHash('sha256').update(`route ${hashes++}`).digest('hex');
const poem = (more: object = {}) => ({
  title: 'The Sea',
  type: 'poem',
  source: { kind: 'fingerprint', sha256: sha256(), bytes: 12 },
  ...more,
});
const count = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from works.works`.execute(k.db)).rows[0]!.n;

describe('POST /api/works', () => {
  it('registers by fingerprint, by address and by file', async () => {
    const first = await send('POST', '/api/works', poem());
    expect(first.status).toBe(201);
    const made = await first.json();
    expect(made).toMatchObject({ title: 'The Sea', state: 'registered', version: 1 });
    expect(first.headers.get('Location')).toBe(`http://localhost:4000/api/works/${made.id}`);
    expect(await (await send('GET', `/api/works/${made.id}`)).json()).toEqual(made);
    const second = await send(
      'POST',
      '/api/works',
      poem({ source: { kind: 'url', url: 'https://a.example/p#x' } }),
    );
    expect((await second.json()).manifestations).toMatchObject([{ kind: 'url', url: 'https://a.example/p' }]);
    const third = await upload(Buffer.from('The sea'), 'text/plain', { title: 'Sea', type: 'poem' });
    expect((await third.json()).manifestations).toMatchObject([
      { kind: 'file', filename: 'sea.txt', bytes: '7' },
    ]);
    const list = await (await send('GET', '/api/works?limit=2')).json();
    expect(list.works).toHaveLength(2);
  });

  it('does it once for one Idempotency-Key, also with a file', async () => {
    const before = await count();
    const work = poem();
    const headers = { 'Idempotency-Key': 'once' };
    const both = [
      await send('POST', '/api/works', work, headers),
      await send('POST', '/api/works', work, headers),
    ];
    expect(both.map(({ status }) => status)).toEqual([201, 201]);
    expect(await both[0]!.json()).toEqual(await both[1]!.json());
    const other = await send('POST', '/api/works', poem(), headers);
    expect([other.status, (await other.json()).code]).toEqual([422, 'idempotency-key-reused']);
    const file = await upload(
      Buffer.from('Once'),
      'text/plain',
      { title: 'Once', type: 'poem' },
      {
        'Idempotency-Key': 'file',
      },
    );
    expect(file.status).toBe(201);
    expect(await count()).toBe(before + 2);
  });

  it.each([
    ['invalid-input', 422, poem({ title: 'a'.repeat(10_000) })],
    ['invalid-input', 422, poem({ title: 'sea\u202egnp' })],
    ['invalid-input', 422, poem({ source: { kind: 'fingerprint', sha256: 'abc' } })],
    ['invalid-input', 422, poem({ source: { kind: 'url', url: 'file:///etc/passwd' } })],
    ['invalid-input', 422, {}],
    ['invalid-input', 422, [1, 2]],
    ['identifier-check-digit', 422, poem({ identifiers: [{ scheme: 'issn', value: '0317-8472' }] })],
    ['shares-not-whole', 422, poem({ holders: [{ me: true, sharePpm: 999_999 }] })],
    ['share-invalid', 422, poem({ holders: [{ me: true, sharePpm: -5 }] })],
  ])('refuses with %s', async (code, status, body) => {
    const before = await count();
    const answer = await send('POST', '/api/works', body);
    expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
    expect(await count()).toBe(before);
  });

  it('refuses what is not JSON, and strangers', async () => {
    const text = await createApp(k).request('/api/works', {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'application/json' },
      body: '{"title":',
    });
    expect((await text.json()).code).toBe('malformed-body');
    const plain = await createApp(k).request('/api/works', {
      method: 'POST',
      headers: { Cookie: cookie },
      body: 'x',
    });
    expect((await plain.json()).code).toBe('malformed-body');
    const stranger = await send('POST', '/api/works', poem(), { Cookie: '' });
    expect([stranger.status, (await stranger.json()).code]).toEqual([401, 'sign-in-required']);
    expect((await send('GET', '/api/works', undefined, { Cookie: '' })).status).toBe(401);
  });

  it('refuses 100 MB early, in disk and memory, and keeps nothing', async () => {
    let sent = 0;
    const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="big"\r\n\r\n';
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(head)),
      pull(controller) {
        sent += 65_536;
        if (sent > 100_000_000) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    const before = await count();
    const answer = await createApp(k).request('/api/works', {
      method: 'POST',
      headers: { Cookie: cookie, 'Content-Type': 'multipart/form-data; boundary=x' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect([answer.status, (await answer.json()).code]).toEqual([413, 'body-too-large']);
    expect(sent).toBeLessThan(10_000_000);
    const declared = await createApp(k).request('/api/works', {
      method: 'POST',
      headers: {
        Cookie: cookie,
        'Content-Type': 'multipart/form-data; boundary=x',
        'Content-Length': '104857600',
      },
      body: '--x--',
    });
    expect(declared.status).toBe(413);
    expect(await count()).toBe(before);
  });

  it('leaves no file behind in the spool, whatever happened to it', async () => {
    const bad = await upload(Buffer.from('GIF89a<script>'), 'image/gif', { title: 'x', type: 'image' });
    expect((await bad.json()).code).toBe('file-polyglot');
    const wrong = await upload(Buffer.from('no'), 'text/plain', { type: 'image' });
    expect((await wrong.json()).code).toBe('invalid-input');
    expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
  });
});

describe('other people', () => {
  it('see nothing of a work, however they ask', async () => {
    const { id } = await (await send('POST', '/api/works', poem())).json();
    const eve = await signedIn(k, (await person(k, 'Eve')).user.id);
    for (const path of [`/api/works/${id}`, '/api/works/nonsense', `/api/works/${ada.party.id}`]) {
      const answer = await send('GET', path, undefined, { Cookie: eve });
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'work-unknown']);
    }
    const withdrawal = await send('POST', `/api/works/${id}/withdrawal`, { reason: '' }, { Cookie: eve });
    expect(withdrawal.status).toBe(403);
    const own = await send('POST', `/api/works/${id}/withdrawal`, { reason: 'Sold', version: 1 });
    expect((await own.json()).state).toBe('withdrawn');
  });
});

describe('invitations', () => {
  it('are read without consequence, answered once, and show in the work', async () => {
    const holders = [
      { me: true, role: 'composer', sharePpm: 600_000 },
      { name: 'Mia', email: 'mia@example.org', role: 'lyricist', sharePpm: 400_000 },
    ];
    const made = await (await send('POST', '/api/works', poem({ holders }))).json();
    expect(made.licensability).toMatchObject({
      whole: false,
      reasons: [{ code: 'claim-pending', names: ['Mia'] }, {}],
    });
    const [token] = await tokensFor(k, 'mia@example.org');
    const path = `/api/invitations/${token}`;
    expect(await (await send('GET', path)).json()).toMatchObject({ inviter: 'Ada', sharePpm: 400_000 });
    const answer = () =>
      send('POST', `${path}/acceptance`, { answer: 'accept', authority: { answer: 'mine' } }, { Cookie: '' });
    const first = await answer();
    expect((await first.json()).licensability).toMatchObject({ whole: true, acceptedPpm: 1_000_000 });
    const mia = await signedIn(k, (await person(k, 'Mia')).user.id);
    const seen = await (await send('GET', `/api/works/${made.id}`, undefined, { Cookie: mia })).json();
    expect(seen.claims).toMatchObject([
      { name: 'Ada', email: null },
      { name: 'Mia', email: null, authority: 'mine' },
    ]);
    const replay = await answer();
    expect([replay.status, (await replay.json()).code]).toEqual([409, 'invitation-used']);
    const again = await send('POST', `/api/works/${made.id}/invitations`, { claimId: made.claims[1].id });
    expect((await again.json()).code).toBe('claim-not-pending');
    expect((await send('GET', '/api/invitations/nonsense')).status).toBe(404);
  });

  it('can be declined or answered with another share', async () => {
    const holders = [{ name: 'Jo', email: 'jo@example.org', sharePpm: 1_000_000 }];
    await send('POST', '/api/works', poem({ holders }));
    const [token] = await tokensFor(k, 'jo@example.org');
    const path = `/api/invitations/${token}/acceptance`;
    const wish = await send('POST', path, { answer: 'other-share', sharePpm: 500_000, note: 'Half' });
    expect(wish.status).toBe(200);
    const declined = await send('POST', path, { answer: 'decline', reason: 'No' });
    expect((await declined.json()).licensability.reasons[0].code).toBe('claim-declined');
  });
});

it('stores who may say yes, with the version of the question', async () => {
  expect((await send('POST', '/api/rights', { answer: 'perhaps' })).status).toBe(422);
  const stored = await send('POST', '/api/rights', {
    answer: 'theirs',
    holderKind: 'society',
    holderName: 'GEMA',
  });
  expect(await stored.json()).toMatchObject({ answer: 'theirs', questionVersion: '2026-11-1' });
  expect(await (await send('GET', '/api/rights')).json()).toMatchObject({ holderName: 'GEMA' });
});

it('is described in OpenAPI', async () => {
  const { paths } = await (await createApp(k).request('/api/openapi.json')).json();
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      '/api/works',
      '/api/works/{id}',
      '/api/invitations/{token}/acceptance',
      '/api/rights',
    ]),
  );
});
