import { writeFileSync } from 'node:fs';
import { check, type RepairChange, repair } from '@clearway/rsl';
import { checkFile } from './check-file.ts';
import type { Answer } from './explain-file.ts';
import { issueLine } from './issue-line.ts';
import { kindOf } from './open-terms.ts';
import type { ReadDocument } from './read-documents.ts';

/** Mends a document of its own. What is no UTF-8, and RSL inside something else, is told and left as it is. */
export function fixFile(file: ReadDocument, out: string | undefined): Answer {
  const { name, body } = file;
  const kind = kindOf(file);
  if (kind !== 'site') {
    const { code, value, lines } = checkFile(file, { as: kind, language: 'en' });
    const what = { page: 'page', feed: 'feed', file: 'file that holds some' }[kind];
    return { code, value, lines: [...lines, `Only a document of its own is mended, and this is a ${what}.`] };
  }
  const isText = isUtf8(body);
  const { text, changes, choices } = isText
    ? repair(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body))
    : { text: '', changes: [], choices: check(body).issues };
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

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
