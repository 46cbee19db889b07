import { decodeUtf8, sha256, toHex } from '../bytes.ts';
import { canonicalBytes, canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { type DocumentKind, openDocument, sealDocument } from '../jws/document.ts';
import type { KeyLookup } from '../jws/open.ts';
import type { DocumentSigner } from '../jws/sign.ts';
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
  webAddress,
} from '../shape.ts';

/**
 * One public signature of a declaration. `checks` are methods beyond the e-mail its owner confirmed; `authority` or `import`
 * among them say that it rests on that instead, `through` who signed for the person.
 */
export type ListedSignature = {
  readonly id: string;
  readonly kind: 'person' | 'organisation';
  readonly name: string;
  readonly craft: string;
  readonly country: string;
  readonly town?: string;
  readonly checks: readonly string[];
  readonly through?: string;
  readonly signedAt: string;
};

/**
 * What the instance signs about its public list: how many people and how many organisations count, how many of each hide
 * their name, and the hashes of the list and of the same list as CSV. Format 1 counted people only; it is not read.
 */
export type SignatureListSeal = {
  readonly format: 'clearway-signatures-2';
  readonly issuer: string;
  readonly declaration: { readonly version: number; readonly sha256: string };
  readonly people: number;
  readonly hiddenPeople: number;
  readonly organisations: number;
  readonly hiddenOrganisations: number;
  readonly listSha256: string;
  readonly csvSha256: string;
  readonly issuedAt: string;
};

/** What is handed on: the list, its seal (a compact JWS) and the key that it says it is signed with. */
export type SignatureListFile = {
  readonly format: 'clearway-signatures-file-2';
  readonly verifierKey: string;
  readonly seal: string;
  readonly signatures: readonly ListedSignature[];
};

/** The format of the seal. */
export const SIGNATURE_LIST_FORMAT = 'clearway-signatures-2';
/** The format of the file. */
export const SIGNATURE_LIST_FILE_FORMAT = 'clearway-signatures-file-2';
/** The longest file that is read, in bytes. */
export const SIGNATURE_LIST_MAX_BYTES = 256 * 1024 * 1024;

const sealShape: Shape<SignatureListSeal> = (value, place) => {
  const seal = object<SignatureListSeal>({
    format: oneOf(SIGNATURE_LIST_FORMAT),
    issuer: webAddress,
    declaration: object<SignatureListSeal['declaration']>({ version: integer(1), sha256: sha256Hex }),
    people: integer(0),
    hiddenPeople: integer(0),
    organisations: integer(0),
    hiddenOrganisations: integer(0),
    listSha256: sha256Hex,
    csvSha256: sha256Hex,
    issuedAt: instant,
  })(value, place);
  if (seal.hiddenPeople > seal.people) miss('/hiddenPeople', 'at most the people');
  if (seal.hiddenOrganisations > seal.organisations)
    miss('/hiddenOrganisations', 'at most the organisations');
  return seal;
};

const kind: DocumentKind<SignatureListSeal> = {
  typ: SIGNATURE_LIST_FORMAT,
  shape: sealShape,
  malformed: 'signatures-malformed',
  maxLength: 10_000,
};

const word = matching(/^[a-z][a-z-]{0,39}$/, 'a word in lower case');
const fileShape = object<SignatureListFile>({
  format: oneOf(SIGNATURE_LIST_FILE_FORMAT),
  verifierKey: text(400),
  seal: text(10_000),
  signatures: list(
    object<ListedSignature>(
      {
        id: matching(/^[\x21-\x7e]{1,200}$/, 'an id'),
        kind: oneOf('person', 'organisation'),
        name: text(1_000),
        craft: word,
        country: matching(/^[A-Z]{2}$/, 'a country of two capitals'),
        town: text(400),
        checks: list(word, { max: 20 }),
        through: text(1_000),
        signedAt: instant,
      },
      { optional: ['town', 'through'] },
    ),
    { max: 10_000_000 },
  ),
});

/**
 * Signs what a public list says about itself. Throws `signatures-malformed`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const seal = { format: 'clearway-signatures-2', issuer: 'https://rights.example',
 *   declaration: { version: 1, sha256: 'a'.repeat(64) }, people: 3, hiddenPeople: 1, organisations: 2,
 *   hiddenOrganisations: 0, listSha256: 'b'.repeat(64), csvSha256: 'c'.repeat(64), issuedAt: '2026-01-31T12:00:00.000Z' }
 * const sealed = await sealSignatureList(seal, { kid: 'd', privateKey: pair.privateKey })
 * (await openSignatureList(sealed, () => pair.publicKey)).people // => 3
 */
export async function sealSignatureList(seal: SignatureListSeal, signer: DocumentSigner): Promise<string> {
  return sealDocument(kind, seal, signer);
}

/**
 * Opens the seal of a list with the instance's keys, got from elsewhere. Throws `sealed-*`, `signatures-malformed`.
 *
 * @example
 * await openSignatureList('a.b.c', () => undefined) // => throws sealed-malformed
 */
export async function openSignatureList(sealed: string, keys: KeyLookup): Promise<SignatureListSeal> {
  return openDocument(kind, sealed, keys);
}

/**
 * Reads the file of a public list; its signature is not looked at. Throws `signatures-malformed` (also for a file that is
 * not canonical), `json-*`, `text-not-well-formed`.
 *
 * @example
 * readSignatureListFile(utf8('{"format":"other"}')) // => throws signatures-malformed
 */
export function readSignatureListFile(bytes: Uint8Array): SignatureListFile {
  if (bytes.length > SIGNATURE_LIST_MAX_BYTES) {
    throw new ProtocolError('json-too-long', `The file has ${bytes.length} bytes.`);
  }
  const content = decodeUtf8(bytes);
  const value = parseStrict(content, { maxLength: SIGNATURE_LIST_MAX_BYTES });
  const file = readShape(fileShape, value, 'signatures-malformed');
  if (canonicalize(value) !== content) {
    throw new ProtocolError('signatures-malformed', 'The file is not in its canonical spelling (RFC 8785).');
  }
  return file;
}

/**
 * The SHA-256, in hexadecimal, of a list: of its canonical JSON.
 *
 * @example
 * (await signatureListHash([])).slice(0, 8) // => '4f53cda1'
 */
export async function signatureListHash(signatures: readonly ListedSignature[]): Promise<string> {
  return toHex(await sha256(canonicalBytes(signatures)));
}
