import { verifySignatureList } from '@clearway/protocol';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureOperator } from '../../identity/index.ts';
import { documentsKey, inTx, type Router } from '../../kernel/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import { signIn } from '../../testing/sign-in.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import {
  cleanUp,
  confirmSignature,
  eraseSignature,
  previewCleanUp,
  recordList,
  type SignInput,
  setGoal,
  signatureCount,
  undoCleanUp,
  watchGoals,
  withdrawSignature,
  writeCorrection,
} from '../index.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { drawCard } from './draw-card.ts';
import { fitText, widthOf } from './fit-text.ts';

let k: TestKernel;
let app: Router;
let by: string;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  by = (await inTx(k, (t) => ensureOperator(t, 'Operator', 'en'))).id;
});
afterAll(() => k.close());

let people = 0;
async function sign(name: string, hideName = false, about: Partial<SignInput> = {}): Promise<string> {
  people += 1;
  const token = await signed(k, { email: `spread${people}@example.org`, name, hideName, ...about });
  return (await confirmSignature(k, token)).signature.id;
}
const get = (path: string) => app.request(path, { headers: { Accept: 'text/html' } });
const text = async (path: string) => (await get(path)).text();

describe('the card', () => {
  const card = (name: string) =>
    drawCard({
      locale: 'de',
      signatory: { name, craft: 'Autor:in' },
      declaration: 'Erst fragen',
      instance: 'Gilde',
      host: 'gilde.example',
    });

  it('sets any name into the picture, as text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (name) => {
        const clean = name.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ');
        const { lines, size } = fitText(clean, { width: 1_008, height: 270, sizes: [104, 58, 30] });
        expect(lines.length * size * 1.16).toBeLessThanOrEqual(270);
        for (const line of lines) expect(widthOf(line) * size).toBeLessThan(1_008 + 2 * size);
      }),
      { numRuns: 100 },
    );
    const svg = card('</text><script>alert("1")</script> & Søn');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('KI-Lizenzen für Kreative');
    expect(svg).not.toMatch(/href|url\(|@import|style=/);
    // A second reader takes it for well-formed.
    await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ width: 1_200, height: 630 });
  });

  it('begins at the right where the name does', () => {
    expect(card('محمد الحداد')).toContain('x="1104" direction="rtl"');
    expect(card('山口 みどり')).not.toContain('rtl');
  });

  it('is there for those who show their names, and gone with the signature', async () => {
    const [shown, hidden] = [await sign('Card Person'), await sign('Hidden Person', true)];
    const response = await get(`/signed/${shown}/card.svg?in=de`);
    expect(response.headers.get('Content-Type')).toContain('image/svg+xml');
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(Number(/max-age=(\d+)/.exec(response.headers.get('Cache-Control')!)![1])).toBeLessThan(60);
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(await response.text()).toContain('Ich habe unterzeichnet');
    const page = await text(`/signed/${shown}/share?lang=en`);
    expect(page).toContain(`property="og:image" content="http://localhost:4000/signed/${shown}/card.svg`);
    expect(page).toContain('rel=&quot;me&quot;');
    expect(await text(`/signed/${shown}/badge.svg?theme=dark`)).toContain('#161714');
    await withdrawSignature(k, shown);
    for (const id of [shown, hidden, 'x', '00000000-0000-7000-8000-000000000000'])
      for (const file of ['card.svg', 'badge.svg', 'share'])
        expect((await get(`/signed/${id}/${file}`)).status).toBe(404);
  });
});

describe('the public list as files', () => {
  it('is verified by strangers, and holds neither hidden nor withdrawn names', async () => {
    const [gone, erased] = [await sign('=Leaving() Person'), await sign('Erased Person')];
    await sign('Staying "Quoted", Person');
    await sign('Only Counted', true);
    const first = await text('/press/signatures.csv');
    expect(first).toContain("'=Leaving() Person");
    expect(first).toContain('"Staying ""Quoted"", Person"');
    expect(first).not.toContain('Only Counted');
    await withdrawSignature(k, gone);
    await eraseSignature(k, erased);
    k.clock.advance(45_000);
    expect(await text('/press/signatures.csv')).not.toMatch(/Leaving|Erased/);
    const bytes = new Uint8Array(await (await get('/press/signatures.json')).arrayBuffer());
    const file = new TextDecoder().decode(bytes);
    expect(file).not.toMatch(/Leaving|Erased|Only Counted|example\.org/);
    const { verifierKey } = await documentsKey(k);
    const verdict = await verifySignatureList(bytes, { key: verifierKey });
    expect(verdict).toMatchObject({ ok: true, seal: { people: await signatureCount(k) } });
    expect((await text('/press/sha256.txt')).split('\n')[1]).toContain(verdict.seal!.csvSha256);
    const forged = new TextEncoder().encode(file.replace('Staying', 'Forging'));
    const { checks } = await verifySignatureList(forged, { key: verifierKey });
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['list']);
    expect((await verifySignatureList(bytes)).ok).toBe(false);
  });

  it('counts organisations beside people, shown and hidden, and the page for verifying agrees', async () => {
    const choir = { kind: 'organisation', craft: 'choir', members: 40, contact: 'Ina Weber' } as const;
    await sign('Choir of the Quay', false, choir);
    await sign('Union of the Unnamed', true, choir);
    k.clock.advance(45_000);
    const bytes = new Uint8Array(await (await get('/press/signatures.json')).arrayBuffer());
    const file = new TextDecoder().decode(bytes);
    expect(file).toContain('Choir of the Quay');
    expect(file).not.toContain('Union of the Unnamed');
    const { verifierKey: key } = await documentsKey(k);
    const { ok, checks, seal } = await verifySignatureList(bytes, { key });
    expect(checks.filter((check) => !check.ok)).toEqual([]);
    expect([ok, seal]).toMatchObject([
      true,
      { people: await signatureCount(k), organisations: 2, hiddenOrganisations: 1 },
    ]);
    const form = new FormData();
    form.set('file', new File([bytes], 'signatures.json', { type: 'application/json' }));
    form.set('key', key);
    const page = await app.request('/verify', { method: 'POST', body: form });
    expect(await page.text()).toContain('2 organisations counted, 1 of them hide their name');
  });

  it('is on record once a day', async () => {
    await recordList(k);
    await recordList(k);
    k.clock.advance(86_400_000);
    await recordList(k);
    const { days } = (await (await app.request('/api/press')).json()) as { days: { confirmed: number }[] };
    expect(days.map(({ confirmed }) => confirmed)).toEqual(Array(2).fill(await signatureCount(k)));
    expect(days[0]).toMatchObject({ organisations: 2, hiddenOrganisations: 1 });
  });
});

