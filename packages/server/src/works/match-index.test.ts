import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exactKeys, exactMatches, matchText, readIndex } from '@clearway/match';
import { openMatchIndex, parseVerifierKey } from '@clearway/protocol';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { SIGNING_PURPOSE } from '../licensing/index.ts';
import { drain } from '../testing/drain.ts';
import { facts, fresh, type Person, person, register, spooled } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { decodeImage } from './decode-image.ts';
import { withdrawWork } from './withdraw-work.ts';

const NOVEL = Array.from({ length: 400 }, (_, i) => `word${(i * 7919) % 1009}`).join(' ');
const shared = resolve(process.env.CLEARWAY_WORKS ?? '../shared/works');

let k: TestKernel;
let ada: Person;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  k = await createTestKernel();
  ada = await person(k, 'Ada');
  app = createApp(k);
});
afterAll(() => k.close());

const file = (content: Uint8Array | string, mediaType: string) =>
  ({ kind: 'file', file: spooled(Buffer.from(content as Uint8Array), mediaType) }) as const;
const add = async (source: ReturnType<typeof file> | ReturnType<typeof fresh>, title = 'The Sea') => {
  const { work } = await register(k, ada, { source, facts: { ...facts, title, identifiers: [] } });
  await drain(k);
  k.clock.advance(10_000);
  return work.id;
};
const index = async () =>
  readIndex(new Uint8Array(await (await app.request('/api/match-index')).arrayBuffer()));

