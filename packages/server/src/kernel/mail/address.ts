import { isIP } from 'node:net';

/** An e-mail address as it is written to, and the form in which two are compared. */
export type MailAddress = {
  /** The local part as given, the domain in lower case and ASCII (punycode). */
  readonly address: string;
  /** As `address` with the local part in lower case; equal keys are one mailbox to us. */
  readonly key: string;
};

const SENTENCES = {
  empty: 'There is no e-mail address.',
  'too-long': 'The e-mail address is longer than 254 characters.',
  characters: 'The e-mail address contains characters that it cannot have.',
  several: 'There is more than one e-mail address.',
  'no-at': 'The e-mail address has no @ sign.',
  local: 'The part before the @ sign is not usable.',
  domain: 'The part after the @ sign is not the name of a mail domain.',
} as const;

/** Why an address was refused. */
export type MailAddressReason = keyof typeof SENTENCES;

/** A text is not one e-mail address. `message` is a plain sentence. */
export class MailAddressError extends Error {
  readonly code = 'mail-address-invalid';
  readonly cure = 'Give one address such as name@example.org.';
  readonly reason: MailAddressReason;

  constructor(reason: MailAddressReason) {
    super(SENTENCES[reason]);
    this.name = 'MailAddressError';
    this.reason = reason;
  }
}

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
const LOCAL_ATOM = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+$/u;
const DOMAIN_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one e-mail address: `Local-part "@" Domain` of RFC 5321 section 4.1.2 with Unicode as in RFC 6531, without quoted
 * local parts, display names and IP addresses. White space around it is dropped, Unicode composed (NFC).
 *
 * Whether the mailbox exists only a confirmed mail can tell.
 *
 * @throws MailAddressError `mail-address-invalid` with a `reason`.
 */
export function parseMailAddress(text: string): MailAddress {
  const given = text.trim().normalize('NFC');
  if (given === '') throw new MailAddressError('empty');
  if (Buffer.byteLength(given) > MAX_LENGTH) throw new MailAddressError('too-long');
  // Controls carry header injection; invisible and direction characters make one address look like another.
  if (/[\p{C}\p{Z}]/u.test(given))
    throw new MailAddressError(/@.*[\s]+.*@/u.test(given) ? 'several' : 'characters');
  if (/[,;]/.test(given)) throw new MailAddressError('several');
  const at = given.indexOf('@');
  if (at < 0) throw new MailAddressError('no-at');
  if (at !== given.lastIndexOf('@')) throw new MailAddressError('several');
  const local = given.slice(0, at);
  if (
    Buffer.byteLength(local) > MAX_LOCAL_LENGTH ||
    !local.split('.').every((atom) => LOCAL_ATOM.test(atom))
  ) {
    throw new MailAddressError('local');
  }
  const domain = asciiDomain(given.slice(at + 1));
  const address = `${local}@${domain}`;
  if (Buffer.byteLength(address) > MAX_LENGTH) throw new MailAddressError('too-long');
  return { address, key: `${local.toLowerCase().normalize('NFC')}@${domain}` };
}

function asciiDomain(domain: string): string {
  // What the URL parser would take for a port, path or escape is no part of a domain.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || !URL.canParse(`http://${domain}/`))
    throw new MailAddressError('domain');
  const host = new URL(`http://${domain}/`).hostname;
  const labels = host.split('.');
  if (
    isIP(host) !== 0 ||
    host.length > 253 ||
    labels.length < 2 ||
    !labels.every((label) => DOMAIN_LABEL.test(label))
  ) {
    throw new MailAddressError('domain');
  }
  return host;
}
