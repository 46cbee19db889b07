import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { saveInstance } from '../instance.ts';
import { inTx } from '../kernel.ts';
import { type Runner, startRunner } from '../runner.ts';
import { stopBatch } from './batches.ts';
import { fileTransport } from './file-transport.ts';
import { openMails } from './mail-body.ts';
import {
  eraseMails,
  eraseMailsAbout,
  listMails,
  mailJob,
  queueMail,
  recordBounce,
  stopMailsAbout,
} from './queue.ts';
import { renderMail } from './render.ts';
import { suppressMail, unsuppressMail } from './suppress.ts';
import type { MailTransport } from './transport.ts';
import { unsubscribe, unsubscribeUrl } from './unsubscribe.ts';

let k: TestKernel;
let directory: string;
let runner: Runner;
beforeAll(async () => {
  k = await createTestKernel();
  directory = mkdtempSync(join(tmpdir(), 'clearway-mail-'));
  runner = startRunner(k, { handlers: [mailJob(fileTransport(directory))], subscribers: [], pollMs: 60_000 });
});
afterAll(async () => {
  await runner.stop();
  await k.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  await sql`truncate kernel.mails, kernel.mail_suppressions, kernel.jobs`.execute(k.db);
});

const mail = {
  to: 'Ada@Example.org',
  category: 'notice' as const,
  locale: 'en' as const,
  subject: 'Grüße <b>',
  paragraphs: ['One & two'],
  action: { label: 'Open', url: 'http://localhost:4000/x?a=1&b=2' },
};

const HOUSE = {
  name: 'Guild of Makers',
  operator: {
    name: 'Guild',
    legalForm: 'association',
    role: 'agent' as const,
    imprint: 'Quay 1',
    privacyNotice: 'None.',
    complaintsContact: 'quay@example.org',
  },
  feePpm: 0,
  currency: 'EUR',
  zone: 'UTC',
};

it('is sent after the commit as one .eml file, once', async () => {
  await inTx(k, (t) => queueMail(t, mail));
  await runner.drain();
  await runner.drain();
  const files = readdirSync(directory);
  expect(files).toHaveLength(1);
  const eml = readFileSync(join(directory, files[0]!), 'utf8');
  expect(eml).toMatch(
    /^List-Unsubscribe: <http:\/\/localhost:4000\/unsubscribe\/[0-9a-f-]{36}\.[0-9a-f]{64}>/m,
  );
  expect((await listMails(k))[0]).toMatchObject({ state: 'sent', recipient: 'Ada@example.org' });
});

it('lies sealed while it waits, and is not kept when it has been sent, stopped or came back', async () => {
  const id = await queueMail(k, mail);
  const stored = async () => {
    const found = await sql<{
      all: string;
    }>`select m::text as all from kernel.mails m where id = ${id}`.execute(k.db);
    return found.rows[0]!.all;
  };
  expect(await stored()).not.toContain('localhost:4000/x');
  const [open] = await openMails(k);
  for (const form of [open!.text, open!.html.replaceAll('&amp;', '&')])
    expect(form).toContain(mail.action.url);
  await runner.drain();
  expect(await openMails(k)).toEqual([]);
  const batch = await queueMail(k, { ...mail, batch: 'b' });
  await stopBatch(k, 'b');
  await suppressMail(k, 'ada@example.org', 'notice', 'unsubscribed');
  await queueMail(k, mail);
  const left = await sql<{ id: string }>`select id from kernel.mails where body is not null`.execute(k.db);
  expect([left.rows, batch.length]).toEqual([[], 36]);
});

it('that waited when bodies were not sealed yet is sent all the same', async () => {
  const id = await queueMail(k, mail);
  await sql`update kernel.mails set body = ${JSON.stringify({ text: 'From before.', html: '<p>From before.</p>' })}
    where id = ${id}`.execute(k.db);
  const before = readdirSync(directory);
  await runner.drain();
  const [file] = readdirSync(directory).filter((name) => !before.includes(name));
  expect(readFileSync(join(directory, file!), 'utf8')).toContain('From before.');
});

it('has the same content as text and as HTML, escaped', () => {
  const { text, html } = renderMail(
    { name: 'Guild & <i>Sons</i>', tagline: 'Since & ever' },
    { ...mail, footer: ['small print', 'and more'] },
  );
  const shown = html
    .replace(/<head>.*<\/head>/, '')
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const lines = (of: string) => of.split('\n').filter((line) => line !== '' && line !== '-- ');
  expect(lines(shown)).toEqual(lines(text.replace('Open:', 'Open')));
  expect(lines(text)).toEqual([
    'Guild & <i>Sons</i>',
    'Since & ever',
    'One & two',
    'Open:',
    mail.action.url,
    'small print',
    'and more',
  ]);
  expect(html).not.toContain('<b>');
});

