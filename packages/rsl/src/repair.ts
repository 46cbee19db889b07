import { check } from './check-document.ts';
import { type Issue, issue, quote, withPaths } from './issues.ts';
import type { Content, License, Permission, RslDocument } from './model.ts';
import { isReadable } from './prepare-document.ts';
import { attributeRange, innerRange, outerRange, type Range } from './source-ranges.ts';
import { isRfc3339 } from './validate.ts';
import {
  currencies,
  inventedAttributes,
  legacyPaymentTypes,
  legacyUsageTokens,
  permissionTypes,
} from './vocabulary.ts';
import type { Position } from './xml.ts';

/** One change of {@link repair}: what it cures, where, the text before and after, and why it grants nothing new. */
export interface RepairChange {
  readonly code: Issue['code'];
  readonly path: string;
  readonly position: Position;
  readonly before: string;
  readonly after: string;
  readonly reason: string;
}

/** What {@link repair} made of a text. */
export interface Repaired {
  readonly text: string;
  readonly changes: readonly RepairChange[];
  /** Errors that are still there: a person has to choose. */
  readonly choices: readonly Issue[];
}

interface Edit extends Omit<RepairChange, 'path'> {
  readonly start: number;
  readonly end: number;
}

/**
 * Repairs a document without ever granting anything new, and changes nothing else in the text. It joins repeated lists,
 * tidies prohibitions, brings words of the drafts up to date where that only restricts or says the same, and shortens
 * what cannot be read. A permission that readers of RSL 1.0 do not see (`train-ai`, a list with commas) is left as it is
 * and returned among the choices, and so is everything else that only its author can know: as long as a prohibition cannot
 * be read nothing is granted, and once it is mended all that it does not name would be.
 *
 * @example
 * ```ts
 * import { repair } from '@clearway/rsl';
 *
 * const { text, changes } = repair(`<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license>
 *   <prohibits type="usage">train-ai,Search</prohibits></license></content></rsl>`);
 * text.includes('>ai-train search<') // => true
 * changes.length // => 1
 * ```
 */
export function repair(xml: string): Repaired {
  return repairBy(xml, (text) => {
    const { document, issues } = check(text);
    return { documents: document ? [document] : [], issues };
  });
}

/** Documents in a text with what is wrong with them; their places are those in the text. */
export interface ReadAll {
  readonly documents: readonly RslDocument[];
  readonly issues: readonly Issue[];
}

/** Repairs every document that is found in a text by a way of reading it, and touches nothing around them. */
export function repairBy(whole: string, read: (text: string) => ReadAll): Repaired {
  const mark = whole.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = whole.slice(mark.length);
  const { documents, issues } = read(text);
  const wrong = new Set(issues.map(({ code, position }) => `${code} ${position.offset}`));
  const edits = [...new Set(documents.map(({ root }) => root))].flatMap((root) => {
    const found = documents
      .filter((one) => one.root === root)
      .flatMap((one) => editsOf(one, text, (code, { offset }) => wrong.has(`${code} ${offset}`)));
    const places = withPaths(
      found.map(({ code, position }) => issue(code, '', position)),
      root,
    );
    return found.map((edit, index) => ({ ...edit, path: places[index]!.path }));
  });
  edits.sort((a, b) => a.start - b.start);
  if (edits.length === 0) return { text: whole, changes: [], choices: errorsOf(issues) };
  let out = '';
  let at = 0;
  for (const { start, end, after } of edits) {
    out += text.slice(at, start) + after;
    at = end;
  }
  out += text.slice(at);
  const changes = edits.map(({ start: _, end: __, ...change }) => change);
  return { text: mark + out, changes, choices: errorsOf(read(out).issues) };
}

function errorsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((one) => one.severity === 'error');
}

function editsOf(
  document: RslDocument,
  text: string,
  isWrong: (code: Issue['code'], position: Position) => boolean,
): Edit[] {
  const edits: Edit[] = [];
  function put(
    code: Issue['code'],
    position: Position,
    range: Range | undefined,
    after: string,
    reason: string,
  ): void {
    if (range)
      edits.push({ code, position, before: text.slice(range.start, range.end), after, reason, ...range });
  }
  const setAttribute: SetAttribute = (code, position, name, value, reason) =>
    put(
      code,
      position,
      attributeRange(text, position.offset, name),
      value === undefined ? '' : ` ${name}="${value}"`,
      reason,
    );
  const setText: SetText = (code, position, after, reason) =>
    put(code, position, innerRange(text, position.offset), after, reason);
  const remove: Remove = (code, position, reason) =>
    put(code, position, outerRange(text, position.offset), '', reason);

  if (isWrong('R9-max-age', document.position)) {
    const reason = 'It cannot be read; one day is the shortest time a document can name.';
    setAttribute('R9-max-age', document.position, 'max-age', '1', reason);
  }
  for (const holder of [document, ...document.contents]) {
    if (!isWrong('R7-unknown-attribute', holder.position)) continue;
    for (const name of inventedAttributes)
      setAttribute('R7-unknown-attribute', holder.position, name, undefined, 'RSL has no such name.');
  }
  for (const content of document.contents) {
    repairContent(content, setAttribute);
    for (const license of content.licenses) {
      repairLists(license, text, setText, remove);
      repairValues(license, setAttribute, setText);
    }
  }
  return edits;
}

