import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  appendLeaves,
  canonicalize,
  createNodeMap,
  type EvidenceDocument,
  type EvidenceFile,
  evidenceLeafRecord,
  evidenceWords,
  FIRST_PREV,
  formatCheckpoint,
  formatVerifierKey,
  generateKeyPair,
  type KeyPair,
  makeLeaf,
  proveInclusion,
  readEvidenceFile,
  rootHash,
  type Segment,
  sealEvidence,
  sealLicense,
  sealSegment,
  segmentEntries,
  segmentHash,
  sha256,
  signNote,
  termsEntries,
  toBase64,
  toHex,
  utf8,
  verifyEvidence,
  writeEvidenceFile,
} from '../index.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString();
const ms = (minute: number) => Date.parse(at(minute));
const work = '01900000-0000-7000-8000-000000000001';
const NAME = 'rights.example/log';

let instance: KeyPair;
let gate: KeyPair;
let licensing: KeyPair;
let verifierKey: string;
beforeAll(async () => {
  [instance, gate, licensing] = [await generateKeyPair(), await generateKeyPair(), await generateKeyPair()];
  verifierKey = await formatVerifierKey(NAME, instance.publicKey);
});

async function segments(): Promise<Segment[]> {
  const first: Segment = {
    format: 'clearway-segment-1',
    gate: 'gate-1',
    site: 'site-1',
    seq: 1,
    prev: FIRST_PREV,
    from: ms(0),
    to: ms(10),
    records: [],
    refusals: [
      { reason: 'license-required', agentName: 'RudeBot', count: 40, from: ms(1), to: ms(8) },
      { reason: 'license-required', agentName: 'OtherBot', count: 7, from: ms(2), to: ms(3) },
    ],
    bundle: 1,
  };
  const record = {
    seq: 1,
    at: ms(12),
    tokenId: 't',
    agreement: 'agreement-1',
    client: 'c',
    path: '/p',
    use: 'ai-input',
    units: 1,
    bytes: 9,
    status: 200,
    agent: 'RudeBot',
  } as const;
  const second: Segment = {
    ...first,
    seq: 2,
    prev: await segmentHash(first),
    from: ms(11),
    to: ms(20),
    records: [record, { ...record, seq: 2, agent: 'KindBot', agreement: 'agreement-2' }],
    refusals: [{ reason: 'token-revoked', agentName: 'RudeBot', count: 2, from: ms(13), to: ms(14) }],
  };
  return [first, second];
}

async function license(agreement: string, name: string): Promise<string> {
  const licensee = { id: `${agreement}-party`, name };
  const terms = {
    id: work,
    title: 'The Sea',
    sha256s: [],
    offer: 'o',
    offerVersion: 1,
    offerSha256: 'ab'.repeat(32),
  };
  const consents = [{ party: 'p', uses: ['ai-input'] as const, at: at(0) }];
  return sealLicense(
    {
      format: 'clearway-license-1',
      issuer: 'https://rights.example',
      agreement,
      licensors: [{ id: 'p', name: 'Ada' }],
      licensee,
      works: [{ ...terms, prices: [], consents }],
      uses: ['ai-input'],
      currency: 'EUR',
      period: { from: at(0), to: at(50) },
      declarations: { noReleaseOfPastClaims: true, recordsLicensorsDeclaration: true, admitsNothing: true },
      issuedAt: at(0),
    },
    { kid: 'l1', privateKey: licensing.privateKey },
  );
}

