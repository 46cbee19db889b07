/** Reads single files out of a ZIP archive in memory: stored or deflated, no encryption, no ZIP64. */
export interface ZipReader {
  readonly names: readonly string[];
  /** Undefined when it is not there, is packed in another way, is damaged, or holds more than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array | undefined>;
}

const endRecord = 0x06054b50;
const centralRecord = 0x02014b50;
const localRecord = 0x04034b50;
const maxFiles = 20_000;

interface Entry {
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly at: number;
}

/** Reads the list of files (PKWARE APPNOTE 4.3.12); undefined when the bytes are no ZIP archive. */
export function zipReader(bytes: Uint8Array): ZipReader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const entries = new Map<string, Entry>();
  const count = Math.min(view.getUint16(end + 10, true), maxFiles);
  for (let at = view.getUint32(end + 16, true), index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== centralRecord) break;
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    entries.set(name, {
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: view.getUint32(at + 20, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { names: [...entries.keys()], read };

  async function read(name: string, maxBytes: number): Promise<Uint8Array | undefined> {
    const entry = entries.get(name);
    if (!entry || entry.encrypted || entry.at + 30 > bytes.length) return undefined;
    if (view.getUint32(entry.at, true) !== localRecord) return undefined;
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    const packed = bytes.subarray(from, from + entry.packed);
    if (entry.method === 0) return packed.length <= maxBytes ? packed : undefined;
    return entry.method === 8 ? inflate(packed, 'deflate-raw', maxBytes) : undefined;
  }
}

/** Unpacks; undefined when it is damaged or grows beyond `maxBytes`. */
export async function inflate(
  packed: Uint8Array,
  format: 'deflate' | 'deflate-raw',
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  const stream = new Blob([Uint8Array.from(packed)]).stream().pipeThrough(new DecompressionStream(format));
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      length += part.value.length;
      if (length > maxBytes) {
        await reader.cancel();
        return undefined;
      }
      parts.push(part.value);
    }
  } catch (error) {
    // What decompression throws for damaged bytes.
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** The end record lies before a comment of at most 64 KiB. */
function endOf(view: DataView): number | undefined {
  const least = Math.max(view.byteLength - 22 - 0xffff, 0);
  for (let at = view.byteLength - 22; at >= least; at -= 1)
    if (view.getUint32(at, true) === endRecord) return at;
  return undefined;
}
