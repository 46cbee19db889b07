import { describe, expect, it } from 'vitest';
import { parseBounce } from './parse-bounce.ts';

const REPORT = `Reporting-MTA: dns; mx.example.net
Arrival-Date: Fri, 02 Jan 2026 03:04:05 +0000

Final-Recipient: rfc822; anna@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.net
Diagnostic-Code: smtp; 550 5.1.1
 No such user
`;
const ORIGINAL = `Message-ID: <0f1e@example.org>
From: house@example.org
To: anna@example.net
Subject: Hello

Dear Anna
`;

describe('parseBounce', () => {
  it('reads a report of failure', () => {
    expect(parseBounce(bounce(REPORT))).toEqual({
      recipient: 'anna@example.net',
      status: '5.1.1',
      permanent: true,
      originalMessageId: '<0f1e@example.org>',
    });
  });

  it('reads it with CRLF, folded headers and an unquoted boundary', () => {
    const eml = bounce(REPORT)
      .replace('; report-type=delivery-status;', ';\n\treport-type="delivery-status";\n ')
      .replace('boundary="=_b"', 'boundary=b1')
      .replaceAll('--=_b', '--b1')
      .replace('Message-ID: <', 'Message-ID:\n <')
      .replaceAll('\n', '\r\n');
    expect(parseBounce(eml)).toMatchObject({ status: '5.1.1', originalMessageId: '<0f1e@example.org>' });
  });

  it('takes a delay, and giving up after one, for temporary', () => {
    const delayed = REPORT.replace('failed', 'delayed').replace('5.1.1', '4.4.1');
    expect(parseBounce(bounce(delayed))).toMatchObject({ status: '4.4.1', permanent: false });
    const expired = REPORT.replace('5.1.1', '4.4.7');
    expect(parseBounce(bounce(expired))).toMatchObject({ status: '4.4.7', permanent: false });
  });

  it('prefers the address we wrote to over the one it was forwarded to', () => {
    const forwarded = REPORT.replace(
      'Final-Recipient',
      'Original-Recipient: rfc822;anna+news@example.org\nFinal-Recipient',
    );
    expect(parseBounce(bounce(forwarded))?.recipient).toBe('anna+news@example.org');
  });

  it('takes the first failed of several recipients', () => {
    const second =
      'Final-Recipient: RFC822; <bert@example.net>\nAction: Failed (mailbox gone)\nStatus: 5.2.1 (disabled)\n';
    const report = `${REPORT.replace('failed', 'relayed').replace('5.1.1', '2.0.0')}\n \n${second}`;
    expect(parseBounce(bounce(report))).toMatchObject({
      recipient: 'bert@example.net',
      status: '5.2.1',
      permanent: true,
    });
  });

  it('undoes base64 and quoted-printable', () => {
    const base64 = Buffer.from(REPORT).toString('base64').replaceAll(/.{60}/g, '$&\n');
    expect(parseBounce(bounce(base64, ORIGINAL, 'base64'))).toMatchObject({ status: '5.1.1' });
    const quoted = REPORT.replace('anna@', 'ann=61=\n@').replace(
      'example.net\nAction',
      'example=2Enet\nAction',
    );
    expect(parseBounce(bounce(quoted, ORIGINAL, 'quoted-printable'))).toMatchObject({
      recipient: 'anna@example.net',
    });
  });

  it('reads internationalised reports (RFC 6533)', () => {
    const eml = bounce(REPORT.replace('rfc822; anna', 'utf-8; jörg'))
      .replace('message/delivery-status', 'message/global-delivery-status')
      .replace('text/rfc822-headers', 'message/global-headers');
    expect(parseBounce(eml)).toMatchObject({
      recipient: 'jörg@example.net',
      originalMessageId: '<0f1e@example.org>',
    });
  });

  it('says so when the report does not name the mail', () => {
    expect(parseBounce(bounce(REPORT, 'From: house@example.org\n'))).toMatchObject({
      originalMessageId: undefined,
    });
    expect(parseBounce(bounce(REPORT, 'Message-ID: not an id\n'))).toMatchObject({
      originalMessageId: undefined,
    });
    const cut = bounce(REPORT);
    expect(parseBounce(cut.slice(0, cut.indexOf('Content-Type: text/rfc822')))).toMatchObject({
      status: '5.1.1',
    });
  });

  it('is not taken in by other mail', () => {
    const others = [
      '',
      'Subject: hello\n\nStatus: 5.1.1\nFinal-Recipient: rfc822; anna@example.net',
      bounce(REPORT).replace('report-type=delivery-status', 'report-type=disposition-notification'),
      bounce(REPORT).replace('multipart/report', 'multipart/mixed'),
      bounce(REPORT).replace('message/delivery-status', 'text/plain'),
      bounce(REPORT).replace('; boundary="=_b"', ''),
      bounce(REPORT.replace('failed', 'delivered').replace('5.1.1', '2.1.5')),
      bounce(REPORT.replace('Status: 5.1.1', 'Status: bad')),
      bounce(REPORT.replace('anna@example.net', 'nobody')),
      bounce(REPORT.replace('Action: failed\n', '')),
    ];
    for (const eml of others) expect(parseBounce(eml), eml).toBeUndefined();
  });

  it('reads the first 1 MiB only, and quickly', () => {
    const huge = bounce(REPORT, `${ORIGINAL}${'x\n'.repeat(2_000_000)}`);
    expect(parseBounce(huge)).toMatchObject({ originalMessageId: '<0f1e@example.org>' });
    const late = `X-Pad: ${'x'.repeat(1024 * 1024)}\n${bounce(REPORT)}`;
    expect(parseBounce(late)).toBeUndefined();
    for (const filler of [' ;', ';a="', '\n ', '\n\n', '--=_b\n', '=\n', ': ', '<', '\\"']) {
      const text = filler.repeat(400_000 / filler.length);
      parseBounce(bounce(REPORT).replace('; boundary', `${text}; boundary`));
      parseBounce(bounce(`${text}${REPORT}${text}`));
      parseBounce(bounce(REPORT, text, 'quoted-printable'));
    }
  });
});

function bounce(report: string, original = ORIGINAL, encoding = '7bit'): string {
  return `Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: house@example.org
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

This is a MIME message.
--=_b
Content-Type: text/plain

Your mail could not be delivered. Status: 5.9.9

--=_b
Content-Type: message/delivery-status
Content-Transfer-Encoding: ${encoding}

${report}
--=_b
Content-Type: text/rfc822-headers

${original}
--=_b--
`;
}