/** A case of a rude client with two versions of terms, a licensed fetch and a hit in a data set. */
async function caseDocument(): Promise<EvidenceDocument> {
  const offers = [1, 2].map((version) => canonicalize({ work: { id: work, title: 'The Sea' }, version }));
  const hashes = await Promise.all(offers.map(async (text) => toHex(await sha256(utf8(text)))));
  const terms = [
    { work, version: 1, sha256: hashes[0]!, from: at(0), to: at(5) },
    { work, version: 2, sha256: hashes[1]!, from: at(5), to: at(30) },
  ];
  const about = {
    client: 'RudeBot',
    site: { id: 'site-1', origin: 'https://blog.example' },
    works: [{ id: work, title: 'The Sea' }],
    period: { from: at(0), to: at(40) },
  };
  const chain = await segments();
  const reports = [
    {
      sha256: 'cd'.repeat(32),
      dataset: 'Big Pile',
      receivedAt: at(39),
      createdAt: at(25),
      index: 'ef'.repeat(32),
      inputs: [{ name: 'part-0.jsonl', sha256: '12'.repeat(32) }],
    },
  ];
  const entries = [...termsEntries(terms)];
  for (const one of chain) entries.push(...segmentEntries({ about, terms }, one, await segmentHash(one)));
  entries.push({
    kind: 'match',
    at: at(25),
    terms: [hashes[1]!],
    report: reports[0]!.sha256,
    work,
    match: 'text',
    item: 'line 7',
    input: 'part-0.jsonl',
    words: 41,
    coverage: 0.5,
  });
  const facts = {
    about,
    timeline: entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    terms,
    named: [{ party: 'agreement-1-party', name: 'Models Inc', agreement: 'agreement-1' }],
    reports,
    records: [],
  };
  return {
    format: 'clearway-evidence-1',
    issuer: 'https://rights.example',
    case: { id: 'case-1', openedAt: at(40) },
    ...facts,
    offers,
    gates: [{ id: 'gate-1', site: 'site-1', publicKey: toBase64(gate.publicKey), registeredAt: at(0) }],
    segments: await Promise.all(chain.map((one) => sealSegment(one, gate))),
    licenses: [await license('agreement-1', 'Models Inc')],
    licenseKeys: [{ kid: 'l1', publicKey: toBase64(licensing.publicKey) }],
    ...evidenceWords(facts),
  };
}

/** The file of a document, with its leaf second in a log of three. */
async function fileOf(document: EvidenceDocument, signer = instance): Promise<EvidenceFile> {
  const evidence = await sealEvidence(document, { name: NAME, ...signer });
  const record = await evidenceLeafRecord(document.case.id, evidence);
  const salt = new Uint8Array(32).fill(5);
  const other = (await makeLeaf({ type: 'other', record: {}, salt })).hash;
  const own = (await makeLeaf({ type: 'evidence-sealed', record, salt })).hash;
  const nodes = createNodeMap();
  nodes.add(await appendLeaves(0, [other, own, other], nodes.read));
  const root = await rootHash(3, nodes.read);
  const note = formatCheckpoint({ origin: NAME, size: 3, rootHash: root });
  const proof = await proveInclusion(1, 3, nodes.read);
  return {
    format: 'clearway-evidence-file-1',
    verifierKey,
    evidence,
    log: {
      salt: toHex(salt),
      index: 1,
      inclusionProof: proof.map(toHex),
      checkpoint: await signNote(note, { name: NAME, ...instance }),
    },
  };
}

const failed = async (document: EvidenceDocument) => {
  const verdict = await verifyEvidence(writeEvidenceFile(await fileOf(document)), { key: verifierKey });
  return verdict.checks.filter(({ ok }) => !ok).map(({ name }) => name);
};

describe('an evidence file', () => {
  test('holds, and says what was checked', async () => {
    const document = await caseDocument();
    const bytes = writeEvidenceFile(await fileOf(document));
    const verdict = await verifyEvidence(bytes, { key: verifierKey });
    expect(verdict.checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(verdict).toMatchObject({ ok: true, keyGiven: true, keyName: NAME, document });
    expect(verdict.checks.map(({ name }) => name)).toEqual([
      'key',
      'file',
      'signature',
      'segments',
      'timeline',
      'terms',
      'names',
      'reports',
      'records',
      'words',
      'log',
    ]);
    const other = await formatVerifierKey('rights.example/documents', gate.publicKey);
    expect((await verifyEvidence(bytes, { key: `${other}\n${verifierKey}\n` })).ok).toBe(true);
    const without = await verifyEvidence(bytes);
    expect(without).toMatchObject({ ok: false, keyGiven: false });
    expect(without.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['key']);
    expect(readEvidenceFile(bytes).log.index).toBe(1);
  });

  test('never claims more than it has: no name without proof, no word about training', async () => {
    const { shows, doesNotShow, ...document } = await caseDocument();
    const all = [...shows.en, ...shows.de, ...doesNotShow.en, ...doesNotShow.de].join('\n');
    expect(all).toContain('a client calling itself “RudeBot”');
    expect(all).toContain('match');
    expect(all).not.toMatch(/train(ed|iert)/i);
    const bare = { ...document, named: [], licenses: [] };
    expect(evidenceWords(bare).shows.en.join('\n')).not.toContain('Models Inc');
  });

  test('fails after any changed byte', async () => {
    const bytes = writeEvidenceFile(await fileOf(await caseDocument()));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('change', 'cut', 'add'),
        async (place, by, how) => {
          const changed = new Uint8Array(bytes);
          changed[place] = changed[place]! ^ by;
          const file =
            how === 'change'
              ? changed
              : how === 'cut'
                ? bytes.slice(0, place)
                : new Uint8Array([...bytes.slice(0, place), by, ...bytes.slice(place)]);
          return !(await verifyEvidence(file, { key: verifierKey })).ok;
        },
      ),
      { numRuns: 150 },
    );
  });

  test('signed by anybody else, or of another log, does not hold', async () => {
    const stranger = await generateKeyPair();
    const file = writeEvidenceFile(await fileOf(await caseDocument(), stranger));
    const verdict = await verifyEvidence(file, { key: verifierKey });
    expect(verdict.checks.find(({ name }) => name === 'signature')?.ok).toBe(false);
    const theirs = await formatVerifierKey(NAME, stranger.publicKey);
    expect((await verifyEvidence(file, { key: theirs })).ok).toBe(false);
  });
});

