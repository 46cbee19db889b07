import { concat, sha256, toHex, utf8 } from './bytes.ts';
import { ProtocolError } from './problem.ts';

/**
 * The sealed commitment of a model version's name: SHA-256(salt ‖ name in UTF-8, NFC), in hexadecimal. It can be reported
 * before the name is public; salt and name together open it later. `salt` is 32 random bytes. Throws `model-name`.
 *
 * @example
 * (await sealModelName('aurora-2', new Uint8Array(32))).length // => 64
 * await sealModelName('', new Uint8Array(32)) // => throws model-name
 */
export async function sealModelName(name: string, salt: Uint8Array): Promise<string> {
  if (
    name === '' ||
    name.length > 200 ||
    !name.isWellFormed() ||
    /\p{Cc}/u.test(name) ||
    salt.length !== 32
  ) {
    throw new ProtocolError('model-name', 'The name or the salt has not the form asked for.');
  }
  return toHex(await sha256(concat(salt, utf8(name.normalize('NFC')))));
}

/**
 * Whether a commitment is of this name and salt. Throws `model-name`.
 *
 * @example
 * const sealed = await sealModelName('aurora-2', new Uint8Array(32))
 * await checkModelName(sealed, 'aurora-2', new Uint8Array(32)) // => true
 * await checkModelName(sealed, 'aurora-3', new Uint8Array(32)) // => false
 */
export async function checkModelName(sealed: string, name: string, salt: Uint8Array): Promise<boolean> {
  return (await sealModelName(name, salt)) === sealed;
}
