import { isIP } from 'node:net';
import type { Locale } from '../kernel/index.ts';

/** A person who signs in. */
export type User = {
  readonly id: string;
  readonly email: string;
  /** When the person last proved that the mailbox is theirs; null for an operator who came by the local link. */
  readonly emailConfirmedAt: Date | null;
  readonly name: string;
  readonly locale: Locale;
  readonly operator: boolean;
  readonly createdAt: Date;
};

/** One place where a user is signed in, as the user sees it. */
export type Session = {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  /** Browser and system family, e.g. `Firefox · Linux`. */
  readonly agent: string;
  /** Only the network the person came from, never the whole address. */
  readonly network: string;
};

/** One line of the activity log. */
export type Activity = {
  /** Position in the log, a decimal number; larger is later. */
  readonly seq: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: { readonly [key: string]: string | number | boolean | null };
  readonly at: Date;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const LINK_MS = 30 * MINUTE;
export const OPERATOR_LINK_MS = HOUR;
export const ROTATE_MS = 24 * HOUR;
/** Pages load several things at once: the token before a rotation holds a little longer. */
export const ROTATION_GRACE_MS = 2 * MINUTE;
/** How exactly `lastSeenAt` is kept. */
export const SEEN_MS = 5 * MINUTE;

/** Before money or keys a session must have proved who it is within this time. */
export const PROOF_MS = 15 * MINUTE;
export const CODE_MS = 15 * MINUTE;
export const CODE_TRIES = 5;
export const CHALLENGE_MS = 5 * MINUTE;
/** As long as a sign-in link, so that who uses it in its last minute finds the form again. */
export const KEPT_FORM_MS = LINK_MS;

/** How long a session lasts after it was last seen. */
export function sessionLifeMs(operator: boolean): number {
  return operator ? 12 * HOUR : 30 * 24 * HOUR;
}

export const AFTER_SIGN_IN = '/account';

/**
 * The path to go to after signing in, if it stays on this site; else the account page. Browsers strip tabs and line
 * ends, take `\` for `/`, and resolve dots, so what counts is how the URL parser reads it (WHATWG URL).
 */
export function safeNext(next: string | undefined): string {
  if (next === undefined || next.length > 2_000 || !/^\/[\x21-\x7e]*$/.test(next) || next.includes('\\'))
    return AFTER_SIGN_IN;
  const base = 'http://here.invalid';
  if (!URL.canParse(next, base)) return AFTER_SIGN_IN;
  const url = new URL(next, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === base && !path.startsWith('//') ? path : AFTER_SIGN_IN;
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg/, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** Browser and system family of a `User-Agent`; enough to recognise one's own, not enough to follow anyone. */
export function agentFamily(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 500);
  const found = [BROWSERS, SYSTEMS].map((list) => list.find(([pattern]) => pattern.test(text))?.[1]);
  return found.filter(Boolean).join(' · ');
}

/** The network of an address: /24 of IPv4, /48 of IPv6; empty when there is none. */
export function networkOf(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(address) !== 6) return '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return networkOf(mapped[1]!);
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const all =
    tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  const three = all.slice(0, 3).map((part) => Number.parseInt(part, 16).toString(16));
  return `${three.join(':')}::/48`;
}
