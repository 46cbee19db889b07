// What a file is by its first bytes, and whether it is a second thing as well. Containers are never opened.

type Magic = { readonly type: string; readonly at: number; readonly bytes: string };

/** First match wins; `bytes` are Latin-1. */
const MAGIC: readonly Magic[] = [
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 8, bytes: 'WEBP' },
  { type: 'image/tiff', at: 0, bytes: 'II*\0' },
  { type: 'image/tiff', at: 0, bytes: 'MM\0*' },
  { type: 'image/jxl', at: 0, bytes: '\0\0\0\x0cJXL ' },
  { type: 'image/jxl', at: 0, bytes: '\xff\x0a' },
  { type: 'image/avif', at: 4, bytes: 'ftypavif' },
  { type: 'image/heic', at: 4, bytes: 'ftyphe' },
  { type: 'image/heic', at: 4, bytes: 'ftypmif1' },
  { type: 'video/quicktime', at: 4, bytes: 'ftypqt' },
  { type: 'audio/mp4', at: 4, bytes: 'ftypM4A' },
  { type: 'video/mp4', at: 4, bytes: 'ftyp' },
  { type: 'video/webm', at: 0, bytes: '\x1aE\xdf\xa3' },
  { type: 'audio/ogg', at: 0, bytes: 'OggS' },
  { type: 'audio/flac', at: 0, bytes: 'fLaC' },
  { type: 'audio/wav', at: 8, bytes: 'WAVE' },
  { type: 'audio/aiff', at: 8, bytes: 'AIFF' },
  { type: 'audio/aiff', at: 8, bytes: 'AIFC' },
  { type: 'audio/midi', at: 0, bytes: 'MThd' },
  { type: 'audio/mpeg', at: 0, bytes: 'ID3' },
  { type: 'application/pdf', at: 0, bytes: '%PDF-' },
  { type: 'application/epub+zip', at: 30, bytes: 'mimetypeapplication/epub+zip' },
  { type: 'application/zip', at: 0, bytes: 'PK\x03\x04' },
  { type: 'application/zip', at: 0, bytes: 'PK\x05\x06' },
  { type: 'application/gzip', at: 0, bytes: '\x1f\x8b\x08' },
  { type: 'application/x-7z-compressed', at: 0, bytes: "7z\xbc\xaf'\x1c" },
  { type: 'application/vnd.rar', at: 0, bytes: 'Rar!\x1a\x07' },
  { type: 'application/wasm', at: 0, bytes: '\0asm' },
  { type: 'application/x-elf', at: 0, bytes: '\x7fELF' },
  { type: 'application/vnd.microsoft.portable-executable', at: 0, bytes: 'MZ' },
];

/** Families whose members cannot be told apart by the first bytes, or are called differently by different programs. */
const FAMILIES: readonly (readonly string[])[] = [
  ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  ['image/avif', 'image/heic', 'image/heif'],
  ['audio/mpeg', 'audio/mp3', 'audio/x-mp3', 'audio/x-mpeg'],
  ['audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'],
  ['audio/flac', 'audio/x-flac'],
  ['audio/aiff', 'audio/x-aiff'],
  ['audio/midi', 'audio/mid', 'audio/x-midi', 'audio/sp-midi'],
  ['audio/ogg', 'video/ogg', 'application/ogg', 'audio/opus', 'audio/vorbis'],
  ['audio/mp4', 'video/mp4', 'video/quicktime', 'audio/x-m4a', 'audio/m4a', 'video/x-m4v', 'audio/aac'],
  ['video/webm', 'audio/webm', 'video/x-matroska', 'audio/x-matroska'],
  ['application/gzip', 'application/x-gzip'],
  ['application/zip', 'application/x-zip-compressed', 'application/x-zip'],
  [
    'application/vnd.rar',
    'application/x-rar-compressed',
    'application/x-cbr',
    'application/vnd.comicbook-rar',
  ],
  ['application/vnd.microsoft.portable-executable', 'application/x-msdownload', 'application/x-dosexec'],
];

/** Formats that are ZIP archives inside and are declared by their own name. */
const ZIP_BASED =
  /^application\/(?:epub\+zip|x-cbz|java-archive|vnd\.(?:comicbook\+zip|openxmlformats-officedocument\..+|oasis\.opendocument\..+|recordare\.musicxml|apple\..+))$/;
