import { formatVerifierKey, type Statement, sealStatement, writeStatementFile } from '@clearway/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { documentsKey, type Router } from '../kernel/index.ts';
import { setUp } from '../testing/offer-terms.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';

const AT = '2026-11-22T12:00:00.000Z';
let k: TestKernel;
let app: Router;
beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
});
afterAll(() => k.close());

async function fileOf(change: Partial<Statement> = {}): Promise<Uint8Array> {
  const key = await documentsKey(k);
  const statement: Statement = {
    format: 'clearway-statement-1',
    issuer: k.site.baseUrl,
    number: 1,
    payee: { id: 'p-1', name: 'Mara Holt' },
    currency: 'EUR',
    period: { to: AT },
    opening: '0',
    lines: [],
    movements: [],
    closing: '0',
    inPayout: { opening: '0', closing: '0' },
    issuedAt: AT,
    objectionUntil: AT,
    ...change,
  };
  return writeStatementFile({
    format: 'clearway-statement-file-1',
    verifierKey: key.verifierKey,
    statement: await sealStatement(statement, key),
    usage: {},
  });
}

async function upload(
  file: Uint8Array,
  key?: string,
  lang = 'en',
): Promise<{ status: number; html: string }> {
  const form = new FormData();
  form.set('file', new File([file as Uint8Array<ArrayBuffer>], 'statement.json'));
  form.set('key', key ?? (await documentsKey(k)).verifierKey);
  const response = await app.request(`http://localhost:4000/verify?lang=${lang}`, {
    method: 'POST',
    body: form,
  });
  return { status: response.status, html: await response.text() };
}

it('shows each check of a statement without scripts, in both languages', async () => {
  const { html } = await upload(await fileOf());
  expect(html).toContain('Everything holds.');
  expect(html.match(/<li class="good"/g)).toHaveLength(9);
  expect((await upload(await fileOf(), undefined, 'de')).html).toContain('Alles stimmt.');
});

it('tells in German what came of each check, good or bad', async () => {
  const details = async (file: Uint8Array, key?: string) => {
    const { html } = await upload(file, key, 'de');
    return [...html.matchAll(/<small([^>]*)>([^<]*)/g)].map(([, marks, text]) => `${marks}${text}`);
  };
  const good = await details(await fileOf());
  expect(good).toHaveLength(9);
  expect(good.at(-1)).toBe('nichts doppelt, nichts aus anderer Zeit');
  expect(await details(await fileOf({ closing: '7' }))).toContain(
    'Stand vorher, Zeilen und Bewegungen ergeben 0, dort steht 7.',
  );
  const file = await fileOf();
  for (const bad of [file.subarray(0, 200), new Uint8Array(9)])
    for (const key of [undefined, '', 'nonsense'])
      for (const detail of await details(bad, key)) expect(detail).not.toContain('lang=');
});

it('says that sums are wrong although the signature is good', async () => {
  const { html } = await upload(await fileOf({ closing: '7' }));
  expect(html).toContain('This file does not hold.');
  expect(html.match(/<li class="bad"><strong>[^<]*/g)).toEqual([
    '<li class="bad"><strong>✗ Balance before, earnings, payouts, balance after',
  ]);
});

it('never takes a file at its own word, nor anything else for a file', async () => {
  const file = await fileOf();
  expect((await upload(file, '')).html).toContain('nobody said whose it is');
  const stranger = await formatVerifierKey('rights.example/documents', new Uint8Array(32).fill(1));
  expect((await upload(file, stranger)).html).toContain('This file does not hold.');
  for (const bad of [file.subarray(0, 200), new Uint8Array(), new Uint8Array(1000)]) {
    expect((await upload(bad)).html).toContain('This file does not hold.');
  }
  expect((await upload(new Uint8Array(8_000_001))).status).toBe(413);
});
