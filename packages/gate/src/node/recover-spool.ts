import { mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeUtf8, fromBase64, parseStrict, type Segment, type UsageRecord } from '@clearway/protocol';
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

export function journalName(segment: number, bundle: number): string {
  return `journal-${String(segment).padStart(10, '0')}-${bundle}.jsonl`;
}

/** What a spool held when it was opened. */
export interface Recovered {
  readonly head: Head;
  /** The journal of the segment that was forming, if one was. */
  readonly journal?: {
    readonly path: string;
    readonly bundle: number;
    readonly length: number;
    readonly records: readonly UsageRecord[];
  };
}

/**
 * Brings a spool into order after whatever ended the last run: a segment that was sealed but not yet noted is noted, its
 * journal removed, and the journal that was being written is read up to its last whole line.
 */
export async function recoverSpool(paths: SpoolPaths): Promise<Recovered> {
  for (const path of [paths.segments, paths.sent]) await mkdir(path, { recursive: true, mode: 0o700 });
  const stored = await readIfThere(paths.head);
  const head = stored ? parseHead(stored.toString()) : emptyHead();
  for (const directory of [paths.sent, paths.segments]) {
    const names = (await readdir(directory)).filter((name) => /^\d{10}\.jws$/.test(name)).sort();
    for (const name of names.filter((each) => each > segmentName(head.segment))) {
      await advance(head, payloadOf(await readFile(join(directory, name), 'utf8')));
    }
  }
  const recovered = await recoverJournal(paths, head);
  await syncDirectory(paths.directory);
  return recovered;
}

async function recoverJournal(paths: SpoolPaths, head: Head): Promise<Recovered> {
  const names = (await readdir(paths.directory)).filter((name) => name.startsWith('journal-')).sort();
  let journal: Recovered['journal'];
  for (const name of names) {
    const path = join(paths.directory, name);
    const [, segment = 0, bundle = 0] = (/^journal-(\d+)-(\d+)\.jsonl$/.exec(name) ?? []).map(Number);
    if (segment <= head.segment) await unlink(path);
    else journal = { path, bundle, ...readJournal(await readFile(path)) };
  }
  return { head, ...(journal ? { journal } : {}) };
}

/** The gate wrote and synced this file itself, so its own signature is not asked again. */
function payloadOf(sealed: string): Segment {
  const base64 = (sealed.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const bytes = fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
  return parseStrict(decodeUtf8(bytes)) as unknown as Segment;
}