const TEXTUAL =
  /^(?:text\/.+|image\/svg\+xml|application\/(?:.*[+-])?(?:xml|json|javascript|rtf|x-tex|x-sh|sql|yaml)|message\/rfc822)$/;
const UNSAID = ['', 'application/octet-stream', 'binary/octet-stream'];

/** Markup and scripts that have no business at the start of a picture, a sound or an archive. */
const MARKUP = /<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|script[\s>]|iframe[\s>]|svg[\s>]|\?php)/i;

/** How many bytes from each end the rules look at. An end record of a ZIP lies in the last 65,557. */
export const HEAD_BYTES = 4_096;
export const TAIL_BYTES = 65_557;

/** The media type by content: a known magic number, `text/plain` for text, undefined for anything else. */
export function sniffMediaType(head: Uint8Array): string | undefined {
  const start = latin1(head);
  const text = isText(head);
  // A poem may begin with "MZ"; what two or three letters announce is never plain text.
  const known = MAGIC.find(
    ({ at, bytes }) => start.startsWith(bytes, at) && !(text && /^[A-Z0-9]{1,3}$/.test(bytes)),
  );
  if (known) return known.type;
  // An MPEG audio frame: eleven set bits, a layer, a bitrate and a sampling rate that exist.
  const [first = 0, second = 0, third = 0] = head;
  if (first === 0xff && (second & 0xe6) > 0xe0 && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c)
    return 'audio/mpeg';
  return text ? 'text/plain' : undefined;
}

/** Why a file is not taken, or the media type to keep. */
export type FileVerdict =
  | { readonly mediaType: string }
  | { readonly code: 'file-type-mismatch' | 'file-polyglot'; readonly detail: string };

/**
 * Compares what a file says it is with what it is. `head` and `tail` are its first `HEAD_BYTES` and last
 * `TAIL_BYTES`; nothing else is looked at and nothing is unpacked.
 */
export function judgeFile(declaredType: string, head: Uint8Array, tail: Uint8Array): FileVerdict {
  const declared = (declaredType.split(';')[0] ?? '').trim().toLowerCase();
  const found = sniffMediaType(head);
  const second = found && secondNature(found, head, tail);
  if (second) return { code: 'file-polyglot', detail: `${found} + ${second}` };
  if (UNSAID.includes(declared)) return { mediaType: found ?? 'application/octet-stream' };
  if (found === undefined) {
    const recognisable =
      MAGIC.some(({ type }) => sameFamily(type, declared)) ||
      TEXTUAL.test(declared) ||
      ZIP_BASED.test(declared);
    return recognisable ? { code: 'file-type-mismatch', detail: `${declared} ≠ ?` } : { mediaType: declared };
  }
  const fits =
    sameFamily(found, declared) ||
    (found === 'text/plain' &&
      !MAGIC.some(({ type }) => type === declared) &&
      !/^(?:audio|video)\//.test(declared)) ||
    (ZIP_BASED.test(declared) && (found === 'application/zip' || found === declared)) ||
    (found === 'application/epub+zip' && sameFamily('application/zip', declared));
  return fits ? { mediaType: declared } : { code: 'file-type-mismatch', detail: `${declared} ≠ ${found}` };
}

function secondNature(found: string, head: Uint8Array, tail: Uint8Array): string | undefined {
  const zip = found === 'application/zip' || found === 'application/epub+zip';
  if (!zip && endsAsZip(tail)) return 'application/zip';
  if (found === 'text/plain') return undefined;
  const start = latin1(head);
  if (found !== 'application/pdf' && start.slice(0, 1_024).includes('%PDF-')) return 'application/pdf';
  // The first file of an archive may well be a page, stored as it is.
  if (!zip && MARKUP.test(start)) return 'text/html';
  return undefined;
}

/** An end-of-central-directory record (APPNOTE 4.3.16) that ends the file or points at a directory before it. */
function endsAsZip(tail: Uint8Array): boolean {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue;
    if (at + 22 + view.getUint16(at + 20, true) === tail.length) return true;
    const directory = at - view.getUint32(at + 12, true);
    if (directory >= 0 && directory < at && view.getUint32(directory, true) === 0x02014b50) return true;
  }
  return false;
}

function sameFamily(one: string, other: string): boolean {
  return one === other || FAMILIES.some((family) => family.includes(one) && family.includes(other));
}

function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  // A byte order mark of UTF-16, the only text with zero bytes.
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  const control = head.filter((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte)).length;
  return control === 0;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
