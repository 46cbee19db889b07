import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { parseStrict, type UsageRecord } from '@clearway/protocol';
import { syncDirectory } from './files.ts';

/** One record as a line: eight hexadecimal digits of CRC-32, a space, JSON. */
export function formatLine(record: UsageRecord): string {
  const json = JSON.stringify(record);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

/** What a journal holds: the records up to the first line that is not whole, and how many bytes they take. */
export interface JournalContents {
  readonly records: readonly UsageRecord[];
  readonly length: number;
}

/** Reads a journal; a line without its end, or whose sum is wrong, and all after it were never made durable. */
export function readJournal(bytes: Buffer): JournalContents {
  const records: UsageRecord[] = [];
  let length = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, length);
    if (end === -1) return { records, length };
    const record = readLine(bytes.toString('utf8', length, end));
    if (!record) return { records, length };
    records.push(record);
    length = end + 1;
  }
}

function readLine(line: string): UsageRecord | undefined {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== crc32(json).toString(16).padStart(8, '0')) return undefined;
  return parseStrict(json) as unknown as UsageRecord;
}

/** A file that grows by whole groups of lines, each on disk before {@link Journal.append} returns. */
export interface Journal {
  append(lines: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens a journal and cuts it to its known length; after a failed write the next one begins where the last good one ended. */
export async function openJournal(path: string, startLength: number): Promise<Journal> {
  const file: FileHandle = await open(path, 'a+', 0o600);
  if (startLength === 0) await syncDirectory(dirname(path));
  let length = startLength;
  let clean = false;
  return {
    async append(lines) {
      if (!clean) await file.truncate(length);
      clean = false;
      const bytes = Buffer.from(lines);
      await file.appendFile(bytes);
      await file.datasync();
      length += bytes.length;
      clean = true;
    },
    close: () => file.close(),
  };
}