it('begins with the name of the house and what stands under it, in the reader’s language', async () => {
  const openings = async () => {
    const [open] = await openMails(k);
    return open!.text.split('\n').slice(0, 3);
  };
  await queueMail(k, mail);
  expect(await openings()).toEqual(['Clearway', 'AI licences for creators', '']);
  await saveInstance(k, HOUSE, 0);
  await queueMail(k, { ...mail, locale: 'de' });
  expect(await openings()).toEqual(['Guild of Makers', 'KI-Lizenzen für Kreative', '']);
  await queueMail(k, { ...mail, house: 'A better way' });
  expect(await openings()).toEqual(['A better way', 'AI licences for creators', '']);
});

it('asks no other server for anything, and leaves the colours to the device', () => {
  const { html } = renderMail({ name: 'Clearway', tagline: 'Under it' }, mail);
  expect(html).toContain('<meta name="color-scheme" content="light dark">');
  expect(html).not.toMatch(/<(?:img|link|script|style|iframe)|\s(?:src|background|bgcolor|color)=|url\(/i);
  expect([...html.matchAll(/style="([^"]*)"/g)].map(([, style]) => style)).toEqual([
    'overflow-wrap:anywhere',
  ]);
});

it('is not sent to an address that asked not to get this kind, but is for other kinds', async () => {
  await suppressMail(k, 'ada@example.org', 'notice', 'unsubscribed');
  await queueMail(k, mail);
  await queueMail(k, { ...mail, category: 'transactional' });
  await runner.drain();
  expect((await listMails(k)).map((m) => m.state).sort()).toEqual(['sent', 'suppressed']);
  await unsuppressMail(k, 'ADA@example.org', 'notice');
  await queueMail(k, mail);
  await runner.drain();
  expect((await listMails(k)).filter((m) => m.state === 'sent')).toHaveLength(2);
});

it('is stopped by its own link, for its category and recipient only, however often', async () => {
  const id = await queueMail(k, mail);
  const token = (await unsubscribeUrl(k, id)).split('/').pop()!;
  expect(
    await unsubscribe(
      k,
      token.replace(/.$/, (c) => (c === '0' ? '1' : '0')),
    ),
  ).toBe(false);
  expect([await unsubscribe(k, token), await unsubscribe(k, token)]).toEqual([true, true]);
  await queueMail(k, mail);
  await queueMail(k, { ...mail, to: 'other@example.org' });
  await queueMail(k, { ...mail, category: 'transactional' });
  expect((await listMails(k)).map((m) => m.state)).toEqual(['queued', 'queued', 'suppressed', 'suppressed']);
});

it('that a server refuses for good is a bounce, and the address gets nothing any more', async () => {
  const refusing: MailTransport = {
    name: 'refusing',
    send: () =>
      Promise.reject(
        Object.assign(new Error('no such user'), {
          responseCode: 550,
          command: 'RCPT TO',
          response: '550 5.1.1 no such user',
        }),
      ),
  };
  const other = startRunner(k, { handlers: [mailJob(refusing)], subscribers: [], pollMs: 60_000 });
  await queueMail(k, mail);
  await other.drain();
  await other.stop();
  await queueMail(k, { ...mail, category: 'transactional' });
  expect((await listMails(k)).map((m) => m.state).sort()).toEqual(['bounced', 'suppressed']);
});

it('knows a bounce that arrives later by its message id only', async () => {
  await queueMail(k, mail);
  const row = await sql<{ message_id: string }>`select message_id from kernel.mails`.execute(k.db);
  expect(await recordBounce(k, { messageId: '<other@localhost>', reason: 'x', status: '5.1.1' })).toBe(false);
  expect(
    await recordBounce(k, { messageId: row.rows[0]!.message_id, reason: 'no such mailbox', status: '5.1.1' }),
  ).toBe(true);
});

it('is erased or stopped by what it is about, and no other one to the same address', async () => {
  await queueMail(k, { ...mail, about: 'signatory:1' });
  await queueMail(k, { ...mail, about: 'signatory:2' });
  await queueMail(k, mail);
  await stopMailsAbout(k, ['signatory:2']);
  await eraseMailsAbout(k, ['signatory:1', 'signatory:3']);
  const left = (await listMails(k)).map(({ recipient, state }) => `${recipient} ${state}`);
  expect(left.sort()).toEqual([
    '(erased) suppressed',
    'Ada@example.org queued',
    'Ada@example.org suppressed',
  ]);
});

it('keeps no address in clear for suppression, and erases on request', async () => {
  await queueMail(k, mail);
  await suppressMail(k, 'ada@example.org', 'all', 'complaint');
  await eraseMails(k, 'ada@example.org');
  const dump = await sql<{ all: string }>`select (select string_agg(m::text, '') from kernel.mails m)
    || (select string_agg(s::text, '') from kernel.mail_suppressions s) as all`.execute(k.db);
  expect(dump.rows[0]!.all.toLowerCase()).not.toContain('ada@');
});
