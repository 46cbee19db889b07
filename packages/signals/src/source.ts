import { type Decoded, decode } from './decode.ts';

/** What kind of thing was fetched or opened. `headers` are the lines `name: value` of the answer. */
export type SourceKind =
  | 'robots'
  | 'headers'
  | 'html'
  | 'tdmrep'
  | 'tdm-policy'
  | 'rsl'
  | 'ai-txt'
  | 'xmp'
  | 'epub-opf';

/** One thing somebody else has fetched or opened, exactly as it came. */
export interface SignalSource {
  readonly kind: SourceKind;
  readonly url: string;
  /** When, RFC 3339, as the caller says. */
  readonly at: string;
  /** The HTTP status; 0 when nobody answered, undefined for a file. */
  readonly status?: number;
  /** The addresses that redirected to `url`, in order. */
  readonly redirects?: readonly string[];
  readonly body: Uint8Array | string;
}

/** A source with its text and the SHA-256 of its bytes. */
export interface PreparedSource extends Decoded {
  readonly source: SignalSource;
  readonly bytes: number;
  readonly sha256: string;
}

/** Decodes and hashes a source. */
export async function prepareSource(source: SignalSource): Promise<PreparedSource> {
  const { body } = source;
  const bytes = Uint8Array.from(typeof body === 'string' ? new TextEncoder().encode(body) : body);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const sha256 = [...hash].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return { ...decode(bytes), source, bytes: bytes.length, sha256 };
}
