import { decodeBody, type MimePart, readContentType, readFields, readPart, splitMultipart } from './mime.ts';

/** What a delivery status notification says about one recipient. */
export type Bounce = {
  /** The address we wrote to, where the report names it, else the one that failed in the end. */
  readonly recipient: string;
  /** Enhanced status code, such as `5.1.1` (RFC 3463). */
  readonly status: string;
  /** Given up, and for a lasting reason; a delay, or giving up after one, is not. */
  readonly permanent: boolean;
  /** Message-ID of the mail that bounced, with angle brackets, where the report has it. */
  readonly originalMessageId: string | undefined;
};

const MAX_LENGTH = 1024 * 1024;

/**
 * Reads a bounce: a delivery status notification (RFC 3464, in the report format of RFC 6522). Only the first 1 MiB is read;
 * the report stands before the returned mail. Of several recipients the first that failed counts, since our mails have one.
 *
 * Anyone can write such a mail. Act on it only when `originalMessageId` is one we sent to that recipient.
 *
 * @returns undefined for any other mail, and for reports of success.
 */
export function parseBounce(eml: string): Bounce | undefined {
  const message = readPart(eml.slice(0, MAX_LENGTH));
  const contentType = readContentType(message.headers.get('content-type'));
  const boundary = contentType.parameter('boundary');
  if (contentType.type !== 'multipart/report' || boundary === undefined) return undefined;
  if (contentType.parameter('report-type')?.toLowerCase() !== 'delivery-status') return undefined;
  const parts = splitMultipart(message.body, boundary).map(readPart);
  const report = findPart(parts, ['message/delivery-status', 'message/global-delivery-status']);
  if (report === undefined) return undefined;
  const recipients = readRecipients(decodeBody(report));
  const found =
    recipients.find(({ action }) => action === 'failed') ??
    recipients.find(({ action }) => action === 'delayed');
  if (found === undefined) return undefined;
  const { recipient, status, action } = found;
  const permanent = action === 'failed' && status.startsWith('5.');
  return { recipient, status, permanent, originalMessageId: readMessageId(parts) };
}

type Recipient = { readonly recipient: string; readonly status: string; readonly action: string };

function readRecipients(report: string): Recipient[] {
  // Groups of fields between empty lines: first one about the mail, then one for each recipient.
  const groups = report.split(/\r?\n(?:[ \t]*\r?\n)+/).map((group) => readFields(group.split(/\r?\n/)));
  return groups.flatMap((fields) => {
    const recipient =
      readTypedAddress(fields.get('original-recipient')) ?? readTypedAddress(fields.get('final-recipient'));
    const status = /^([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(fields.get('status') ?? '')?.[1];
    const action = (fields.get('action') ?? '').split(/[\s(]/)[0]!.toLowerCase();
    return recipient === undefined || status === undefined ? [] : [{ recipient, status, action }];
  });
}

function readTypedAddress(value: string | undefined): string | undefined {
  const match = /^\s*(rfc822|utf-8)\s*;\s*<?([^\s<>]+@[^\s<>]+?)>?\s*$/i.exec(value ?? '');
  return match?.[2];
}

function readMessageId(parts: readonly MimePart[]): string | undefined {
  const types = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];
  const original = findPart(parts, types);
  if (original === undefined) return undefined;
  const id = readPart(decodeBody(original).trimStart()).headers.get('message-id') ?? '';
  return /^<[^\s<>]+>$/.exec(id)?.[0];
}

function findPart(parts: readonly MimePart[], types: readonly string[]): MimePart | undefined {
  return parts.find(({ headers }) => types.includes(readContentType(headers.get('content-type')).type));
}
