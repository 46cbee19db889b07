import { escapeHtml, type Locale } from '../../kernel/index.ts';

/** The lines a partner puts on its page: the frame, a link for browsers without frames, and a script that fits its height. */
export function embedLines(base: string, source: string, locale: Locale, sign: string): string {
  return [
    `<iframe src="${base}/widget/${source}?lang=${locale}" title="${escapeHtml(sign)}" width="100%" height="1500"></iframe>`,
    `<p><a href="${base}/sign?source=${source}&amp;lang=${locale}">${escapeHtml(sign)}</a></p>`,
    `<script src="${base}/static/widget.js" defer></script>`,
  ].join('\n');
}
