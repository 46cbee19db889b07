import { beforeAll, describe, expect, test } from 'vitest';
import { type Bundle, openBundle, sealBundle } from '../bundle/bundle.ts';
import { toBase64 } from '../bytes.ts';
import { generateKeyPair, type KeyPair } from '../keys.ts';
import { type LicenseDocument, openLicense, sealLicense } from '../license-document/license-document.ts';
import { openReceipt, type Receipt, sealReceipt } from '../receipt/receipt.ts';
import { type DocumentSigner, signCompact } from './sign.ts';

const at = '2026-11-22T12:00:00.000Z';
const key = toBase64(new Uint8Array(32).fill(7));
const bundle: Bundle = {
  format: 'clearway-bundle-1',
  issuer: 'https://rights.example',
  site: { id: 'site-1', origin: 'https://blog.example' },
  number: 4,
  issuedAt: at,
  maxAgeS: 86_400,
  keys: [{ kid: 'k1', publicKey: key }],
  licenseUrl: 'https://rights.example/w/1/license.xml',
  quoteUrl: 'https://rights.example/catalogue',
  terms: [
    {
      pattern: '/posts/*',
      uses: { search: 'free', 'ai-input': 'paid', 'ai-train': 'ask' },
      prices: [{ use: 'ai-input', unit: 'fetch', amountMicro: '2000', perUnits: 1, currency: 'EUR' }],
      offerSha256: 'ab'.repeat(32),
      work: 'work-1',
    },
  ],
  exempt: ['/robots.txt', '/license.xml'],
  revoked: [
    { agreement: 'agreement-1', at },
    { jti: 'token-1', at },
  ],
  policy: { unknownAgents: 'pass', cannotDecide: '503' },
};
const receipt: Receipt = {
  format: 'clearway-receipt-1',
  issuer: 'https://rights.example',
  number: 1,
  agreement: 'agreement-1',
  client: 'client-1',
  grade: 'gate-counted',
  period: { from: at, to: at },
  counts: { 'ai-input': 2, 'ai-index': 1 },
  total: 3,
  gate: 'gate-1',
  site: 'site-1',
  first: 1,
  last: 4,
  segments: ['ab'.repeat(32)],
  issuedAt: at,
};
const license: LicenseDocument = {
  format: 'clearway-license-1',
  issuer: 'https://rights.example',
  agreement: 'agreement-1',
  licensors: [{ id: 'party-1', name: 'Ada' }],
  licensee: { id: 'party-2', name: 'Models & Söhne', country: 'DE' },
  works: [
    {
      id: 'work-1',
      title: 'Die See',
      sha256s: ['cd'.repeat(32)],
      offer: 'offer-1',
      offerVersion: 2,
      offerSha256: 'ab'.repeat(32),
      prices: [{ use: 'ai-train', unit: 'model-version', amountMicro: '250000000', perUnits: 1 }],
      consents: [{ party: 'party-1', uses: ['ai-train'], at }],
    },
  ],
  uses: ['ai-train'],
  currency: 'EUR',
  period: { from: at, to: '2027-11-22T12:00:00.000Z' },
  modelScope: 'aurora-2',
  declarations: { noReleaseOfPastClaims: true, recordsLicensorsDeclaration: true, admitsNothing: true },
  issuedAt: at,
};

let pair: KeyPair;
let signer: DocumentSigner;
beforeAll(async () => {
  pair = await generateKeyPair();
  signer = { kid: 'k1', privateKey: pair.privateKey };
});
const keys = (kid: string) => (kid === 'k1' ? pair.publicKey : undefined);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  );

const kinds = [
  { name: 'bundle', document: bundle, seal: sealBundle, open: openBundle },
  { name: 'receipt', document: receipt, seal: sealReceipt, open: openReceipt },
  { name: 'license', document: license, seal: sealLicense, open: openLicense },
] as const;

