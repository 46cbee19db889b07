import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeUtf8, parseStrict, type Segment, type UsageRecord } from '@clearway/protocol';
import { readIfThere, syncDirectory } from './files.ts';
import { advance, emptyHead, type Head, parseHead } from './head.ts';
import { readJournal } from './journal.ts';

/** Where things lie in a spool. */
export interface SpoolPaths {
  readonly directory: string;
  readonly head: string;
  readonly lock: string;
  /** Sealed and not yet delivered. */
  readonly segments: string;
  /** Delivered. */
  readonly sent: string;
}

export function spoolPaths(directory: string): SpoolPaths {
  return {
    directory,
    head: join(directory, 'head.json'),
    lock: join(directory, 'lock'),
    segments: join(directory, 'segments'),
    sent: join(directory, 'sent'),
  };
}

/** Names sort as numbers do. */
export function segmentName(segment: number): string {
  return `${String(segment).padStart(10, '0')}.jws`;
}

/** A journal is known by its first record and the bundle by which all of its records were decided. */
export function journalName(firstRecord: number, bundle: number): string {
  return `journal-${String(firstRecord).padStart(15, '0')}-${bundle}.jsonl`;
}

/** A journal that was written and not sealed. */
export interface LeftJournal {
  readonly path: string;
  readonly bundle: number;
  /** Bytes up to the end of the last whole line. */
  readonly length: number;
  readonly records: readonly UsageRecord[];
}

/** What a spool held when it was opened. */
export interface Recovered {
  readonly head: Head;
  readonly journals: readonly LeftJournal[];
}

/**
 * Brings a spool into order after whatever ended the last run: segments newer than the head are added to it, journals that were
 * sealed or hold nothing are removed, and the others are read up to their last whole line.
 */
export async function recoverSpool(paths: SpoolPaths): Promise<Recovered> {
  for (const path of [paths.segments, paths.sent]) await mkdir(path, { recursive: true, mode: 0o700 });
  const stored = await readIfThere(paths.head);
  const head = stored ? parseHead(stored.toString()) : emptyHead();
  for (const directory of [paths.sent, paths.segments]) {
    const names = (await readdir(directory)).filter((name) => /^\d{10}\.jws$/.test(name)).sort();
    for (const name of names.filter((each) => each > segmentName(head.segment))) {
      const sealed = await readFile(join(directory, name), 'utf8');
      advance(head, payloadOf(sealed), sealed);
    }
  }
  const journals: LeftJournal[] = [];
  const names = (await readdir(paths.directory)).filter((name) => name.startsWith('journal-')).sort();
  for (const name of names) {
    const path = join(paths.directory, name);
    const bundle = Number(/^journal-\d+-(\d+)\.jsonl$/.exec(name)?.[1]);
    const contents = readJournal(await readFile(path));
    if ((contents.records.at(-1)?.seq ?? 0) <= head.record) await unlink(path);
    else journals.push({ path, bundle, ...contents });
  }
  await syncDirectory(paths.directory);
  return { head, journals };
}

/** The gate wrote and synced this file itself, so its own signature is not asked again. */
function payloadOf(sealed: string): Segment {
  const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url');
  return parseStrict(decodeUtf8(bytes)) as unknown as Segment;
}
