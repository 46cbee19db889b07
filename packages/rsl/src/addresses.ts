/** The parsed form of an absolute http or https address, or undefined. White space and control characters are refused. */
export function webAddress(text: string): URL | undefined {
  // Most texts that are asked about are paths, and refusing one costs more than reading an address.
  if (text.startsWith('/') || !isPrintable(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return (url.protocol === 'https:' || url.protocol === 'http:') && text.includes('://') ? url : undefined;
}

/** An absolute URI of any scheme: a scheme, a colon and something after it. */
export function isAbsoluteUri(text: string): boolean {
  if (!isPrintable(text)) return false;
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) return false;
  for (let index = 0; index < colon; index += 1) {
    const char = text[index]!.toLowerCase();
    const letter = char >= 'a' && char <= 'z';
    if (!letter && (index === 0 || !'0123456789+-.'.includes(char))) return false;
  }
  return true;
}

/** One `@` with something on both sides and no space: enough to tell an address from a slip of the pen. */
export function looksLikeEmail(text: string): boolean {
  const at = text.indexOf('@');
  return isPrintable(text) && at > 0 && at === text.lastIndexOf('@') && at < text.length - 1;
}

/** No white space and no control character anywhere, and not empty. */
export function isPrintable(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 0x20 || code === 0x7f || (code > 0x7f && text[index]!.trim() === '')) return false;
  }
  return text !== '';
}