describe('an instance that signs what is not so is found out', () => {
  test('when a refusal is left out, added, or said of another client', async () => {
    const document = await caseDocument();
    const { timeline } = document;
    const refusal = timeline.find(({ kind }) => kind === 'refusal')!;
    expect(await failed({ ...document, timeline: timeline.filter((one) => one !== refusal) })).toContain(
      'timeline',
    );
    const more = timeline.map((one) => (one.kind === 'refusal' ? { ...one, count: one.count + 1 } : one));
    expect(await failed({ ...document, timeline: more })).toContain('timeline');
    const other = { ...document.about, client: 'OtherBot' };
    expect(await failed({ ...document, about: other })).toContain('timeline');
    expect(await failed({ ...document, timeline: timeline.toReversed() })).toContain('timeline');
  });

  test('when a segment is left out of the middle, is forged, or of a gate without key', async () => {
    const document = await caseDocument();
    const { segments: sealed, gates } = document;
    expect(await failed({ ...document, segments: sealed.toReversed() })).toContain('segments');
    const forged = await sealSegment((await segments())[0]!, await generateKeyPair());
    expect(await failed({ ...document, segments: [forged, sealed[1]!] })).toContain('segments');
    expect(await failed({ ...document, gates: [] })).toContain('segments');
    expect(await failed({ ...document, gates: [{ ...gates[0]!, site: 'site-2' }] })).toContain('segments');
  });

  test('when terms are not the text under their hash, or two at once', async () => {
    const document = await caseDocument();
    const { terms, offers } = document;
    expect(await failed({ ...document, offers: [offers[0]!] })).toContain('terms');
    expect(await failed({ ...document, offers: [...offers, 'more'] })).toContain('terms');
    const longer = terms.map((one, i) => (i === 0 ? { ...one, to: at(6) } : one));
    expect(await failed({ ...document, terms: longer })).toContain('terms');
    const renamed = terms.map((one) => ({ ...one, version: one.version + 1 }));
    expect(await failed({ ...document, terms: renamed })).toContain('terms');
  });

  test('when a company is named without a license, or without a fetch of this client under it', async () => {
    const document = await caseDocument();
    expect(await failed({ ...document, licenses: [] })).toContain('names');
    const wrong = [{ ...document.named[0]!, name: 'Big Models' }];
    expect(await failed({ ...document, named: wrong })).toContain('names');
    const named = [{ party: 'agreement-2-party', name: 'Kind Inc', agreement: 'agreement-2' }];
    const licenses = [await license('agreement-2', 'Kind Inc')];
    expect(await failed({ ...document, named, licenses })).toContain('names');
  });

  test('when its words say more, or a match is of no report', async () => {
    const document = await caseDocument();
    const claim = 'The model was trained on it.';
    const shows = { ...document.shows, en: [...document.shows.en, claim] };
    expect(await failed({ ...document, shows })).toEqual(['words']);
    expect(await failed({ ...document, reports: [] })).toContain('reports');
  });
});
