import { readFile } from 'node:fs/promises';
import type { Kernel, UploadedFile } from '../../kernel/index.ts';
import { fail } from './problems.ts';

/** Where a picture lies. */
export type LogoFile = Pick<UploadedFile, 'path'>;

export const MAX_LOGO_BYTES = 2_000_000;
/** A small file can claim to be a wall. */
const MAX_PIXELS = 40_000_000;
const [WIDTH, HEIGHT] = [480, 240];

/** How the files that are taken begin: PNG, JPEG, WebP. What else sharp could read, drawings above all, never reaches it. */
function isRaster(bytes: Uint8Array): boolean {
  const begins = Buffer.from(bytes.subarray(0, 12)).toString('hex');
  return /^(?:89504e470d0a1a0a|ffd8ff|52494646.{8}57454250)/.test(begins);
}

/** Draws an uploaded picture again, small, without anything but its pixels, and keeps it. Answers its SHA-256. Throws `logo-unreadable`. */
export async function drawLogo(k: Kernel, file: LogoFile | undefined): Promise<string> {
  const bytes = file && (await readFile(file.path));
  if (!bytes || !isRaster(bytes)) throw fail('logo-unreadable');
  const { default: sharp } = await import('sharp');
  const png = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
    .autoOrient()
    .resize({ width: WIDTH, height: HEIGHT, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ compressionLevel: 9 })
    .timeout({ seconds: 20 })
    .toBuffer()
    .catch((cause: unknown) => {
      throw fail('logo-unreadable', { cause });
    });
  const { sha256 } = await k.blobs.put(inOne(png), MAX_LOGO_BYTES * 4);
  return sha256;
}

async function* inOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
