import { type Kernel, type Locale, Problem } from '../kernel/index.ts';
import type { Party } from '../parties/index.ts';
import type { Facts } from './input.ts';
import { type HandedFile, safeFilename } from './inspect-file.ts';
import { registerWork } from './register-work.ts';
import { selectSameBytes } from './store.ts';

/** So many files go in one form; with scripts they go one by one. */
export const MAX_FILES = 500;

/** What became of one file. `known`: the party registered these bytes before. */
export type FileOutcome =
  | { readonly filename: string; readonly outcome: 'registered' | 'known'; readonly workId: string }
  | { readonly filename: string; readonly outcome: 'refused'; readonly problem: Problem };

type Many = {
  readonly party: Pick<Party, 'id' | 'name'>;
  readonly actor: string;
  readonly locale: Locale;
  /** What all of them share. */
  readonly facts: Omit<Facts, 'title' | 'identifiers'>;
  readonly files: readonly HandedFile[];
};

/**
 * Registers each file as a work of its own, held by the party alone, with the file's name as title. Each is registered
 * or refused for itself, so a broken one among many stops none of the others; doing it again registers nothing twice.
 */
export async function registerMany(k: Kernel, { files, facts, ...who }: Many): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const file of files) {
    const filename = safeFilename(file.filename);
    const about = { ...facts, title: titleOf(filename), identifiers: [] };
    try {
      const source = { kind: 'file', file } as const;
      const { work } = await registerWork(k, { ...who, facts: about, source, holders: [] });
      outcomes.push({ filename, outcome: 'registered', workId: work.id });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      const workId = problem.code === 'work-already-registered' ? problem.fields.workId : undefined;
      outcomes.push(
        typeof workId === 'string'
          ? { filename, outcome: 'known', workId }
          : { filename, outcome: 'refused', problem },
      );
    }
  }
  return outcomes;
}

/** Which of these bytes the party has registered: SHA-256 → work. So that going on after a break sends nothing twice. */
export async function knownBytes(
  k: Kernel,
  { partyId, sha256s }: { partyId: string; sha256s: readonly string[] },
): Promise<Map<string, string>> {
  const same = await selectSameBytes(k.db, sha256s);
  return new Map(
    same.filter(({ registrantId }) => registrantId === partyId).map(({ sha256, workId }) => [sha256, workId]),
  );
}

/** A file's name without its ending, with the signs of file names turned into spaces. */
export function titleOf(filename: string): string {
  const bare = filename.replace(/\.[\p{L}\p{N}]{1,8}$/u, '');
  const words = bare.replace(/[_\s]+/gu, ' ').trim();
  return words === '' ? filename : words;
}
