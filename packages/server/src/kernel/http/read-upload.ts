import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { failCommon } from './common-problems.ts';
import { Detour, Problem } from './problem.ts';
import type { HttpContext } from './router.ts';

/** A file that arrived, lying in the spool until `discard`. */
export type UploadedFile = {
  readonly filename: string;
  /** As declared by the sender; not to be trusted. */
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly path: string;
  open(): AsyncIterable<Uint8Array>;
};

export type Upload = {
  readonly fields: { readonly [name: string]: string | string[] };
  /** Undefined when no file was chosen. */
  readonly file: UploadedFile | undefined;
  /** All files, in the order in which they came. */
  readonly files: readonly UploadedFile[];
  /** Removes what was spooled. Call it always, also after an error. */
  discard(): Promise<void>;
};

const MAX_FIELDS = 200;
const MAX_FIELD_BYTES = 100_000;

/**
 * Streams a multipart form with at most one file, or `maxFiles`, to the spool: never more than a piece of it in memory.
 * `maxBytes` holds for all files together. Problems: `body-too-large` (413; reading stops there), `malformed-body` (400).
 */
export async function readUpload(
  c: HttpContext,
  options: { maxBytes: number; maxFiles?: number },
): Promise<Upload> {
  const { site, ids } = c.get('k');
  const declared = Number(c.req.header('Content-Length') ?? 0);
  const { maxFiles = 1 } = options;
  const room = (MAX_FIELDS + maxFiles) * 1_000 + MAX_FIELD_BYTES;
  if (declared > options.maxBytes + room) throw tooLarge(options.maxBytes);
  // Behind an Idempotency-Key the body has been read already and is kept.
  const body = c.req.raw.bodyUsed ? new Response(await c.req.arrayBuffer()).body : c.req.raw.body;
  if (!body || !(c.req.header('Content-Type') ?? '').startsWith('multipart/form-data'))
    throw failCommon('malformed-body');

  mkdirSync(site.spoolDirectory, { recursive: true, mode: 0o700 });
  const spooled: string[] = [];
  const discard = async () => {
    await Promise.all(spooled.map((path) => rm(path, { force: true })));
  };
  const fields: { [name: string]: string | string[] } = Object.create(null);
  const files: (UploadedFile | undefined)[] = [];
  let total = 0;
  const writing: Promise<void>[] = [];
  let refused: Error | undefined;
  try {
    const parser = busboy({
      headers: { 'content-type': c.req.header('Content-Type') ?? '' },
      limits: {
        files: maxFiles,
        fileSize: options.maxBytes,
        fields: MAX_FIELDS,
        fieldSize: MAX_FIELD_BYTES,
        parts: MAX_FIELDS + maxFiles,
      },
      defParamCharset: 'utf8',
    });
    const refuse = (error: Error) => {
      refused ??= error;
      parser.destroy(refused);
    };
    parser.on('field', (name, value, info) => {
      if (info.valueTruncated) return refuse(tooLarge(MAX_FIELD_BYTES));
      const before = fields[name];
      fields[name] =
        before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
    });
    for (const limit of ['filesLimit', 'fieldsLimit', 'partsLimit'] as const) {
      parser.on(limit, () => refuse(failCommon('malformed-body', { detail: limit })));
    }
    parser.on('file', (_name, stream, info) => {
      const hash = createHash('sha256');
      const place = spooled.length;
      const path = join(site.spoolDirectory, `upload-${ids.id()}`);
      spooled.push(path);
      let bytes = 0;
      const count = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          bytes += chunk.length;
          total += chunk.length;
          if (total > options.maxBytes) refuse(tooLarge(options.maxBytes));
          done(null, chunk);
        },
      });
      stream.once('limit', () => refuse(tooLarge(options.maxBytes)));
      const written = pipeline(stream, count, createWriteStream(path, { mode: 0o600 })).then(() => {
        // Browsers send an empty part when no file was chosen.
        if (bytes === 0 && !info.filename) return;
        const opened = () => createReadStream(path);
        files[place] = {
          filename: info.filename ?? '',
          mediaType: info.mimeType,
          bytes,
          sha256: hash.digest('hex'),
          path,
          open: opened,
        };
      });
      // The first reason is reported below; this one only must not go unhandled.
      written.catch(() => undefined);
      writing.push(written);
    });
    await pipeline(Readable.fromWeb(body as import('node:stream/web').ReadableStream), parser);
    await Promise.all(writing);
  } catch (error) {
    await Promise.allSettled(writing);
    await discard();
    throw refused ?? failCommon('malformed-body', { cause: error });
  }
  c.set('uploadFields', { ...fields });
  try {
    await c.get('formGuard')?.(fields);
  } catch (error) {
    await discard();
    throw error instanceof Problem ? new Detour(error) : error;
  }
  for (const name of Object.keys(fields)) if (name.startsWith('_')) delete fields[name];
  const arrived = files.filter((file) => file !== undefined);
  return { fields, file: arrived[0], files: arrived, discard };
}

function tooLarge(maxBytes: number) {
  return failCommon('body-too-large', { detail: `${maxBytes} bytes` });
}
