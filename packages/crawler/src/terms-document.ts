import { sha256, toHex, utf8 } from '@clearway/protocol';
import { findXmp, type RslDocument } from '@clearway/rsl';
import type { FoundDocument } from '@clearway/rsl/find';
import { endOfElement } from './license-element.ts';

/** Terms that were found and read. */
export type TermsDocument = {
  readonly url: string;
  /** What positions in the document are counted in. */
  readonly text: string;
  readonly sha256: string;
  readonly document: RslDocument;
  readonly found: FoundDocument;
};

/** A document, and whether the address itself points to it, not only the site. */
export type Pointed = { readonly terms: TermsDocument; readonly own: boolean };

/** A document that was found, with the bytes it was read from. Undefined where it could not be read. */
export async function asPointed(found: FoundDocument, bytes: Uint8Array): Promise<Pointed | undefined> {
  const { url, document, channel, association, level } = found;
  if (!document) return undefined;
  const whole = new TextDecoder().decode(bytes);
  const packet = association === 'file' ? findXmp(bytes) : undefined;
  const text =
    channel === 'html-script'
      ? alone(whole, document.position.offset)
      : packet
        ? new TextDecoder().decode(packet)
        : whole;
  const hash = toHex(await sha256(utf8(whole)));
  return { terms: { url, text, sha256: hash, document, found }, own: level === 'page' };
}

/** An element of a page at its place, with blanks around it: a page is no XML. */
function alone(html: string, offset: number): string {
  return ' '.repeat(offset) + html.slice(offset, endOfElement(html, offset));
}
