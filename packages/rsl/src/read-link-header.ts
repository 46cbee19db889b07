/** One link of a `Link` header. Parameter names are in lower case; of a repeated one the first counts. */
export interface HeaderLink {
  readonly target: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Reads the value of one or more `Link` headers, RFC 8288 §3: targets in angle brackets, parameters as tokens or
 * quoted strings, commas and semicolons inside either left alone. A link that cannot be read ends the reading of
 * its header; those before it count.
 *
 * @example
 * ```ts
 * import { readLinkHeader } from '@clearway/rsl';
 *
 * readLinkHeader('<https://example.org/l.xml>; rel=license')[0].parameters.rel // => 'license'
 * ```
 */
export function readLinkHeader(header: string | readonly string[]): HeaderLink[] {
  return (typeof header === 'string' ? [header] : header).flatMap(readOne);
}

function readOne(text: string): HeaderLink[] {
  const links: HeaderLink[] = [];
  let at = 0;
  function skip(characters: string): void {
    while (at < text.length && characters.includes(text[at]!)) at += 1;
  }
  function quoted(): string | undefined {
    let value = '';
    for (at += 1; at < text.length; at += 1) {
      const char = text[at]!;
      if (char === '"') {
        at += 1;
        return value;
      }
      if (char === '\\') at += 1;
      value += text[at] ?? '';
    }
    return undefined;
  }
  function until(characters: string): string {
    const from = at;
    while (at < text.length && !characters.includes(text[at]!)) at += 1;
    return text.slice(from, at);
  }

  for (;;) {
    skip(' \t,');
    if (text[at] !== '<') return links;
    const close = text.indexOf('>', at);
    if (close === -1) return links;
    const target = text.slice(at + 1, close).trim();
    at = close + 1;
    const parameters: Record<string, string> = Object.create(null) as Record<string, string>;
    for (;;) {
      skip(' \t');
      if (text[at] !== ';') break;
      at += 1;
      skip(' \t');
      const name = until('=;, \t').toLowerCase();
      skip(' \t');
      let value = '';
      if (text[at] === '=') {
        at += 1;
        skip(' \t');
        const read = text[at] === '"' ? quoted() : until(';, \t');
        if (read === undefined) return links;
        value = read;
      }
      if (name !== '' && !(name in parameters)) parameters[name] = value;
    }
    if (at < text.length && text[at] !== ',') return links;
    links.push({ target, parameters });
  }
}
