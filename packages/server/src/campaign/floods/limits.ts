import { failCommon, type Kernel, type Limit } from '../../kernel/index.ts';
import { noteRefusal } from './note-refusal.ts';

const HOUR = 3_600_000;

/** An office or a school behind one address signs within minutes; a machine does not get far. */
const PER_NETWORK: Limit = { name: 'campaign-network', per: 120, windowMs: HOUR, burst: 25 };
const PER_DOMAIN: Limit = { name: 'campaign-domain', per: 240, windowMs: HOUR, burst: 60 };
const PER_LARGE_DOMAIN: Limit = { name: 'campaign-large-domain', per: 30_000, windowMs: HOUR, burst: 2_000 };
/** More than any evening on the news has brought a petition in a small country. */
const PER_COUNTRY: Limit = { name: 'campaign-country', per: 60_000, windowMs: HOUR, burst: 5_000 };

/** A network is asked to come back; a provider or a country has many honest people, whose mail only leaves later, at most so much. */
const QUEUE_MS = 2 * HOUR;

/** Providers with so many people that a crowd from one of them is no sign of anything. */
const LARGE_DOMAINS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.de posteo.de mailbox.org proton.me protonmail.com aol.com orange.fr free.fr wanadoo.fr laposte.net libero.it bluewin.ch btinternet.com qq.com 163.com mail.ru yandex.ru seznam.cz wp.pl o2.pl ziggo.nl'.split(
    ' ',
  ),
);

/** Whether a crowd from this mail domain means nothing. */
export function isLargeDomain(domain: string): boolean {
  return LARGE_DOMAINS.has(domain);
}

/** Asks a network that sends too much to come back (`too-many-requests` with Retry-After). */
export async function slowNetwork(k: Kernel, network: string | null): Promise<void> {
  const wait = network ? k.limits.take(PER_NETWORK, network) : 0;
  if (wait > 0) await refuse(k, network, wait);
}

/** How much later a mail leaves, in milliseconds, and because of what; a mail that leaves at once waits for nothing. */
export type MailDelay = { readonly waitMs: number; readonly waitsFor: 'mail-domain' | 'country' | undefined };

type Crowd = { readonly domain: string; readonly country: string };

/**
 * When a mail queued now would leave. Slows down what comes from everywhere and refuses nobody: two hours at most. Counts
 * nothing, so that it says the same of addresses that get a mail and of those that do not.
 */
export function lookAtDelay(k: Kernel, { domain, country }: Crowd): MailDelay {
  return longer(k.limits.look(limitOf(domain), domain), k.limits.look(PER_COUNTRY, country));
}

/** The same of a mail that is being queued, which is counted. */
export function delayMail(k: Kernel, { domain, country }: Crowd): MailDelay {
  return longer(
    k.limits.take(limitOf(domain), domain, QUEUE_MS),
    k.limits.take(PER_COUNTRY, country, QUEUE_MS),
  );
}

function longer(byDomain: number, byCountry: number): MailDelay {
  const waitMs = Math.min(QUEUE_MS, Math.max(byDomain, byCountry));
  if (waitMs === 0) return { waitMs, waitsFor: undefined };
  return { waitMs, waitsFor: byDomain >= byCountry ? 'mail-domain' : 'country' };
}

function limitOf(domain: string): Limit {
  return isLargeDomain(domain) ? PER_LARGE_DOMAIN : PER_DOMAIN;
}

async function refuse(k: Kernel, network: string | null, wait: number): Promise<never> {
  await noteRefusal(k, network);
  throw failCommon('too-many-requests', {
    headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) },
  });
}
