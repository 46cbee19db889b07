/** How an item is looked at. `other` is compared byte for byte only, as everything else is too. */
export type ItemKind = 'text' | 'html' | 'image' | 'audio' | 'other';

/** One thing of a dataset that is compared with the registry. */
export type ScanItem = {
  /** The file of the dataset, relative to what was named, with `/`. */
  readonly input: string;
  /** Where in that file; empty for the file as a whole. */
  readonly item: string;
  readonly kind: ItemKind;
  readonly content: Uint8Array | LargeContent;
};

/** Content that is read in pieces because it is too large to be held. */
export type LargeContent = { readonly length: number; pieces(): AsyncIterable<Uint8Array> };

/** Why something of a dataset was not looked at. */
export const FAULTS = {
  'file-unreadable': 'The file cannot be read. Look at its permissions and whether it is still there.',
  'file-damaged':
    'The packed file is damaged or cut off; what came before was looked at. Copy it again from where it came.',
  'file-too-large': 'The file is larger than 1 GiB and no plain text; only its bytes were compared.',
  'line-too-long': 'A line is longer than 64 MiB. Split the document.',
  'line-too-costly':
    'A line of JSON nests so much that reading it takes too much memory. Store the text without what is around it.',
  'line-not-json': 'A line is not JSON. Repair or remove it.',
  'line-not-utf8': 'A line is not UTF-8. Convert the file.',
  'field-missing': 'A line has none of the text fields. Name yours with --text-field.',
  'no-text-field': 'No column holds text or files. Name yours with --text-field or --bytes-field.',
  'parquet-unreadable': 'The Parquet file is damaged or cut off. Copy it again from where it came.',
  'parquet-lying':
    'The Parquet file says something else than it holds. Write it again with the tool that made it.',
  'parquet-row-group-too-large':
    'A row group holds more than 1 GiB of text or files. Write smaller row groups.',
  'parquet-too-costly':
    'Reading a part of the Parquet file took more time or memory than its size explains. It is damaged or made to do harm: copy it again, or write it again with the tool that made it.',
  'image-unreadable': 'The picture cannot be decoded; only its bytes were compared.',
  'audio-unreadable': 'The recording is damaged; only its bytes were compared.',
} as const;
export type FaultCode = keyof typeof FAULTS;

export type ScanFault = {
  readonly input: string;
  readonly item: string;
  readonly code: FaultCode;
  readonly detail: string;
};

/** What a reader hands over, in the order of the dataset; `position` counts items of one input from 0. */
export type Reading = { readonly position: number } & (
  | { readonly item: ScanItem }
  | { readonly fault: ScanFault }
);

/** A file of the dataset. `name` is what results call it. */
export type ScanInput = { readonly path: string; readonly name: string; readonly bytes: number };

/** What reading one part of a dataset may take. */
export type ReadLimits = {
  /** Files up to this size are held whole; longer texts are read in pieces. */
  readonly wholeBytes: number;
  /** Time for decoding a row group: so long, and so long more per megabyte. */
  readonly groupMs: number;
  readonly groupMsPerMb: number;
  /** Memory beyond what the process had before, while a Parquet file is open. */
  readonly groupMemoryBytes: number;
};

export const READ_LIMITS: ReadLimits = {
  wholeBytes: 1024 ** 3,
  groupMs: 20_000,
  groupMsPerMb: 500,
  groupMemoryBytes: 6 * 1024 ** 3,
};

/** Which fields of a record hold text and which hold files; empty: the usual names. */
export type Fields = { readonly text: readonly string[]; readonly bytes: readonly string[] };

export const USUAL_TEXT_FIELDS = ['text', 'content', 'body', 'document', 'raw_content', 'markdown', 'html'];
export const USUAL_BYTES_FIELDS = ['image', 'audio', 'bytes', 'jpg', 'png', 'webp', 'wav', 'flac', 'mp3'];

const ENDINGS: { readonly [ending: string]: ItemKind } = {
  ...Object.fromEntries(
    ['txt', 'text', 'md', 'markdown', 'rst', 'tex', 'srt', 'vtt'].map((e) => [e, 'text']),
  ),
  ...Object.fromEntries(['html', 'htm', 'xhtml'].map((e) => [e, 'html'])),
  ...Object.fromEntries(
    ['jpg', 'jpeg', 'png', 'webp', 'gif', 'avif', 'tif', 'tiff'].map((e) => [e, 'image']),
  ),
  ...Object.fromEntries(['wav', 'flac', 'mp3', 'ogg', 'opus', 'm4a'].map((e) => [e, 'audio'])),
};

/** By the name's ending; without a known one by the first bytes. */
export function kindOf(name: string, head: Uint8Array): ItemKind {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase();
  return (ending && ENDINGS[ending]) || kindOfBytes(head);
}

const MAGIC: readonly (readonly [string, ItemKind])[] = [
  ['89504e470d0a1a0a', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['664c6143', 'audio'],
  ['4f676753', 'audio'],
  ['494433', 'audio'],
  ['fffb', 'audio'],
  ['fff3', 'audio'],
];

/** Files of the MPEG-4 family say after `ftyp` what they hold. */
const BRANDS: { readonly [brand: string]: ItemKind } = {
  [Buffer.from('avif').toString('hex')]: 'image',
  [Buffer.from('avis').toString('hex')]: 'image',
  [Buffer.from('M4A ').toString('hex')]: 'audio',
};

/** What bytes without a name are: by their magic number, else text where they are UTF-8 without NUL. */
export function kindOfBytes(head: Uint8Array): ItemKind {
  const hex = Buffer.from(head.subarray(0, 12)).toString('hex');
  const known = MAGIC.find(([magic]) => hex.startsWith(magic));
  if (known) return known[1];
  if (hex.startsWith('52494646')) return hex.slice(16) === '57415645' ? 'audio' : 'image';
  if (hex.slice(8, 16) === '66747970') return BRANDS[hex.slice(16)] ?? 'other';
  return isText(head.subarray(0, 4096)) ? 'text' : 'other';
}

function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  // A character may be cut at the end of the head.
  for (let cut = 0; cut < 4 && cut <= bytes.length; cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, bytes.length - cut));
      return bytes.length > 0;
    } catch {}
  }
  return false;
}
