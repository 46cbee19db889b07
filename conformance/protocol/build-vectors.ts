import {
  appendLeaves,
  buildEntryBundle,
  buildTile,
  canonicalize,
  changedTiles,
  createNodeMap,
  fingerprint,
  formatCheckpoint,
  formatVerifierKey,
  importPrivateKey,
  leafHash,
  makeLeaf,
  noteKeyId,
  parseStrict,
  proveConsistency,
  proveInclusion,
  rootHash,
  sha256,
  signNote,
  tilePath,
  toHex,
} from '@clearway/protocol';

const ORIGIN = 'clearway.example/log';
const SIZES = [0, 1, 2, 3, 5, 8, 11, 256, 257, 300];

const canonicalInputs = [
  '{"b":1,"a":[true,null,"x"],"":{}}',
  '{"\\u20ac":1,"\\ud83d\\ude00":2,"\\ufb33":3,"z":4,"Z":5}',
  '[0,-0,0.1,1.0,1e2,1E-7,0.000001,9007199254740991,-9007199254740991]',
  '"\\u0000\\u001f\\u007f\\u0080\\u2028\\"\\\\\\/"',
  '{"amount":"1250000","currency":"EUR","title":"Gez\\u00e4hlte Tage"}',
];

const refusedInputs: [text: string, code: string][] = [
  ['{"a":1,"a":2}', 'json-duplicate-key'],
  ['{"a":1,"\\u0061":2}', 'json-duplicate-key'],
  ['[1] 2', 'json-syntax'],
  ['[1,]', 'json-syntax'],
  ['\ufeff[]', 'json-syntax'],
  ['"\\ud800"', 'text-not-well-formed'],
  ['9007199254740992', 'json-number'],
  ['1e400', 'json-number'],
  [`${'['.repeat(65)}${']'.repeat(65)}`, 'json-too-deep'],
];

/** Builds the vectors from fixed inputs; same code, same vectors. */
export async function buildVectors(): Promise<Record<string, unknown>> {
  const privateKey = await sha256(new TextEncoder().encode('clearway conformance key'));
  const signer = { name: ORIGIN, ...(await importPrivateKey(privateKey)) };
  const leaves = await buildLeaves();
  const nodes = createNodeMap();
  const entries = Array.from({ length: 300 }, (_, i) => new TextEncoder().encode(`leaf ${i}`));
  nodes.add(await appendLeaves(0, await Promise.all(entries.map(leafHash)), nodes.read));
  const trees = [];
  const inclusion = [];
  const consistency = [];
  for (const size of SIZES) {
    const root = await rootHash(size, nodes.read);
    const note = await signNote(formatCheckpoint({ origin: ORIGIN, size, rootHash: root }), signer);
    const tiles = [];
    for (const tile of changedTiles(0, size)) {
      const from = tile.index * 256;
      const bytes =
        tile.level === 'entries'
          ? buildEntryBundle(entries.slice(from, from + tile.width))
          : await buildTile(tile, nodes.read);
      tiles.push({ path: tilePath(tile), sha256: toHex(await sha256(bytes)) });
    }
    trees.push({ size, rootHash: toHex(root), checkpoint: note, tiles });
    for (const index of new Set([0, Math.floor(size / 3), size - 1])) {
      if (index < 0 || index >= size) continue;
      const proof = (await proveInclusion(index, size, nodes.read)).map(toHex);
      inclusion.push({ index, size, proof, valid: true });
      if (proof.length > 0) inclusion.push({ index, size, proof: proof.slice(1), valid: false });
    }
    for (const oldSize of SIZES.filter((each) => each <= size)) {
      const proof = (await proveConsistency(oldSize, size, nodes.read)).map(toHex);
      consistency.push({ oldSize, newSize: size, proof, valid: true });
      if (proof.length > 0) consistency.push({ oldSize, newSize: size, proof: proof.slice(1), valid: false });
    }
  }
  return {
    about:
      'Byte strings are lower-case hexadecimal. Tree leaves are the UTF-8 bytes of "leaf 0", "leaf 1", ...; invalid ' +
      'proofs must be refused. A refused JSON text has the code of this project.',
    key: {
      name: ORIGIN,
      privateKey: toHex(privateKey),
      publicKey: toHex(signer.publicKey),
      keyId: await noteKeyId(ORIGIN, signer.publicKey),
      verifierKey: await formatVerifierKey(ORIGIN, signer.publicKey),
      fingerprint: await fingerprint(signer.publicKey),
    },
    canonicalJson: canonicalInputs.map((text) => ({ text, canonical: canonicalize(parseStrict(text)) })),
    refusedJson: refusedInputs.map(([text, code]) => ({ text, code })),
    leaves,
    trees,
    inclusion,
    consistency,
  };
}

async function buildLeaves(): Promise<object[]> {
  const inputs = [
    { type: 'work.registered', record: { title: 'Tide', shares: [60, 40] } },
    { type: 'claim.accepted', record: {} },
    { type: 'offer.published', record: { text: 'Nein, danke. \u20ac 0', version: 3, price: '1250000' } },
  ];
  return Promise.all(
    inputs.map(async (input, i) => {
      const salt = await sha256(Uint8Array.of(i));
      const { leaf, bytes, hash } = await makeLeaf({ ...input, salt });
      const leafText = new TextDecoder().decode(bytes);
      return {
        ...input,
        salt: toHex(salt),
        commitment: leaf.commitment,
        leaf: leafText,
        leafHash: toHex(hash),
      };
    }),
  );
}
