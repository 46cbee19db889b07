import type { Project, Violation } from './project.ts';
import { DOMAIN_WORDS, EVERYDAY_WORDS, TECHNICAL_NAMES } from './rules.ts';

const FORBIDDEN = new Set(DOMAIN_WORDS.flatMap((word) => [word, plural(word)]));
const EVERYDAY = new Set(EVERYDAY_WORDS.flatMap((word) => [word, plural(word)]));
const TECHNICAL = new RegExp(TECHNICAL_NAMES.map((name) => `\\b${name}s?\\b`).join('|'), 'gi');

/** The kernel knows databases, jobs and keys; what the house trades in is none of its business. */
export function checkKernelWords(project: Project): Violation[] {
  const violations: Violation[] = [];
  for (const file of project.files) {
    if (file.module !== 'kernel' || file.isTest) continue;
    for (const token of file.tokens) {
      if (token.kind === 'punct' || token.kind === 'number') continue;
      const sentence = token.kind !== 'ident' && /\S\s+\S+\s+\S/.test(token.text);
      for (const word of wordsOf(token.text)) {
        if (!FORBIDDEN.has(word) || (sentence && EVERYDAY.has(word))) continue;
        const message = `"${word}" belongs to a module right of kernel`;
        violations.push({ path: file.path, line: token.line, rule: 'kernel-words', message });
      }
    }
  }
  return violations;
}

/** `claimShares`, `claim_shares` and "claim shares" are two words each, `network` is one. */
export function wordsOf(text: string): string[] {
  return text
    .replace(TECHNICAL, ' ')
    .replace(/\p{Lu}+(?=\p{Lu}\p{Ll})|\p{Ll}(?=\p{Lu})/gu, '$& ')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

function plural(word: string): string {
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}
