import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A data directory already belongs to a living process. */
export class DirectoryInUse extends Error {
  readonly code = 'data-directory-in-use';
  readonly pid: number;

  constructor(directory: string, pid: number) {
    super(
      `The data directory ${directory} is in use by process ${pid}. Stop that process, or choose another directory with --data.`,
    );
    this.pid = pid;
  }
}

type Holder = { pid: number; started: string };

/** Start time of a process in clock ticks: with it a recycled process number is not taken for the old holder. */
function startedAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** The living process that holds the directory, if any. */
export function holderOf(directory: string): number | undefined {
  try {
    const holder = JSON.parse(readFileSync(join(directory, 'clearway.lock'), 'utf8')) as Holder;
    return startedAt(holder.pid) === holder.started ? holder.pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the directory for this process; answers a function that gives it back.
 * Throws `DirectoryInUse` while another living process holds it; a dead holder's lock is replaced.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'clearway.lock');
  const mine: Holder = { pid: process.pid, started: startedAt(process.pid) ?? '' };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        // link() fails when the name exists: of two processes exactly one succeeds.
        linkSync(draft, path);
        return () => rmSync(path, { force: true });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const pid = holderOf(directory);
        if (pid !== undefined) throw new DirectoryInUse(directory, pid);
        rmSync(path, { force: true });
      }
    }
    throw new DirectoryInUse(directory, holderOf(directory) ?? 0);
  } finally {
    unlinkSync(draft);
  }
}
