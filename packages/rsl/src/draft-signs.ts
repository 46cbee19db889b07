import type { License, RslDocument, Token } from './model.ts';
import { legacyPaymentTypes, legacyUsageTokens } from './vocabulary.ts';
import type { Position } from './xml.ts';

/** Something that only the 0.9 drafts of RSL wrote: both share one namespace, so the words have to tell. */
export interface DraftSign {
  readonly word: string;
  readonly position: Position;
}

/**
 * What gives a document away as an 0.9 draft: its names for usages (`train-ai`) and payments (`inference`, `royalty`),
 * `type="application"`, and lists separated by commas. Empty for RSL 1.0.
 *
 * @example
 * ```ts
 * import { draftSigns, parse } from '@clearway/rsl';
 *
 * const { document } = parse(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <permits type="usage">train-ai</permits></license></content></rsl>`);
 * draftSigns(document)[0].word // => 'train-ai'
 * ```
 */
export function draftSigns(document: RslDocument): DraftSign[] {
  return document.contents.flatMap((content) => content.licenses.flatMap(signsOf));
}

function signsOf({ permits, prohibits, payment }: License): DraftSign[] {
  const lists = [...permits, ...prohibits].flatMap(({ type, tokens, text, position }) => {
    const words = tokens
      .map((token: Token) => token.text)
      .filter((word) => Object.hasOwn(legacyUsageTokens, word));
    if (type === 'application') words.push('type="application"');
    if (text.includes(',')) words.push(',');
    return words.map((word) => ({ word, position }));
  });
  const type = payment?.type?.text;
  return payment && type !== undefined && Object.hasOwn(legacyPaymentTypes, type)
    ? [...lists, { word: type, position: payment.position }]
    : lists;
}
