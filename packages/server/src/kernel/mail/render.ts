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

/** The two forms of one mail. */
export function renderMail(content: MailContent): { text: string; html: string } {
  const { locale, subject, paragraphs, action, footer = [] } = content;
  const text = [
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
  const html = `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>${paragraphs.map(p).join('')}${button}${small}</body></html>`;
  return { text: `${text}\n`, html };
}