describe('the match index', () => {
  it('is there before there are works', async () => {
    expect((await index()).works).toBe(0);
  });

  it('recognises texts by excerpts, a page by its words, and holds no text', async () => {
    const novel = await add(file(NOVEL, 'text/plain'));
    const haiku = await add(file('<p>An old silent pond.</p><p>Splash!</p>', 'text/html'));
    const answer = await app.request('/api/match-index');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect(Buffer.from(bytes).includes('word')).toBe(false);
    const now = readIndex(bytes);
    const excerpt = NOVEL.split(' ').slice(100, 140).join(', ').toUpperCase();
    expect(matchText(now, `Somebody said: ${excerpt} and went`)).toMatchObject([
      { workId: novel, withdrawn: false },
    ]);
    expect(matchText(now, 'An old silent pond -- splash')).toMatchObject([{ workId: haiku, kind: 'whole' }]);
  });

  it('recognises an image after lossless re-encoding', async () => {
    const raw = { width: 7, height: 5, channels: 4 } as const;
    const pixels = Buffer.from(
      Array.from({ length: 7 * 5 * 4 }, (_, i) => (i % 4 === 3 ? (i % 3) * 100 : (i * 31) & 255)),
    );
    const png = await sharp(pixels, { raw }).png().toBuffer();
    const webp = await sharp(png).webp({ lossless: true }).toBuffer();
    const id = await add(file(png, 'image/png'));
    const keys = exactKeys(webp, { mediaType: 'image/webp', pixels: (await decodeImage(webp))! });
    expect(exactMatches(await index(), keys)).toEqual([{ workId: id, withdrawn: false, kind: 'pixels' }]);
    const other = await sharp(png).negate().png().toBuffer();
    const otherKeys = exactKeys(other, { mediaType: 'image/png', pixels: (await decodeImage(other))! });
    expect(exactMatches(await index(), otherKeys)).toEqual([]);
  });

  it('decodes grey, sixteen bits and palettes alike, and refuses what is broken or too large', async () => {
    const grey = await sharp({ create: { width: 3, height: 2, channels: 3, background: '#777' } })
      .png()
      .toBuffer();
    const variants = await Promise.all([
      sharp(grey).grayscale().png().toBuffer(),
      sharp(grey).png({ palette: true }).toBuffer(),
      sharp(grey).toColourspace('rgb16').png().toBuffer(),
      sharp(grey).tiff({ compression: 'lzw' }).toBuffer(),
    ]);
    const expected = await decodeImage(grey);
    expect(expected?.data.length).toBe(24);
    for (const variant of variants) expect(await decodeImage(variant)).toEqual(expected);
    expect(await decodeImage(grey.subarray(0, 40))).toBeUndefined();
    expect(await decodeImage(Buffer.from('no image'))).toBeUndefined();
    const id = await add(file(grey.subarray(0, 45), 'image/png'));
    const kept = await sql<{
      problem: string;
    }>`select problem from works.fingerprints where work_id = ${id}`.execute(k.db);
    expect(kept.rows).toEqual([{ problem: 'image-unreadable' }]);
    const wall = Buffer.from(grey);
    wall.writeUInt32BE(200_000, 16);
    wall.writeUInt32BE(200_000, 20);
    expect(await decodeImage(wall)).toBeUndefined();
  });

  it('knows works registered by fingerprint, and marks withdrawn ones', async () => {
    const source = fresh();
    const id = await add(source);
    const key = [{ kind: 'bytes' as const, sha256: source.kind === 'fingerprint' ? source.sha256 : '' }];
    expect(exactMatches(await index(), key)).toEqual([{ workId: id, withdrawn: false, kind: 'bytes' }]);
    await withdrawWork(k, { workId: id, party: ada.party, actor: ada.user.id, reason: '' });
    k.clock.advance(10_000);
    expect(exactMatches(await index(), key)).toEqual([{ workId: id, withdrawn: true, kind: 'bytes' }]);
  });

  it('is the same bytes until something changes, and is not sent twice', async () => {
    const first = await app.request('/api/match-index');
    const tag = first.headers.get('ETag')!;
    const sha256 = createHash('sha256')
      .update(Buffer.from(await first.arrayBuffer()))
      .digest('hex');
    expect(tag).toBe(`"${sha256}"`);
    k.clock.advance(3_600_000);
    const again = await app.request('/api/match-index', { headers: { 'If-None-Match': `"x", W/${tag}` } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    await add(file('Something else altogether', 'text/plain'));
    const after = await app.request('/api/match-index', { headers: { 'If-None-Match': tag } });
    expect(after.status).toBe(200);
    await after.arrayBuffer();
    const blobs = await sql<{ n: number }>`select count(*)::int as n from works.match_indexes i
      join kernel.blobs b using (sha256)`.execute(k.db);
    expect(blobs.rows).toEqual([{ n: 2 }]);
  });

  it('is described by a document that the instance signed', async () => {
    const described = (await (await app.request('/api/match-index.json')).json()) as { sealed: string };
    const { kid, publicKey } = await k.keys.signing(SIGNING_PURPOSE);
    const about = await openMatchIndex(described.sealed, (id) => (id === kid ? publicKey : undefined));
    expect(described).toEqual({ ...about, sealed: described.sealed });
    const published = (await (await app.request('/api/keys')).text()).trim().split('\n');
    expect(published).toHaveLength(3);
    const keys = await Promise.all(published.map((line) => parseVerifierKey(line)));
    expect(keys.find(({ name }) => name.endsWith('/licensing'))?.publicKey).toEqual(publicKey);
    const bytes = Buffer.from(await (await app.request('/api/match-index')).arrayBuffer());
    expect(about).toMatchObject({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
      works: readIndex(bytes).works,
    });
  });

  it('comes to know works that were registered before there was one', async () => {
    const text = NOVEL.split(' ').reverse().join(' ');
    const { work } = await register(k, ada, {
      source: file(text, 'text/plain'),
      facts: { ...facts, identifiers: [] },
    });
    await sql`delete from kernel.jobs where kind = 'works.fingerprint'`.execute(k.db);
    await drain(k);
    k.clock.advance(3_700_000);
    expect(matchText(await index(), text)).toEqual([]);
    const { jobHandlers } = await import('../app.ts');
    const job = jobHandlers.find(({ kind }) => kind === 'works.fingerprint-missing')!;
    await job.handle(k, { finish: (effects: (t: TestKernel) => Promise<void>) => effects(k) } as never);
    await drain(k);
    k.clock.advance(10_000);
    expect(matchText(await index(), text)).toMatchObject([{ workId: work.id, coverage: 1 }]);
  });

  it.skipIf(!existsSync(shared))('knows real works', async () => {
    const mp3 = readFileSync(resolve(shared, 'audio/viper.mp3'));
    const alice = readFileSync(resolve(shared, 'text/alice-chapter-1.txt'), 'utf8');
    const song = await add(file(mp3, 'audio/mpeg'), 'Viper');
    const chapter = await add(file(alice, 'text/plain'), 'Alice');
    const photo = await add(file(readFileSync(resolve(shared, 'image/coffee.png')), 'image/png'), 'Coffee');
    const now = await index();
    const tagged = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x0a', 'latin1'), Buffer.alloc(10), mp3]);
    expect(exactMatches(now, exactKeys(tagged, { mediaType: 'audio/mpeg' }))).toMatchObject([
      { workId: song, kind: 'audio' },
    ]);
    const [hit] = matchText(now, `<<${alice.split(/\s+/).slice(300, 340).join(' ')}>>`);
    expect(hit).toMatchObject({ workId: chapter });
    const webp = await sharp(readFileSync(resolve(shared, 'image/coffee.png')))
      .webp({ lossless: true })
      .toBuffer();
    const keys = exactKeys(webp, { mediaType: 'image/webp', pixels: (await decodeImage(webp))! });
    expect(exactMatches(now, keys)).toMatchObject([{ workId: photo, kind: 'pixels' }]);
  });
});
