import { writeFileSync } from 'node:fs';
import { check, type RepairChange, repair } from '@clearway/rsl';
import { repairInside } from '@clearway/rsl/find';
import { checkFile } from './check-file.ts';
import type { Answer } from './explain-file.ts';
import { issueLine } from './issue-line.ts';
import { kindOf } from './open-terms.ts';
import type { ReadDocument } from './read-documents.ts';

/**
 * Mends a document of its own, and RSL in a page, a feed or a file of XML, where nothing around it changes. What is no UTF-8,
 * and metadata inside a file of bytes, is told and left as it is: a picture or a PDF counts its bytes.
 */
export function fixFile(file: ReadDocument, out: string | undefined): Answer {
  const { name, body } = file;
  const kind = kindOf(file);
  const isText = isUtf8(body);
  if (kind !== 'site' && !(isText && (kind !== 'file' || isMarkup(body)))) {
    const { code, value, lines } = checkFile(file, { as: kind, language: 'en' });
    const why =
      'Nothing was written: only UTF-8 text is mended here, any other file by the program that wrote it.';
    return { code, value, lines: [...lines, why] };
  }
  const source = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const { text, changes, choices } = !isText
    ? { text: '', changes: [], choices: check(body).issues }
    : kind === 'site'
      ? repair(source)
      : repairInside(source, kind);
  const writes = out !== undefined && isText;
  if (writes) writeFileSync(out, text);
  const said = !writes ? 'Nothing was written' : `Written to ${out}`;
  const hint = out === undefined ? '; name a file with --out.' : '.';
  return {
    code: choices.length === 0 ? 0 : 2,
    value: { file: name, changes, choices, ...(isText && { text }) },
    lines: [
      ...changes.flatMap((one) => changeLines(name, one)),
      ...choices.map((one) => issueLine(name, one)),
      `${changes.length} changes, ${choices.length} for you to decide. ${said}${hint}`,
    ],
  };
}

function changeLines(file: string, { code, path, position, before, after, reason }: RepairChange): string[] {
  return [
    `${file}:${position.line}:${position.column} ${code} ${path}`,
    `- ${before.trim()}\n+ ${after.trim()}\n  ${reason}`,
  ];
}

function isMarkup(body: Uint8Array): boolean {
  return /^\uFEFF?\s*</.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body.subarray(0, 200)));
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