describe.each(kinds)('a $name', ({ name, document, seal, open }) => {
  const sealAny = seal as (value: unknown, by: DocumentSigner) => Promise<string>;

  test('says what was signed, by the one who signed it', async () => {
    const sealed = await sealAny(document, signer);
    expect(await open(sealed, keys)).toEqual(document);
    expect(await code(open(sealed, () => undefined))).toBe('sealed-unknown-key');
    const stranger = (await generateKeyPair()).publicKey;
    expect(await code(open(sealed, () => stranger))).toBe('sealed-signature');
    const hidden = await sealAny(document, {
      kid: 'k1',
      sign: async (bytes) =>
        new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes as never)),
    });
    expect(hidden).toBe(sealed);
  });

  test('changed in one character or cut is refused', async () => {
    const sealed = await sealAny(document, signer);
    for (let i = 0; i < sealed.length; i += 1) {
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'B' : 'A') + sealed.slice(i + 1);
      expect(await code(open(changed, keys)), String(i)).not.toBe('accepted');
      expect(await code(open(sealed.slice(0, i), keys))).toBe('sealed-malformed');
    }
  });

  test('is not another document, and no other document is one', async () => {
    for (const other of kinds) {
      if (other.name === name) continue;
      const sealed = await (other.seal as typeof sealAny)(other.document, signer);
      expect(await code(open(sealed, keys))).toBe('sealed-header');
    }
  });

  test('without any one of its members is refused', async () => {
    for (const member of Object.keys(document)) {
      if (member === 'modelScope') continue;
      const less: Record<string, unknown> = { ...document };
      delete less[member];
      const sealed = await signCompact(`clearway-${name}-1`, less, signer);
      expect(await code(open(sealed, keys)), member).toBe(`${name}-malformed`);
      expect(await code(sealAny(less, signer)), member).toBe(`${name}-malformed`);
    }
  });

  test('with a wrong value in any one of its members is refused', async () => {
    const wrong = [null, -1, 1.5, '', {}, [[]], 'x'.repeat(3_000), true];
    for (const member of Object.keys(document)) {
      for (const value of wrong) {
        // A bundle may have no answer and prices to give; these are no faults.
        const sealed = await signCompact(`clearway-${name}-1`, { ...document, [member]: value }, signer);
        expect(await code(open(sealed, keys)), `${member}: ${value}`).toBe(`${name}-malformed`);
      }
    }
  });
});

test('a bundle drops what it does not know, evidence refuses it', async () => {
  const more = await signCompact('clearway-bundle-1', { ...bundle, more: [1] }, signer);
  expect(await openBundle(more, keys)).toEqual(bundle);
  const said = await signCompact('clearway-license-1', { ...license, waiver: 'all' }, signer);
  expect(await code(openLicense(said, keys))).toBe('license-malformed');
});

test('a bundle has keys of 32 bytes and origins in one spelling', async () => {
  for (const bad of [
    { ...bundle, keys: [{ kid: 'k', publicKey: key.slice(1) }] },
    { ...bundle, keys: [{ kid: 'k', publicKey: `${'A'.repeat(42)}B=` }] },
    { ...bundle, site: { id: 's', origin: 'https://Blog.example' } },
    { ...bundle, site: { id: 's', origin: 'https://blog.example:443' } },
    { ...bundle, issuedAt: '2026-11-22' },
    { ...bundle, issuedAt: '2026-02-30T12:00:00.000Z' },
    { ...bundle, issuer: 'javascript:alert(1)' },
    { ...bundle, terms: [{ ...bundle.terms[0], uses: { train: 'free' } }] },
    { ...bundle, terms: [{ ...bundle.terms[0], uses: { 'ai-train': 'maybe' } }] },
  ]) {
    expect(await code(sealBundle(bad as Bundle, signer))).toBe('bundle-malformed');
  }
});

test('a receipt is of a gate or of a report, and its counts add up', async () => {
  const { gate: _gate, site: _site, first: _first, last: _last, ...plain } = receipt;
  const report: Receipt = { ...plain, grade: 'licensee-reported', segments: [], report: 'cd'.repeat(32) };
  expect(await openReceipt(await sealReceipt(report, signer), keys)).toEqual(report);
  for (const bad of [
    { ...receipt, total: 4 },
    { ...receipt, counts: {}, total: 0 },
    { ...receipt, report: 'cd'.repeat(32) },
    { ...receipt, segments: [] },
    { ...receipt, first: 9 },
    { ...receipt, period: { from: '2026-11-22T12:00:00.001Z', to: at } },
    { ...report, segments: ['ab'.repeat(32)] },
    { ...report, gate: 'gate-1' },
    plain,
  ]) {
    expect(await code(sealReceipt(bad as Receipt, signer))).toBe('receipt-malformed');
  }
});

test('a license names its uses and releases nothing', async () => {
  for (const bad of [
    { ...license, uses: [] },
    { ...license, works: [] },
    { ...license, works: [{ ...license.works[0], consents: [] }] },
    { ...license, uses: ['ai-input'] },
    { ...license, works: [{ ...license.works[0], prices: [{ use: 'ai-train', unit: 'fetch' }] }] },
    { ...license, period: { from: at, to: at } },
    { ...license, declarations: { ...license.declarations, noReleaseOfPastClaims: false } },
  ]) {
    expect(await code(sealLicense(bad as LicenseDocument, signer))).toBe('license-malformed');
  }
});
