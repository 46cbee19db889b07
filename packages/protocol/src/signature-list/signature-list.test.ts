import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { utf8 } from '../bytes.ts';
import { canonicalize } from '../canonical-json/canonicalize.ts';
import { formatVerifierKey, generateKeyPair } from '../keys.ts';
import { verifyFile } from '../verify-file.ts';
import {
  type ListedSignature,
  SIGNATURE_LIST_FILE_FORMAT,
  type SignatureListSeal,
  sealSignatureList,
  signatureListHash,
} from './signature-list.ts';
import { verifySignatureList } from './verify-signature-list.ts';

const SIGNATURES: readonly ListedSignature[] = [
  {
    id: 'a-1',
    kind: 'person',
    name: 'عمر خيري',
    craft: 'author',
    country: 'MA',
    checks: [],
    signedAt: '2026-11-01T10:00:00.000Z',
  },
  {
    id: 'a-2',
    kind: 'organisation',
    name: 'Choir "North" </script>',
    craft: 'choir',
    country: 'NO',
    town: 'Bergen',
    checks: ['domain-mail', 'vouch'],
    signedAt: '2026-11-01T10:00:00.000Z',
  },
];

let pair: Awaited<ReturnType<typeof generateKeyPair>>;
let key: string;
beforeAll(async () => {
  pair = await generateKeyPair();
  key = await formatVerifierKey('rights.example/documents', pair.publicKey);
});

async function fileOf(about: Partial<SignatureListSeal> = {}, signatures = SIGNATURES): Promise<string> {
  const seal = await sealSignatureList(
    {
      format: 'clearway-signatures-2',
      issuer: 'https://rights.example',
      declaration: { version: 1, sha256: 'a'.repeat(64) },
      people: 3,
      hiddenPeople: 2,
      organisations: 2,
      hiddenOrganisations: 1,
      listSha256: await signatureListHash(SIGNATURES),
      csvSha256: 'b'.repeat(64),
      issuedAt: '2026-11-02T00:00:00.000Z',
      ...about,
    },
    { kid: 'documents', privateKey: pair.privateKey },
  );
  return canonicalize({ format: SIGNATURE_LIST_FILE_FORMAT, seal, signatures, verifierKey: key });
}

const failed = async (file: string, given: string | undefined = key) =>
  (await verifySignatureList(utf8(file), { key: given })).checks
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);

it('holds as it was signed, under its own name too', async () => {
  const file = await fileOf();
  expect(await failed(file)).toEqual([]);
  expect(await verifyFile(utf8(file), { key })).toMatchObject({
    ok: true,
    format: SIGNATURE_LIST_FILE_FORMAT,
  });
  expect(await verifySignatureList(utf8(file))).toMatchObject({ ok: false, keyGiven: false });
});

it('names what is not as it was signed', async () => {
  const file = await fileOf();
  const other = await formatVerifierKey('rights.example/documents', (await generateKeyPair()).publicKey);
  expect(await failed(file, other)).toEqual(['file']);
  expect(await failed(file.replace('Bergen', 'Berlin'))).toEqual(['list']);
  expect(await failed(await fileOf({ people: 4 }))).toEqual(['people']);
  expect(await failed(await fileOf({ organisations: 1 }))).toEqual(['organisations']);
  // One more of these and one less of those: their sum is the same.
  expect(await failed(await fileOf({ people: 4, organisations: 1 }))).toEqual(['people', 'organisations']);
  expect(await failed(await fileOf({}, SIGNATURES.slice(1)))).toEqual(['list', 'people']);
  expect(await failed(file.replace('{"format"', '{ "format"'))).toContain('file');
  await expect(fileOf({ hiddenPeople: 4 })).rejects.toThrow('/hiddenPeople');
  await expect(fileOf({ hiddenOrganisations: 3 })).rejects.toThrow('/hiddenOrganisations');
});

it('never throws at what it is given', async () => {
  const file = await fileOf();
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.string({ maxLength: 3 }), async (at, text) => {
      const broken = file.slice(0, at) + text + file.slice(at + 1);
      fc.pre(broken !== file);
      expect((await verifySignatureList(utf8(broken), { key })).ok).toBe(false);
    }),
    { numRuns: 50 },
  );
});
