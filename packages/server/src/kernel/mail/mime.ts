/** Header fields by lower-case name (the first of each name), and the body. */
export type MimePart = { readonly headers: ReadonlyMap<string, string>; readonly body: string };

/** Splits headers from body and unfolds the headers (RFC 5322 section 2.2.3). */
export function readPart(text: string): MimePart {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf('');
  const head = end < 0 ? lines : lines.slice(0, end);
  return { headers: readFields(head), body: end < 0 ? '' : lines.slice(end + 1).join('\n') };
}

/** Reads lines of `Name: value`, with continuation lines. Lines of another form are passed over. */
export function readFields(lines: readonly string[]): Map<string, string> {
  const unfolded: string[][] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line)) unfolded.at(-1)?.push(line.trim());
    else unfolded.push([line.trimEnd()]);
  }
  const fields = new Map<string, string>();
  for (const pieces of unfolded) {
    const field = pieces.join(' ');
    const colon = field.indexOf(':');
    const name = field.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, field.slice(colon + 1).trim());
  }
  return fields;
}

/** The media type and a parameter of a Content-Type value (RFC 2045 section 5.1). */
export function readContentType(value: string | undefined): {
  type: string;
  parameter(name: string): string | undefined;
} {
  const text = value ?? 'text/plain';
  const parameters = new Map<string, string>();
  for (const match of text.matchAll(/;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g)) {
    parameters.set(match[1]!.toLowerCase(), match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return {
    type: (text.split(';')[0] ?? '').trim().toLowerCase(),
    parameter: (name) => parameters.get(name),
  };
}

/** The parts between the boundary lines of a multipart body (RFC 2046 section 5.1.1); a missing last line is forgiven. */
export function splitMultipart(body: string, boundary: string): string[] {
  const parts: string[][] = [];
  let open = false;
  for (const line of body.split('\n')) {
    const bare = line.trimEnd();
    if (bare === `--${boundary}--`) break;
    if (bare === `--${boundary}`) {
      open = true;
      parts.push([]);
    } else if (open) {
      parts.at(-1)!.push(line);
    }
  }
  return parts.map((lines) => lines.join('\n'));
}

/** The body as text, its transfer encoding undone (RFC 2045 section 6). */
export function decodeBody({ headers, body }: MimePart): string {
  switch ((headers.get('content-transfer-encoding') ?? '').toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return decodeQuotedPrintable(body);
    default:
      return body;
  }
}

function decodeQuotedPrintable(text: string): string {
  const joined = text.replaceAll(/=[ \t]*\n/g, '');
  return joined.replaceAll(/(?:=[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  );
}