describe('the press page', () => {
  it('says what was corrected and why, from the records', async () => {
    for (let i = 0; i < 3; i++) await sign(`Robot Number${i}`);
    k.clock.advance(1_000);
    const { conditions, count } = await previewCleanUp(k, { name: 'robot*' });
    const { id } = await cleanUp(k, {
      conditions,
      expected: count,
      reason: 'A script signed.',
      operatorId: by,
    });
    await undoCleanUp(k, { id, reason: 'It was a choir.', operatorId: by });
    const entry = { happenedOn: '2026-11-01', en: '<b>Counted twice</b>', de: 'Doppelt', change: -2, by };
    await writeCorrection(k, entry);
    for (const wrong of [{ happenedOn: '1.1.26' }, { en: '' }, { change: 0.5 }])
      await expect(writeCorrection(k, { ...entry, ...wrong })).rejects.toThrow('invalid-input');
    const page = await text('/press?lang=en');
    for (const words of ['3 signatures taken out', 'A script signed.', '3 signatures put back', 'choir'])
      expect(page).toContain(words);
    expect(page).toContain('&lt;b&gt;Counted twice');
    const { corrections, methods } = (await (await app.request('/api/press')).json()) as {
      corrections: { kind: string; change: number }[];
      methods: { method: string; count: number }[];
    };
    expect(corrections.map(({ kind, change }) => [kind, change])).toEqual(
      expect.arrayContaining([
        ['clean-up', -3],
        ['undone', 3],
        ['operator', -2],
      ]),
    );
    // Of either kind.
    expect(methods[0]).toEqual({ method: 'email', count: (await signatureCount(k)) + 2 });
    await setGoal(k, { target: (await signatureCount(k)) + 1, by });
    await sign('One More');
    await watchGoals(k);
    const feed = await text('/feed.xml?in=de');
    expect(feed).toContain('<category term="milestone"/>');
    expect(feed).toContain('<title>Fassung 1 des Aufrufs ist öffentlich</title>');
    expect(feed).toContain('Berichtigung: 3 Unterschriften herausgenommen');
    expect(feed).toContain('>Doppelt<');
    await expect(sharp(Buffer.from(feed)).metadata()).rejects.toThrow();
  });

  it('gives out what its kit promises, and nothing else', async () => {
    const page = await text('/press?lang=en');
    const files = [...page.matchAll(/href="(\/press\/kit\/[^"]+)"/g)].map(([, href]) => href!);
    expect(files.length).toBeGreaterThan(8);
    for (const href of files) {
      const response = await get(href);
      expect([href, response.status]).toEqual([href, 200]);
      expect(response.headers.get('Content-Disposition')).toContain('attachment');
      if (href.endsWith('.svg')) await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    }
    expect((await get('/press/kit/..%2f..%2fetc%2fpasswd')).status).toBe(404);
    expect((await get('/press/kit/logo.png')).status).toBe(404);
  });

  it('lets operators correct on a page of their own', async () => {
    const operator = openBrowser(app);
    await signIn(k, operator, by);
    const path = '/operator/campaign/corrections';
    expect((await openBrowser(app).get(path)).status).not.toBe(200);
    const entry = { happenedOn: '2026-11-20', en: 'One more', de: 'Noch eins', change: '' };
    expect((await operator.post(path, { ...entry, happenedOn: 'soon' })).status).toBe(422);
    expect((await operator.post(path, entry)).status).toBe(303);
    expect(await (await operator.get(path)).text()).toMatch(/One more|Noch eins/);
  });

  it('gives the count of each day with its proof', async () => {
    const { counts } = (await (await app.request('/api/counts')).json()) as { counts: unknown[] };
    expect(Array.isArray(counts)).toBe(true);
    expect((await app.request('/api/counts?days=0')).status).toBe(422);
  });
});