type SetAttribute = (
  code: Issue['code'],
  position: Position,
  name: string,
  value: string | undefined,
  reason: string,
) => void;
type SetText = (code: Issue['code'], position: Position, after: string, reason: string) => void;
type Remove = (code: Issue['code'], position: Position, reason: string) => void;

function repairContent({ encrypted, server, lastmod, position }: Content, setAttribute: SetAttribute): void {
  const word = encrypted?.trim().toLowerCase();
  if (server !== undefined && encrypted !== 'true' && ['true', 'yes', '1'].includes(word ?? '')) {
    setAttribute('R21-encrypted', position, 'encrypted', 'true', 'Only the spelling changes.');
  }
  if (lastmod !== undefined && /^[-0-9]{10}$/.test(lastmod) && isRfc3339(`${lastmod}T00:00:00Z`)) {
    setAttribute('R23-lastmod', position, 'lastmod', `${lastmod}T00:00:00Z`, 'The day begins at midnight.');
  }
}

function repairLists(license: License, text: string, setText: SetText, remove: Remove): void {
  for (const kind of ['permits', 'prohibits'] as const) {
    for (const type of permissionTypes) {
      const group = license[kind].filter((one) => one.type === type);
      const [first, ...others] = group;
      if (!first || group.some((one) => innerRange(text, one.position.offset) === undefined)) continue;
      if (kind === 'prohibits' && !group.every((one) => isReadable(one, true))) continue;
      const tidy = kind === 'prohibits' && type === 'usage';
      const words = [...new Set(group.flatMap((one) => (tidy ? tidyWords(one) : wordsOf(one))))];
      if (words.length === 0) continue;
      if (others.length > 0) {
        setText('R30-repeated', first.position, words.join(' '), 'Readers join the lists of one type.');
        for (const one of others)
          remove('R30-repeated', one.position, 'Its words are in the first list of the type.');
      } else if (tidy && words.join(' ') !== wordsOf(first).join(' ')) {
        const code = first.text.includes(',') ? 'R32-token-list' : 'R33-usage-token';
        const reason = 'A prohibition in the words of RSL 1.0; it restricts as much or more.';
        setText(code, first.position, words.join(' '), reason);
      }
    }
  }
}

function wordsOf({ tokens }: Permission): string[] {
  return tokens.map((one) => one.text);
}

/** A prohibition of uses that readers understand all the same, in the words of RSL 1.0. */
function tidyWords({ text }: Permission): string[] {
  return text
    .split(/[\s,]/)
    .filter((word) => word !== '')
    .map((word) => {
      const lower = word.toLowerCase();
      if (word.includes(':')) return word;
      return Object.hasOwn(legacyUsageTokens, lower) ? legacyUsageTokens[lower]! : lower;
    });
}

function repairValues({ payment, legal }: License, setAttribute: SetAttribute, setText: SetText): void {
  const type = payment?.type?.text;
  const now =
    type !== undefined && Object.hasOwn(legacyPaymentTypes, type) ? legacyPaymentTypes[type] : undefined;
  if (payment && now) {
    const reason = `"${quote(type!)}" is called "${now}" now; something is asked either way.`;
    setAttribute('R43-payment-type', payment.position, 'type', now, reason);
  }
  const currency = payment?.amount?.currency;
  const upper = currency?.trim().toUpperCase();
  if (payment?.amount && upper !== undefined && upper !== currency && currencies.has(upper)) {
    setAttribute('R48-currency', payment.amount.position, 'currency', upper, 'Only the spelling changes.');
  }
  for (const one of legal) {
    const word = one.text.toLowerCase();
    if (one.type === 'attestation' && one.text !== word && (word === 'true' || word === 'false')) {
      setText('R58-attestation', one.position, word, 'Only the spelling changes.');
    }
  }
}
