import type { Pixels } from '@clearway/match';

/** Images of more pixels are not decoded: a small file can claim to be a wall. */
const MAX_PIXELS = 64_000_000;
/** Raster images only; a drawing such as SVG has no pixels of its own and could name other files. */
const DECODED = /^image\/(?:png|jpe?g|pjpeg|webp|tiff|gif|avif)$/;

/** Whether images of this type are compared by their pixels. */
export function isDecodable(mediaType: string): boolean {
  return DECODED.test(mediaType);
}

/** The pixels of an image as `pixelKey` wants them: upright, sRGB, eight bits, with alpha. Undefined when it cannot be read. */
export async function decodeImage(bytes: Uint8Array): Promise<Pixels | undefined> {
  const { default: sharp } = await import('sharp');
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .timeout({ seconds: 60 })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data };
  } catch (error) {
    // libvips throws plain errors about the image; anything else is ours.
    if (error instanceof Error && !(error instanceof TypeError)) return undefined;
    throw error;
  }
}
