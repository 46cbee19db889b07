import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { Problem } from './problem.ts';
import { readUpload } from './read-upload.ts';
import { createRouter } from './router.ts';

let k: TestKernel;
let spool: string;
beforeAll(async () => {
  k = await createTestKernel();
  spool = mkdtempSync(join(tmpdir(), 'clearway-spool-'));
});
afterAll(async () => {
  await k.close();
  rmSync(spool, { recursive: true });
});

function post(body: BodyInit, headers: Record<string, string> = {}) {
  const router = createRouter();
  router.use(async (c, next) => {
    c.set('k', { ...k, site: { ...k.site, spoolDirectory: spool } });
    await next();
  });
  router.onError((error, c) => c.json({ code: error instanceof Problem ? error.code : String(error) }, 400));
  router.post('/', async (c) => {
    const upload = await readUpload(c, { maxBytes: 1_000_000 });
    const { fields, file } = upload;
    await upload.discard();
    return c.json({ fields, file: file && { name: file.filename, bytes: file.bytes, sha256: file.sha256 } });
  });
  return router.request('/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit);
}

it('hands over fields and the file with its hash', async () => {
  const form = new FormData();
  const content = randomBytes(300_000);
  form.append('title', 'Grüße');
  form.append('tag', 'a');
  form.append('tag', 'b');
  form.append('file', new File([content], 'poem.txt', { type: 'text/plain' }));
  const answer = await (await post(form)).json();
  expect(answer).toEqual({
    fields: { title: 'Grüße', tag: ['a', 'b'] },
    file: { name: 'poem.txt', bytes: 300_000, sha256: createHash('sha256').update(content).digest('hex') },
  });
});

it('knows that no file was chosen', async () => {
  const form = new FormData();
  form.append('file', new File([], ''));
  expect(await (await post(form)).json()).toEqual({ fields: {} });
});

it('stops at the limit, whatever the sender declares, and keeps nothing', async () => {
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
  const answer = await post(stream, { 'Content-Type': 'multipart/form-data; boundary=x' });
  expect(await answer.json()).toEqual({ code: 'body-too-large' });
  expect(sent).toBeLessThan(10_000_000);
  const declared = await post('--x--', {
    'Content-Type': 'multipart/form-data; boundary=x',
    'Content-Length': '104857600',
  });
  expect(await declared.json()).toEqual({ code: 'body-too-large' });
});

it.each([
  ['no multipart', 'a=b', 'text/plain'],
  ['no boundary', 'a=b', 'multipart/form-data'],
  [
    'a form that ends too early',
    '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb',
    'multipart/form-data; boundary=x',
  ],
])('refuses %s', async (_what, body, type) => {
  expect(await (await post(body, { 'Content-Type': type })).json()).toEqual({ code: 'malformed-body' });
});

it('leaves the spool empty', () => {
  expect(readdirSync(spool)).toEqual([]);
});
