/** Escapes a value for a double-quoted HTML attribute. */
export function attribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The normal spelling of an absolute web address: nothing in it can end a header line. Throws TypeError otherwise. */
export function webUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new TypeError(`"${text}" is no web address.`);
  return url.href;
}
