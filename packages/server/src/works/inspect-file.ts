import { open } from 'node:fs/promises';
import { HEAD_BYTES, judgeFile, TAIL_BYTES } from './media-type.ts';
import { fail } from './problems.ts';

/** The spooled file a person handed over, as far as this module needs it. */
export type HandedFile = {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly path: string;
  open(): AsyncIterable<Uint8Array>;
};

/**
 * The media type to keep. Reads both ends of the file only, so an archive is never unpacked.
 * Throws `file-missing`, `file-type-mismatch` or `file-polyglot`.
 */
export async function inspectFile(file: HandedFile): Promise<string> {
  if (file.bytes === 0) throw fail('file-missing');
  const handle = await open(file.path, 'r');
  try {
    const tailStart = Math.max(0, file.bytes - TAIL_BYTES);
    const head = await readAt(handle, 0, Math.min(HEAD_BYTES, file.bytes));
    const tail = await readAt(handle, tailStart, file.bytes - tailStart);
    const verdict = judgeFile(file.mediaType, head, tail);
    if ('code' in verdict) throw fail(verdict.code, { detail: verdict.detail });
    return verdict.mediaType;
  } finally {
    await handle.close();
  }
}

async function readAt(handle: Awaited<ReturnType<typeof open>>, position: number, length: number) {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

const MAX_NAME = 200;

/** A file name that can be shown and offered again: the last part of a path, one line, nothing invisible. */
export function safeFilename(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{C}\p{Zl}\p{Zp}"]/gu, '').trim();
  const letters = [...clean];
  if (letters.length <= MAX_NAME) return clean === '' ? 'work' : clean;
  return `${letters.slice(0, MAX_NAME - 20).join('')}…${letters.slice(-19).join('')}`;
}
