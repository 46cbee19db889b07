import { concat, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts';
import type { CryptoKey } from './keys.ts';
import { isKeyName, noteKeyId, parseVerifierKey, sign, verify } from './keys.ts';
import { ProtocolError } from './problem.ts';

/** Who signs a note, under which name: with an Ed25519 key at hand, or where the key never leaves its ring, with `sign`. */
export type NoteSigner = { readonly name: string; readonly publicKey: Uint8Array } & (
  | { readonly privateKey: CryptoKey }
  | { readonly sign: (bytes: Uint8Array) => Promise<Uint8Array> }
);

/** A note whose signatures of known keys all hold; unknown ones are not listed. */
export type OpenedNote = {
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly keyId: string }[];
};

const MAX_LENGTH = 65_536;
const MAX_SIGNATURES = 100;
const LINE = /^— ([^ ]+) ([A-Za-z0-9+/]+={0,2})$/;

/**
 * Signs a text as a note (C2SP signed-note): the text, an empty line, one signature line for each signer.
 *
 * The text must end in a newline and have no other control characters. Throws `note-malformed`, `key-name`.
 *
 * @example
 * const pair = await generateKeyPair()
 * const note = await signNote('hello\n', { name: 'example.org/log', ...pair })
 * note.startsWith('hello\n\n— example.org/log ') // => true
 */
export async function signNote(text: string, ...signers: readonly NoteSigner[]): Promise<string> {
  if (!isNoteText(text) || signers.length === 0) {
    throw new ProtocolError('note-malformed', 'The text must end in a newline, and somebody must sign it.');
  }
  const message = utf8(text);
  let note = `${text}\n`;
  for (const signer of signers) {
    const keyId = fromHex(await noteKeyId(signer.name, signer.publicKey));
    const signature = 'sign' in signer ? await signer.sign(message) : await sign(signer.privateKey, message);
    note += `— ${signer.name} ${toBase64(concat(keyId, signature))}\n`;
  }
  return note;
}

/**
 * Opens a signed note with the verifier keys you trust, got from elsewhere.
 *
 * Signatures of unknown keys are ignored; each one of a known key must hold, and at least one must be there.
 * Throws `note-malformed` (also over 65,536 characters or 100 signatures), `note-signature-invalid`,
 * `note-no-known-signature`, and `key-invalid` for a bad verifier key.
 *
 * @example
 * const pair = await generateKeyPair()
 * const note = await signNote('hello\n', { name: 'example.org/log', ...pair })
 * (await openNote(note, [await formatVerifierKey('example.org/log', pair.publicKey)])).text // => 'hello\n'
 * await openNote(note, []) // => throws note-no-known-signature
 */
export async function openNote(note: string, verifierKeys: readonly string[]): Promise<OpenedNote> {
  const { text, lines } = splitNote(note);
  const known = new Map<string, Uint8Array>();
  for (const verifierKey of verifierKeys) {
    const key = await parseVerifierKey(verifierKey);
    known.set(`${key.name} ${key.keyId}`, key.publicKey);
  }
  const signatures: { name: string; keyId: string }[] = [];
  const seen = new Set<string>();
  const message = utf8(text);
  for (const { name, keyId, signature } of lines) {
    const id = `${name} ${keyId}`;
    const publicKey = known.get(id);
    if (publicKey === undefined || seen.has(id)) continue;
    seen.add(id);
    if (!(await verify(publicKey, message, signature))) {
      throw new ProtocolError('note-signature-invalid', `The signature of ${name} does not fit the text.`);
    }
    signatures.push({ name, keyId });
  }
  if (signatures.length === 0) {
    throw new ProtocolError('note-no-known-signature', 'None of the given keys signed this note.');
  }
  return { text, signatures };
}

function splitNote(note: string): {
  text: string;
  lines: { name: string; keyId: string; signature: Uint8Array }[];
} {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  const block = note.slice(split + 2).split('\n');
  const complete = split > 0 && note.length <= MAX_LENGTH && block.pop() === '' && isNoteText(text);
  if (!complete || block.length === 0 || block.length > MAX_SIGNATURES) {
    throw new ProtocolError('note-malformed', 'This is not a text followed by an empty line and signatures.');
  }
  return { text, lines: block.map(readSignatureLine) };
}

function readSignatureLine(line: string): { name: string; keyId: string; signature: Uint8Array } {
  const [, name = '', base64 = ''] = LINE.exec(line) ?? [];
  if (!isKeyName(name)) throw new ProtocolError('note-malformed', 'A signature line is not readable.');
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(base64);
  } catch (cause) {
    throw new ProtocolError('note-malformed', 'A signature is not base64.', { cause });
  }
  if (bytes.length < 5) throw new ProtocolError('note-malformed', 'A signature is too short.');
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

function isNoteText(text: string): boolean {
  if (!text.endsWith('\n') || !text.isWellFormed() || text.length > MAX_LENGTH) return false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return false;
  }
  return true;
}
