import { check } from './check-document.ts';
import { type Issue, issue, quote, withPaths } from './issues.ts';
import type { Content, License, Permission, RslDocument } from './model.ts';
import { isReadable } from './prepare-document.ts';
import { attributeRange, innerRange, outerRange } from './source-ranges.ts';
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
  const text = xml.startsWith('\uFEFF') ? xml.slice(1) : xml;
  const { document, issues } = check(text);
  if (!document) return { text: xml, changes: [], choices: errorsOf(issues) };
  const edits = editsOf(document, text, issues).sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end, after } of edits) {
    out += text.slice(at, start) + after;
    at = end;
  }
  out += text.slice(at);
  const places = withPaths(
    edits.map(({ code, position }) => issue(code, '', position)),
    document.root,
  );
  const changes = edits.map(({ start: _, end: __, ...change }, index) => ({
    ...change,
    path: places[index]!.path,
  }));
  return {
    text: edits.length === 0 ? xml : out,
    changes,
    choices: errorsOf(edits.length === 0 ? issues : check(out).issues),
  };
}

function errorsOf(issues: readonly Issue[]): Issue[] {
  return issues.filter((one) => one.severity === 'error');
}

function editsOf(document: RslDocument, text: string, issues: readonly Issue[]): Edit[] {
  const edits: Edit[] = [];
  function setAttribute(
    code: Issue['code'],
    position: Position,
    name: string,
    value: string | undefined,
    reason: string,
  ): void {
    const range = attributeRange(text, position.offset, name);
    if (!range) return;
    const before = text.slice(range.start, range.end);
    const after = value === undefined ? '' : ` ${name}="${value}"`;
    edits.push({ code, position, before, after, reason, start: range.start, end: range.end });
  }
  function setText(code: Issue['code'], position: Position, after: string, reason: string): void {
    const range = innerRange(text, position.offset);
    if (!range) return;
    const before = text.slice(range.start, range.end);
    edits.push({ code, position, before, after, reason, start: range.start, end: range.end });
  }
  function remove(code: Issue['code'], position: Position, reason: string): void {
    const range = outerRange(text, position.offset);
    if (!range) return;
    const before = text.slice(range.start, range.end);
    edits.push({ code, position, before, after: '', reason, start: range.start, end: range.end });
  }

  const { maxAge } = document;
  if (maxAge !== undefined && issues.some((one) => one.code === 'R9-max-age')) {
    const reason = 'It cannot be read; one day is the shortest time a document can name.';
    setAttribute('R9-max-age', document.position, 'max-age', '1', reason);
  }
  for (const holder of [document, ...document.contents]) {
    for (const name of inventedAttributes) {
      const known = issues.some(
        (one) => one.code === 'R7-unknown-attribute' && one.position === holder.position,
      );
      if (known)
        setAttribute('R7-unknown-attribute', holder.position, name, undefined, 'RSL has no such name.');
    }
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

function repairContent({ encrypted, server, lastmod, position }: Content, setAttribute: SetAttribute): void {
  const word = encrypted?.trim().toLowerCase();
  if (server !== undefined && encrypted !== 'true' && (word === 'true' || word === 'yes' || word === '1')) {
    setAttribute('R21-encrypted', position, 'encrypted', 'true', 'Only the spelling changes.');
  }
  if (lastmod !== undefined && /^[-0-9]{10}$/.test(lastmod) && isRfc3339(`${lastmod}T00:00:00Z`)) {
    setAttribute('R23-lastmod', position, 'lastmod', `${lastmod}T00:00:00Z`, 'The day begins at midnight.');
  }
}

function repairLists(
  license: License,
  text: string,
  setText: SetText,
  remove: (code: Issue['code'], position: Position, reason: string) => void,
): void {
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
