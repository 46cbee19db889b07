import { failCommon, type Kernel, type Limit } from '../kernel/index.ts';

const HOUR = 3_600_000;

/** An office or a school behind one address signs within minutes; a machine does not get far. */
const PER_NETWORK: Limit = { name: 'campaign-network', per: 120, windowMs: HOUR, burst: 25 };
const PER_DOMAIN: Limit = { name: 'campaign-domain', per: 240, windowMs: HOUR, burst: 60 };
const PER_LARGE_DOMAIN: Limit = { name: 'campaign-large-domain', per: 30_000, windowMs: HOUR, burst: 2_000 };

/** Providers with so many people that a crowd from one of them is no sign of anything. */
const LARGE_DOMAINS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.de yahoo.fr yahoo.co.uk icloud.com me.com mac.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.de posteo.de mailbox.org proton.me protonmail.com aol.com orange.fr free.fr wanadoo.fr laposte.net libero.it bluewin.ch btinternet.com qq.com 163.com mail.ru yandex.ru seznam.cz wp.pl o2.pl ziggo.nl'.split(
    ' ',
  ),
);

/** Asks a flood to come back later (`too-many-requests` with Retry-After). Without a network only the domain counts. */
export function slowDown(k: Kernel, network: string | undefined, domain: string): void {
  const waits = [
    network ? k.limits.take(PER_NETWORK, network) : 0,
    k.limits.take(LARGE_DOMAINS.has(domain) ? PER_LARGE_DOMAIN : PER_DOMAIN, domain),
  ];
  const seconds = Math.ceil(Math.max(...waits) / 1_000);
  if (seconds > 0) throw failCommon('too-many-requests', { headers: { 'Retry-After': String(seconds) } });
}
