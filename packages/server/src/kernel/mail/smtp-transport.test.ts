import { type AddressInfo, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { createTestCertificate } from '@clearway/net/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { bounceStatus, classifyBounce, isAddressFailure } from './classify-bounce.ts';
import { smtpTransport } from './smtp-transport.ts';
import type { OutgoingMail } from './transport.ts';

const MAIL: OutgoingMail = {
  from: { name: 'Clearing house', address: 'house@example.org' },
  to: { address: 'anna@example.net' },
  subject: 'Grüße',
  text: 'Dear Anna,\n.\nthat dot stands alone.',
  messageId: '<1@example.org>',
  date: new Date('2026-01-02T03:04:05Z'),
};
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('smtpTransport', () => {
  it('delivers to a server on this machine without TLS', async () => {
    const server = await startSmtp();
    const transport = smtpTransport(`smtp://127.0.0.1:${server.port}`, { clientName: 'house.example' });
    expect(transport.name).toBe(`smtp://127.0.0.1:${server.port}`);
    expect(await transport.send(MAIL)).toEqual({ messageId: '<1@example.org>' });
    expect(server.commands.slice(0, 4)).toEqual([
      'EHLO house.example',
      'MAIL FROM:<house@example.org>',
      'RCPT TO:<anna@example.net>',
      'DATA',
    ]);
    expect(server.mails[0]).toContain('To: anna@example.net\r\n');
    expect(server.mails[0]).toContain('\r\n..\r\n');
  });

  it('signs in with what the URL says', async () => {
    const server = await startSmtp();
    const transport = smtpTransport(`smtp://us%40er:p%C3%A4ss%3A@127.0.0.1:${server.port}`);
    await transport.send(MAIL);
    expect(transport.name).not.toContain('us');
    expect(server.commands).toContain(`AUTH PLAIN ${Buffer.from('\0us@er\0päss:').toString('base64')}`);
  });

  // 0.0.0.0 reaches this machine too but is not known to, so it stands for a server elsewhere.
  it('says nothing of the mail to a server elsewhere that offers no TLS', async () => {
    const server = await startSmtp();
    const sent = smtpTransport(`smtp://user:secret@0.0.0.0:${server.port}`).send(MAIL);
    const error = await sent.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(classifyBounce(error)).toBe('temporary');
    expect(server.commands.filter((command) => /^(MAIL|RCPT|DATA|AUTH)/.test(command))).toEqual([]);
  });

  it('upgrades to TLS with a trusted certificate, and only then', async () => {
    const certificate = createTestCertificate(['0.0.0.0']);
    const server = await startSmtp({}, certificate);
    await smtpTransport(`smtp://0.0.0.0:${server.port}`, { ca: certificate.ca }).send(MAIL);
    expect(server.secureMails).toBe(1);
    await expect(smtpTransport(`smtp://0.0.0.0:${server.port}`).send(MAIL)).rejects.toThrow(/certificate/);
    expect(server.mails).toHaveLength(1);
  });

  it('refuses URLs that are not a mail server, without repeating them', () => {
    const urls = [
      '',
      'host',
      'http://u:secret@host',
      'smtp://',
      'smtp://u:secret@host/path',
      'smtp://host?x=y',
      'smtp://%ff@host',
    ];
    for (const url of urls) {
      expect(() => smtpTransport(url), url).toThrow(
        expect.objectContaining({ code: 'mail-smtp-url-invalid' }),
      );
      expect(() => smtpTransport(url), url).not.toThrow(/secret/);
    }
    expect(smtpTransport('smtps://mail.example.org').name).toBe('smtps://mail.example.org:465');
    expect(smtpTransport('smtp://mail.example.org').name).toBe('smtp://mail.example.org:587');
  });
});

describe('classifyBounce', () => {
  const cases: [string, string, 'permanent' | 'temporary', string | undefined][] = [
    ['RCPT', '550 5.1.1 No such user', 'permanent', '5.1.1'],
    ['RCPT', '550 No such user', 'permanent', undefined],
    ['RCPT', '450 4.2.1 Try again later', 'temporary', '4.2.1'],
    ['RCPT', '452 4.2.2 Mailbox full', 'temporary', '4.2.2'],
    ['DATA', '554 5.7.1 Looks like spam', 'permanent', '5.7.1'],
    ['CONTENT', '552 5.3.4 Too big', 'permanent', '5.3.4'],
    ['CONTENT', '451 4.3.0 Try again later', 'temporary', '4.3.0'],
    ['MAIL', '553 5.1.8 Sender not known', 'temporary', '5.1.8'],
    ['AUTH', '535 5.7.8 Wrong password', 'temporary', '5.7.8'],
    ['GREETING', '554 5.3.2 Closed', 'temporary', undefined],
  ];
  it.each(cases)('%s %s → %s', async (command, reply, kind, status) => {
    const server = await startSmtp({ [command]: reply });
    const error = await smtpTransport(`smtp://user:secret@127.0.0.1:${server.port}`)
      .send(MAIL)
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(classifyBounce(error)).toBe(kind);
    if (status !== undefined) expect(bounceStatus(error)).toBe(status);
    expect(server.mails).toHaveLength(0);
  });

  it('takes no connection, silence and other errors for temporary', async () => {
    const server = await startSmtp({ GREETING: '' });
    const silent = await smtpTransport(`smtp://127.0.0.1:${server.port}`, { timeoutMs: 100 })
      .send(MAIL)
      .catch((reason: unknown) => reason);
    for (const close of closers.splice(0)) await close();
    const closed = await smtpTransport(`smtp://127.0.0.1:${server.port}`)
      .send(MAIL)
      .catch((reason: unknown) => reason);
    for (const error of [silent, closed, new Error('x'), 'x', undefined]) {
      expect(classifyBounce(error)).toBe('temporary');
      expect(bounceStatus(error)).toBeUndefined();
    }
    expect(silent).toBeInstanceOf(Error);
    expect(closed).toMatchObject({ code: expect.stringMatching(/ECONN|ESOCKET/) });
  });
});

it('knows which status codes condemn the address', () => {
  expect(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'].every(isAddressFailure)).toBe(true);
  expect(['5.2.2', '5.7.1', '5.1.8', '4.1.1', '5.3.4', '5.1.11', ''].some(isAddressFailure)).toBe(false);
});

type Replies = Readonly<Record<string, string>>;
type SmtpServer = { port: number; commands: string[]; mails: string[]; secureMails: number };

/** As much of RFC 5321 as a client needs; `replies` replaces the answer to a command, "" stays silent. */
async function startSmtp(
  replies: Replies = {},
  certificate?: { cert: string; key: string },
): Promise<SmtpServer> {
  const state: SmtpServer = { port: 0, commands: [], mails: [], secureMails: 0 };
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    serveClient(socket, false);
    say(socket, replies.GREETING ?? '220 test ESMTP');
  });
  function serveClient(socket: Socket, secure: boolean): void {
    let rest = '';
    let inData = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      rest += chunk.toString();
      for (;;) {
        const end = rest.indexOf(inData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const piece = rest.slice(0, end);
        rest = rest.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          if (replies.CONTENT === undefined) {
            state.mails.push(piece);
            if (secure) state.secureMails += 1;
          }
          say(socket, replies.CONTENT ?? '250 2.0.0 Accepted');
          continue;
        }
        state.commands.push(piece);
        const verb = piece.split(' ')[0]!;
        if (verb === 'STARTTLS' && certificate !== undefined) {
          socket.removeAllListeners('data');
          say(socket, '220 Go ahead');
          serveClient(new TLSSocket(socket, { isServer: true, ...certificate }), true);
          return;
        }
        const extensions =
          certificate !== undefined && !secure ? '250-STARTTLS\r\n250 AUTH PLAIN' : '250 AUTH PLAIN';
        const usual: Record<string, string> = {
          EHLO: `250-test\r\n${extensions}`,
          AUTH: '235 2.7.0 Welcome',
          STARTTLS: '502 5.5.1 Not implemented',
          DATA: '354 Go on',
          QUIT: '221 Bye',
        };
        inData = verb === 'DATA' && replies.DATA === undefined;
        say(socket, replies[verb] ?? usual[verb] ?? '250 2.0.0 OK');
      }
    });
  }
  function say(socket: Socket, reply: string): void {
    if (reply !== '') socket.write(`${reply}\r\n`);
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  state.port = (server.address() as AddressInfo).port;
  return state;
}
