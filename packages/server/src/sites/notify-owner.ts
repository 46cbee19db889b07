import { formatDate, type Kernel, queueMail } from '../kernel/index.ts';
import { contactOfParty } from '../parties/index.ts';
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
  const contact = await contactOfParty(t, site.partyId);
  if (!contact) return;
  const { email, name, locale } = contact;
  const text = sitesText(locale).mail;
  const place = `${site.host}${site.path}`;
  const about = news.kind === 'ends' ? formatDate(locale, news.at) : 'note' in news ? news.note : '';
  const { subject, body } = text[news.kind];
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    subject: subject(place, about),
    paragraphs: [text.hello(name), ...body(place, about).split('\n\n')],
    action: { label: text.open, url: `${t.site.baseUrl}/sites/${site.id}` },
  });
}
