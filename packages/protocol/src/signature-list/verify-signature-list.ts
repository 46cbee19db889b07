import { attempt, keyNamed, openChecks, Refusal, unwrap } from '../checking.ts';
import { fingerprint, parseVerifierKey } from '../keys.ts';
import type { FolderVerdict } from '../proof-folder/verify-folder.ts';
import {
  openSignatureList,
  readSignatureListFile,
  type SignatureListSeal,
  signatureListHash,
} from './signature-list.ts';

/** What was checked, as of a proof folder, and what was signed about the list where that holds. */
export type SignatureListVerdict = FolderVerdict & { readonly seal?: SignatureListSeal };

/**
 * Verifies the file of a public list of signatures, offline: who signed it, and that names and numbers are those that were
 * signed. `key` is the line the instance publishes for documents, got elsewhere; of several lines the one of the name in
 * the file counts. Checks, in order: `key`, `file`, `signature`, `list`, `people`, `organisations`; the last two are sums of
 * their own. A bad file never throws.
 *
 * @example
 * (await verifySignatureList(utf8('{}'))).ok // => false
 */
export async function verifySignatureList(
  bytes: Uint8Array,
  options: { readonly key?: string | undefined } = {},
): Promise<SignatureListVerdict> {
  const { checks, check } = openChecks();
  const read = await attempt(async () => readSignatureListFile(bytes));
  const named = read.ok ? read.value.verifierKey : '';
  const keyText = options.key === undefined ? named : keyNamed(options.key, named);
  const key = await attempt(() => parseVerifierKey(keyText));
  const print = key.ok ? await fingerprint(key.value.publicKey) : undefined;
  await check('key', async () => {
    const { name } = unwrap(key);
    if (options.key === undefined)
      throw new Refusal(`No key was given. The file says it is signed by ${name}, fingerprint ${print}.`);
    return [undefined, `${name}, fingerprint ${print}`];
  });
  const file = await check('file', async () => {
    const value = unwrap(read);
    if (named !== keyText) throw new Refusal('The file names another key than the one given.');
    return [value, `${bytes.length} bytes`];
  });
  const seal =
    file &&
    (await check('signature', async () => {
      const { publicKey } = unwrap(key);
      const opened = await openSignatureList(file.seal, () => publicKey);
      return [opened, `sealed for ${opened.issuer}, ${opened.issuedAt}`];
    }));
  if (file && seal) {
    const { signatures } = file;
    await check('list', async () => {
      if ((await signatureListHash(signatures)) !== seal.listSha256)
        throw new Refusal('The names are not those that were signed.');
      return [undefined, `${signatures.length} names, SHA-256 ${seal.listSha256}`];
    });
    for (const [name, kind, counted, hidden] of [
      ['people', 'person', seal.people, seal.hiddenPeople],
      ['organisations', 'organisation', seal.organisations, seal.hiddenOrganisations],
    ] as const)
      await check(name, async () => {
        const named = signatures.filter((one) => one.kind === kind).length;
        if (named !== counted - hidden)
          throw new Refusal(`${named} ${name} named, ${counted} counted, ${hidden} hidden.`);
        return [undefined, `${counted} ${name} counted, ${hidden} of them hide their name`];
      });
  }
  return {
    ok: seal !== undefined && checks.every(({ ok }) => ok),
    keyGiven: options.key !== undefined,
    ...(key.ok ? { keyName: key.value.name } : {}),
    ...(print === undefined ? {} : { fingerprint: print }),
    checks,
    ...(seal === undefined ? {} : { seal }),
  };
}
