import {
  type ExactKey,
  encodePrint,
  exactKeys,
  MatchError,
  printText,
  readableText,
  type TextPrint,
} from '@clearway/match';
import { enqueue, type Kernel } from '../kernel/index.ts';
import { decodeImage, isDecodable } from './decode-image.ts';
import type { Manifestation } from './model.ts';
import { selectManifestations } from './store.ts';
import { selectFingerprinted, selectUnfingerprinted, upsertFingerprint } from './store-fingerprints.ts';

/** Raise it when fingerprints come out differently; all are then made again. */
export const ALGORITHM = 1;
/** The job that fingerprints the files of a work. */
export const FINGERPRINT_JOB = 'works.fingerprint';
/** Larger files are recognised by their bytes only. */
const MAX_BYTES = 256_000_000;

/** What is recognised of a file beside its bytes. */
export type FileFingerprint = {
  readonly keys: readonly ExactKey[];
  readonly print: TextPrint | undefined;
  /** A code: why nothing could be made of the content. */
  readonly problem: string | undefined;
};

/** Sees to it that the files of a work are fingerprinted soon. */
export async function queueFingerprint(t: Kernel, workId: string): Promise<void> {
  await enqueue(t, { kind: FINGERPRINT_JOB, payload: { workId }, dedupKey: `${workId}:${ALGORITHM}` });
}

/** Queues every work whose files were never fingerprinted, or in an older way. */
export async function fingerprintMissing(t: Kernel): Promise<void> {
  for (const workId of await selectUnfingerprinted(t.db, ALGORITHM)) await queueFingerprint(t, workId);
}

/** Fingerprints the files of a work that have none of this algorithm; `finish` stores them in one transaction. */
export async function fingerprintFiles(
  k: Kernel,
  workId: string,
  finish: (effects: (t: Kernel) => Promise<void>) => Promise<void>,
): Promise<void> {
  const known = await selectFingerprinted(k.db, workId, ALGORITHM);
  const made: { file: Manifestation; fingerprint: FileFingerprint }[] = [];
  for (const file of await selectManifestations(k.db, workId)) {
    if (file.kind !== 'file' || file.sha256 === null || known.includes(file.id)) continue;
    made.push({ file, fingerprint: await fingerprintFile(k, file) });
  }
  await finish(async (t) => {
    for (const { file, fingerprint } of made) {
      await upsertFingerprint(t.db, {
        manifestationId: file.id,
        algorithm: ALGORITHM,
        keys: fingerprint.keys,
        textWords: fingerprint.print?.words ?? null,
        textPrint: fingerprint.print ? encodePrint(fingerprint.print) : null,
        problem: fingerprint.problem ?? null,
        madeAt: t.clock.now(),
      });
    }
  });
}

async function fingerprintFile(k: Kernel, file: Manifestation): Promise<FileFingerprint> {
  const none = { keys: [], print: undefined, problem: undefined };
  const mediaType = file.mediaType ?? '';
  if (!/^(?:text|image|audio)\//.test(mediaType)) return none;
  if ((file.bytes ?? 0n) > BigInt(MAX_BYTES)) return { ...none, problem: 'too-large' };
  const content = await k.blobs.get(file.sha256!);
  if (!content) return { ...none, problem: 'file-gone' };
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return fingerprintBytes(Buffer.concat(pieces), mediaType);
}

/** What is recognised of a file of text, an image or a recording. A file that cannot be read keeps the hash of its bytes. */
export async function fingerprintBytes(bytes: Uint8Array, mediaType: string): Promise<FileFingerprint> {
  const decodable = isDecodable(mediaType);
  const pixels = decodable ? await decodeImage(bytes) : undefined;
  if (decodable && !pixels) return { keys: [], print: undefined, problem: 'image-unreadable' };
  const print = mediaType.startsWith('text/') ? printText(readableText(bytes, mediaType)) : undefined;
  try {
    // The hash of the bytes is with the manifestation, that of the words in the print.
    const all = print ? [] : exactKeys(bytes, { mediaType, ...(pixels && { pixels }) });
    return { keys: all.filter(({ kind }) => kind !== 'bytes'), print, problem: undefined };
  } catch (error) {
    if (error instanceof MatchError) return { keys: [], print: undefined, problem: error.code };
    throw error;
  }
}
