import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTransport } from './file-transport.ts';
import { decodeBody, readContentType, readPart, splitMultipart } from './mime.ts';
import type { OutgoingMail } from './transport.ts';

const MAIL: OutgoingMail = {
  from: { name: 'Häuser & "Co", Ltd', address: 'house@example.org' },
  to: { name: 'Anna', address: 'anna@example.net' },
  subject: 'Grüße – please confirm',
  text: 'Dear Anna,\n\nhttps://example.org/confirm?token=abc=def',
  html: '<p>Dear Anna</p>',
  headers: { 'Auto-Submitted': 'auto-generated' },
  listUnsubscribe: { url: `https://example.org/unsubscribe/${'x'.repeat(120)}?a=b` },
  messageId: '<0f1e@example.org>',
  date: new Date('2026-01-02T03:04:05Z'),
};
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mail-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('fileTransport', () => {
  it('writes one complete mail a file', async () => {
    const folder = join(dir, 'new', 'outbox');
    expect(await fileTransport(folder).send(MAIL)).toEqual({ messageId: MAIL.messageId });
    const [name, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^20260102T030405000Z-[0-9a-f]{16}\.eml$/);
    expect((await stat(join(folder, name!))).mode & 0o777).toBe(0o600);

    const { headers, body } = readPart(await readFile(join(folder, name!), 'utf8'));
    expect(headers.get('message-id')).toBe('<0f1e@example.org>');
    expect(headers.get('date')).toBe('Fri, 02 Jan 2026 03:04:05 +0000');
    expect(headers.get('to')).toBe('Anna <anna@example.net>');
    expect(headers.get('from')).toMatch(/<house@example\.org>$/);
    expect(headers.get('subject')).toMatch(/^=\?UTF-8\?/);
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('list-unsubscribe')).toBe(`<${MAIL.listUnsubscribe!.url}>`);
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.has('x-mailer')).toBe(false);
    const type = readContentType(headers.get('content-type'));
    expect(type.type).toBe('multipart/alternative');
    const parts = splitMultipart(body, type.parameter('boundary')!).map(readPart);
    expect(decodeBody(parts[0]!).trim()).toBe(MAIL.text);
    expect(decodeBody(parts[1]!).trim()).toBe(MAIL.html);
  });

  it('gives the same bytes for the same mail, and keeps one file', async () => {
    const transport = fileTransport(dir);
    await transport.send(MAIL);
    const [name] = await readdir(dir);
    const first = await readFile(join(dir, name!));
    await transport.send(MAIL);
    expect(await readdir(dir)).toEqual([name]);
    expect(await readFile(join(dir, name!))).toEqual(first);
    await transport.send({ ...MAIL, messageId: '<other@example.org>' });
    expect(await readdir(dir)).toHaveLength(2);
  });

  it('offers one-click only over https', async () => {
    await fileTransport(dir).send({
      ...MAIL,
      listUnsubscribe: { url: 'http://localhost:4000/unsubscribe/x' },
    });
    const [name] = await readdir(dir);
    const { headers } = readPart(await readFile(join(dir, name!), 'utf8'));
    expect(headers.get('list-unsubscribe')).toBe('<http://localhost:4000/unsubscribe/x>');
    expect(headers.has('list-unsubscribe-post')).toBe(false);
  });

  it('refuses what would break or forge headers, and writes nothing', async () => {
    const broken: Partial<OutgoingMail>[] = [
      { subject: 'a\r\nBcc: eve@example.org' },
      { to: { name: 'a\nb', address: 'anna@example.net' } },
      { to: { address: 'anna@example.net\r\n' } },
      { headers: { 'X-A': 'a\r\nb: c' } },
      { headers: { 'X-A\r\nb': 'c' } },
      { headers: { BCC: 'eve@example.org' } },
      { headers: { 'List-Unsubscribe': 'x' } },
      { headers: { 'content-type': 'text/html' } },
      { messageId: 'no-brackets@example.org' },
      { messageId: '<a b@example.org>' },
      { date: new Date('never') },
      { listUnsubscribe: { url: 'javascript:alert(1)' } },
      { listUnsubscribe: { url: '/relative' } },
    ];
    for (const change of broken) {
      await expect(
        fileTransport(dir).send({ ...MAIL, ...change }),
        JSON.stringify(change),
      ).rejects.toMatchObject({
        code: 'mail-message-invalid',
      });
    }
    expect(await readdir(dir)).toEqual([]);
  });

  it('does not read files or addresses that a text seems to name', async () => {
    await fileTransport(dir).send({
      ...MAIL,
      text: 'file:///etc/hostname',
      html: '<img src="file:///etc/hostname">',
    });
    const [name] = await readdir(dir);
    expect(await readFile(join(dir, name!), 'utf8')).toContain('file:///etc/hostname');
  });
});
