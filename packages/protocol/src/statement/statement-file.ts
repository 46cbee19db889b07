import { decodeUtf8, sha256, toHex } from '../bytes.ts';
import { canonicalBytes, canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { ProtocolError } from '../problem.ts';
import {
  instant,
  integer,
  list,
  matching,
  miss,
  object,
  oneOf,
  readShape,
  type Shape,
  sha256Hex,
  text,
} from '../shape.ts';

/**
 * One counted use: a record of a gate, a line of a report, or the agreement of a flat price. `sha256` is of the document
 * that says so: the gate's segment, the report, the license.
 */
export type UsageReference = {
  readonly id: string;
  readonly at: string;
  readonly units: number;
  readonly path?: string;
  readonly sha256?: string;
};

/**
 * What a payee downloads: the sealed statement, the key it says it is signed with, and for each line that pays for usage
 * the references its hash covers, by the line's id.
 */
export type StatementFile = {
  readonly format: 'clearway-statement-file-1';
  readonly verifierKey: string;
  readonly statement: string;
  readonly usage: { readonly [line: string]: readonly UsageReference[] };
};

/** The format of a statement's file. */
export const STATEMENT_FILE_FORMAT = 'clearway-statement-file-1';

/** The longest statement file that is read, in bytes. */
export const STATEMENT_FILE_MAX_BYTES = 64 * 1024 * 1024;

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const reference = object<UsageReference>(
  { id, at: instant, units: integer(1), path: text(2_000), sha256: sha256Hex },
  { optional: ['path', 'sha256'] },
);
const references = list(reference, { max: 1_000_000 });

const usage: Shape<StatementFile['usage']> = (value, place) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return miss(place, 'an object');
  const read: { [line: string]: readonly UsageReference[] } = {};
  for (const [name, one] of Object.entries(value)) {
    const line = id(name, `${place}/${name.slice(0, 50)}`);
    Object.defineProperty(read, line, { value: references(one, `${place}/${line}`), enumerable: true });
  }
  return read;
};

const shape = object<StatementFile>({
  format: oneOf(STATEMENT_FILE_FORMAT),
  verifierKey: text(400),
  statement: text(16 * 1024 * 1024),
  usage,
});

/**
 * The SHA-256, in hexadecimal, of references to counted uses in their order: of their canonical JSON.
 *
 * @example
 * (await usageHash([])).slice(0, 8) // => '4f53cda1'
 */
export async function usageHash(references: readonly UsageReference[]): Promise<string> {
  return toHex(await sha256(canonicalBytes(references)));
}

/**
 * The bytes of a statement file: canonical JSON. Throws `statement-file-malformed`.
 *
 * @example
 * const file = { format: 'clearway-statement-file-1', verifierKey: 'k', statement: 'a.b.c', usage: {} }
 * readStatementFile(writeStatementFile(file)).statement // => 'a.b.c'
 */
export function writeStatementFile(file: StatementFile): Uint8Array {
  return canonicalBytes(readShape(shape, file, 'statement-file-malformed'));
}

/**
 * Reads a statement file; signature and arithmetic are not looked at. Throws `statement-file-malformed` (also for a file
 * that is not canonical), `json-*` (cut off, repeated members, too long), `text-not-well-formed`.
 *
 * @example
 * readStatementFile(utf8('{"format":"other"}')) // => throws statement-file-malformed
 * readStatementFile(utf8('{"usage":{},"usage":{}}')) // => throws json-duplicate-key
 */
export function readStatementFile(bytes: Uint8Array): StatementFile {
  if (bytes.length > STATEMENT_FILE_MAX_BYTES) {
    throw new ProtocolError(
      'json-too-long',
      `The file has ${bytes.length} bytes, over ${STATEMENT_FILE_MAX_BYTES}.`,
    );
  }
  const content = decodeUtf8(bytes);
  const value = parseStrict(content, { maxLength: STATEMENT_FILE_MAX_BYTES });
  const file = readShape(shape, value, 'statement-file-malformed');
  if (canonicalize(value) !== content) {
    throw new ProtocolError(
      'statement-file-malformed',
      'The file is not in its canonical spelling (RFC 8785).',
    );
  }
  return file;
}
