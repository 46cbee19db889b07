import { findUser } from '../identity/index.ts';
import { formatDate, type Kernel, queueMail } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { sitesText } from './messages.ts';
import type { Site } from './model.ts';

/** What the owner is written. */
type News =
  | { readonly kind: 'ends'; readonly at: Date }
  | { readonly kind: 'ended' }
  | { readonly kind: 'confirmed'; readonly note: string }
  | { readonly kind: 'refused'; readonly note: string };

/** Writes to the person behind a site, in her language. Without an address nothing is sent; the page says the same. */
export async function writeToOwner(t: Kernel, site: Site, news: News): Promise<void> {
  const party = (await findParties(t, [site.partyId])).get(site.partyId);
  if (!party || party.email === null) return;
  const user = party.userId === null ? undefined : await findUser(t, party.userId);
  const locale = user?.locale ?? 'en';
  const text = sitesText(locale).mail;
  const place = `${site.host}${site.path}`;
  const about = news.kind === 'ends' ? formatDate(locale, news.at) : 'note' in news ? news.note : '';
  const { subject, body } = text[news.kind];
  await queueMail(t, {
    to: party.email,
    category: 'transactional',
    locale,
    subject: subject(place, about),
    paragraphs: [text.hello(party.name), ...body(place, about).split('\n\n')],
    action: { label: text.open, url: `${t.site.baseUrl}/sites/${site.id}` },
  });
}
