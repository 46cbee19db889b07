import { escapeHtml } from '../html.ts';
import type { Locale } from '../i18n.ts';

/** What a mail says, before it is text and HTML. Both forms have the same content. */
export type MailContent = {
  readonly locale: Locale;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing the reader may do. */
  readonly action?: { readonly label: string; readonly url: string } | undefined;
  /** Small print: who sends this and why. */
  readonly footer?: readonly string[] | undefined;
};

/** Who writes, and what stands under the name. */
export type MailHead = { readonly name: string; readonly tagline: string };

/** The two forms of one mail. Both begin with its head. */
export function renderMail(
  { name, tagline }: MailHead,
  content: MailContent,
): { text: string; html: string } {
  const { locale, subject, paragraphs, action, footer = [] } = content;
  const text = [
    `${name}\n${tagline}`,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(footer.length > 0 ? [`-- \n${footer.join('\n')}`] : []),
  ].join('\n\n');
  const p = (body: string) => `<p>${escapeHtml(body).replaceAll('\n', '<br>')}</p>`;
  const button = action
    ? `<p><a href="${escapeHtml(action.url)}"><strong>${escapeHtml(action.label)}</strong></a></p><p><small>${escapeHtml(action.url)}</small></p>`
    : '';
  const small =
    footer.length > 0
      ? `<hr>${footer.map((line) => `<p><small>${escapeHtml(line)}</small></p>`).join('')}`
      : '';
  // No colour is set: the reader's device chooses light or dark. Links are longer than a narrow screen.
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title>`;
  const top = `<p><strong>${escapeHtml(name)}</strong><br><small>${escapeHtml(tagline)}</small></p><hr>`;
  const html = `<!doctype html><html lang="${locale}"><head>${head}</head><body style="overflow-wrap:anywhere">${top}${paragraphs.map(p).join('')}${button}${small}</body></html>`;
  return { text: `${text}\n`, html };
}
