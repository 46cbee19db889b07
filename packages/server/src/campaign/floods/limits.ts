import { failCommon, type Kernel, type Limit } from '../../kernel/index.ts';
import { noteRefusal } from './note-refusal.ts';

const HOUR = 3_600_000;

/** An office or a school behind one address signs within minutes; a machine does not get far. */
const PER_NETWORK: Limit = { name: 'campaign-network', per: 120, windowMs: HOUR, burst: 25 };
const PER_DOMAIN: Limit = { name: 'campaign-domain', per: 240, windowMs: HOUR, burst: 60 };
const PER_LARGE_DOMAIN: Limit = { name: 'campaign-large-domain', per: 30_000, windowMs: HOUR, burst: 2_000 };
/** More than any evening on the news has brought a petition in a small country. */
const PER_COUNTRY: Limit = { name: 'campaign-country', per: 60_000, windowMs: HOUR, burst: 5_000 };

/** A network is asked to come back; a provider or a country has many honest people, whose mail only leaves later. */
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

/**
 * Slows down what comes from everywhere and locks nobody out: answers the milliseconds until the mail may leave, at most
 * two hours; beyond that `too-many-requests`.
 */
export async function slowMail(
  k: Kernel,
  { network, domain, country }: { network: string | null; domain: string; country: string },
): Promise<number> {
  const perDomain = isLargeDomain(domain) ? PER_LARGE_DOMAIN : PER_DOMAIN;
  const waits = [k.limits.take(perDomain, domain, QUEUE_MS), k.limits.take(PER_COUNTRY, country, QUEUE_MS)];
  const wait = Math.max(...waits);
  return wait > QUEUE_MS ? refuse(k, network, wait - QUEUE_MS) : wait;
}

async function refuse(k: Kernel, network: string | null, wait: number): Promise<never> {
  await noteRefusal(k, network);
  throw failCommon('too-many-requests', {
    headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) },
  });
}
