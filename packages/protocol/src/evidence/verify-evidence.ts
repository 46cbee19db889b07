import { fromBase64, fromHex, sha256, toHex, utf8 } from '../bytes.ts';
import { canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { attempt, keyNamed, openChecks, Refusal, unwrap } from '../checking.ts';
import { openCheckpoint } from '../checkpoint.ts';
import { openDocument } from '../jws/document.ts';
import { fingerprint, parseVerifierKey } from '../keys.ts';
import { makeLeaf } from '../leaf.ts';
import { openLicense } from '../license-document/license-document.ts';
import { verifyInclusion } from '../merkle/verify.ts';
import type { FolderVerdict } from '../proof-folder/verify-folder.ts';
import { gateOfSegment, openSegment } from '../usage/seal-segment.ts';
import { type Segment, segmentHash } from '../usage/segment.ts';
import type { EvidenceDocument, EvidenceEntry } from './document.ts';
import { EVIDENCE_LEAF_TYPE, evidenceKind, evidenceLeafRecord, readEvidenceFile } from './evidence-file.ts';
import { segmentEntries, termsDuring, termsEntries } from './timeline.ts';
import { evidenceWords } from './words.ts';

/** What was checked, as of a proof folder, and the document where its signature holds. */
export type EvidenceVerdict = FolderVerdict & { readonly document?: EvidenceDocument };

/**
 * Verifies an evidence file, offline: the instance's signature, every gate's signature, that the timeline says what the
 * segments say and leaves nothing of the client out, that the terms are the texts under their hashes, that a company is
 * named only with its license and a fetch under it, that the words follow from the facts, and that all of it is in the log.
 *
 * `key` is the verifier key of the instance's log, got elsewhere; of several lines the one of the name in the file counts.
 * Without it the file is only checked against itself.
 * Checks, in order: `key`, `file`, `signature`, `segments`, `timeline`, `terms`, `names`, `reports`, `records`, `words`,
 * `log`. A bad file never throws; what went wrong is in the details.
 *
 * @example
 * (await verifyEvidence(utf8('{}'))).ok // => false
 */
export async function verifyEvidence(
  bytes: Uint8Array,
  options: { readonly key?: string | undefined } = {},
): Promise<EvidenceVerdict> {
  const { checks, check } = openChecks();
  const read = await attempt(async () => readEvidenceFile(bytes));
  const named = read.ok ? read.value.verifierKey : '';
  const keyText = options.key === undefined ? named : keyNamed(options.key, named);
  const key = await attempt(() => parseVerifierKey(keyText));
  const print = key.ok ? await fingerprint(key.value.publicKey) : undefined;
  await check('key', async () => {
    const { name } = unwrap(key);
    if (options.key === undefined) {
      throw new Refusal(`No key was given. The file says it is signed by ${name}, fingerprint ${print}.`);
    }
    return [undefined, `${name}, fingerprint ${print}`];
  });
  const file = await check('file', async () => {
    const value = unwrap(read);
    if (value.verifierKey !== keyText) throw new Refusal('The file names another key than the one given.');
    return [value, `${bytes.length} bytes`];
  });
  const document =
    file &&
    (await check('signature', async () => {
      const { name, publicKey } = unwrap(key);
      const lookup = (kid: string) => (kid === name ? publicKey : undefined);
      return [await openDocument(evidenceKind, file.evidence, lookup), `signed by ${name}`];
    }));
  if (file && document) {
    const segments = await check('segments', () => openSegments(document));
    await check('timeline', () => checkTimeline(document, segments));
    await check('terms', () => checkTerms(document));
    await check('names', () => checkNames(document));
    await check('reports', () => checkReports(document));
    await check('records', () => checkRecords(document, keyText));
    await check('words', () => checkWords(document));
    await check('log', async () => {
      const record = await evidenceLeafRecord(document.case.id, file.evidence);
      const { salt, index, inclusionProof, checkpoint } = file.log;
      const place = { salt, index, inclusionProof };
      const { size } = await proveRecord({ type: EVIDENCE_LEAF_TYPE, record, ...place }, checkpoint, keyText);
      return [undefined, `sealed as leaf ${index} of ${size}`];
    });
  }
  return {
    ok: document !== undefined && checks.every(({ ok }) => ok),
    keyGiven: options.key !== undefined,
    ...(key.ok ? { keyName: key.value.name } : {}),
    ...(print === undefined ? {} : { fingerprint: print }),
    checks,
    ...(document === undefined ? {} : { document }),
  };
}

type Opened = { readonly segment: Segment; readonly sha256: string };

async function openSegments(document: EvidenceDocument): Promise<readonly [Opened[], string]> {
  const gates = new Map(document.gates.map((gate) => [gate.id, gate]));
  const opened: Opened[] = [];
  for (const sealed of document.segments) {
    const gate = gates.get(gateOfSegment(sealed));
    if (!gate) throw new Refusal(`A segment is of a gate whose key is not here.`);
    const segment = await openSegment(sealed, fromBase64(gate.publicKey));
    if (segment.site !== gate.site || gate.site !== document.about.site?.id) {
      throw new Refusal(`Segment ${segment.seq} of gate ${gate.id} is of another site.`);
    }
    const before = opened.at(-1);
    if (before && before.segment.gate === gate.id) {
      const { seq } = before.segment;
      if (segment.seq <= seq)
        throw new Refusal(`Segment ${segment.seq} of gate ${gate.id} is not in its place.`);
      if (segment.seq === seq + 1 && segment.prev !== before.sha256) {
        throw new Refusal(`Segment ${segment.seq} of gate ${gate.id} does not follow the one before.`);
      }
    }
    opened.push({ segment, sha256: await segmentHash(segment) });
  }
  return [opened, `${opened.length} segments, each signed by its gate`];
}

async function checkTimeline(
  document: EvidenceDocument,
  segments: readonly Opened[] | undefined,
): Promise<readonly [undefined, string]> {
  if (!segments) throw new Refusal('Without good segments it cannot be checked.');
  const { timeline, terms } = document;
  for (const [i, { at }] of timeline.entries()) {
    if (i > 0 && timeline[i - 1]!.at > at) throw new Refusal(`Line ${i + 1} is not in the order of time.`);
  }
  const expected = [
    ...segments.flatMap(({ segment, sha256 }) => segmentEntries(document, segment, sha256)),
    ...termsEntries(terms),
  ].map((entry) => canonicalize(entry));
  const stated = timeline.filter(({ kind }) => kind !== 'match').map((entry) => canonicalize(entry));
  expected.sort();
  stated.sort();
  const wrong = stated.findIndex((entry, i) => entry !== expected[i]);
  if (wrong >= 0 || stated.length !== expected.length) {
    throw new Refusal('The timeline does not say what the segments and the terms say.');
  }
  return [undefined, `${timeline.length} lines, as the segments and the terms say`];
}

async function checkTerms(document: EvidenceDocument): Promise<readonly [undefined, string]> {
  const known = new Map<string, string>();
  for (const text of document.offers) known.set(toHex(await sha256(utf8(text))), text);
  for (const { work, version, sha256: hash, from, to, textErased } of document.terms) {
    if (to !== undefined && to <= from) throw new Refusal(`Terms of work ${work} end before they begin.`);
    const overlapping = document.terms.some(
      (other) => other.work === work && other.from < from && (other.to === undefined || other.to > from),
    );
    if (overlapping) throw new Refusal(`Two versions of the terms of work ${work} are in force at once.`);
    if (textErased) continue;
    const text = known.get(hash);
    if (text === undefined) throw new Refusal(`The text of the terms ${hash} is not here.`);
    const said = parseStrict(text) as { work?: { id?: unknown }; version?: unknown };
    if (said.work?.id !== work || said.version !== version) {
      throw new Refusal(`The terms ${hash} are not version ${version} of work ${work}.`);
    }
  }
  const stated = new Set(document.terms.flatMap((one) => (one.textErased ? [] : one.sha256)));
  if (known.size !== stated.size) {
    throw new Refusal('A text is here that was not in force.');
  }
  return [undefined, `${document.terms.length} spans of time, ${known.size} texts under their SHA-256`];
}

async function checkNames(document: EvidenceDocument): Promise<readonly [undefined, string]> {
  const keys = new Map(document.licenseKeys.map(({ kid, publicKey }) => [kid, fromBase64(publicKey)]));
  const licensees = new Map<string, { id: string; name: string }>();
  for (const sealed of document.licenses) {
    const { agreement, licensee } = await openLicense(sealed, (kid) => keys.get(kid));
    licensees.set(agreement, licensee);
  }
  const used = new Set(document.timeline.flatMap((entry) => (entry.kind === 'fetch' ? entry.agreement : [])));
  for (const { party, name, agreement } of document.named) {
    const licensee = licensees.get(agreement);
    if (licensee?.id !== party || licensee.name !== name || !used.has(agreement)) {
      throw new Refusal(`"${name}" is named without a license and a fetch under it.`);
    }
  }
  if (licensees.size !== document.named.length) throw new Refusal('A license is here that names nobody.');
  const { client } = document.about;
  const called = client === undefined ? 'no client' : `a client calling itself "${client}"`;
  return [undefined, `${called}; ${document.named.length} companies proven by license and token`];
}

async function checkReports(document: EvidenceDocument): Promise<readonly [undefined, string]> {
  const works = new Set(document.about.works.map(({ id }) => id));
  const matches = document.timeline.filter(
    (entry): entry is Extract<EvidenceEntry, { kind: 'match' }> => entry.kind === 'match',
  );
  for (const { report: hash, input, work, at, terms } of matches) {
    const report = document.reports.find((one) => one.sha256 === hash);
    const inReport = report?.createdAt === at && report.inputs.some(({ name }) => name === input);
    if (!inReport || !works.has(work)) throw new Refusal('A match is of no report or of no work named here.');
    if (termsDuring(document.terms, at, at).join() !== terms.join()) {
      throw new Refusal('A match names other terms than were in force.');
    }
  }
  return [undefined, `${matches.length} matches in ${document.reports.length} scan reports`];
}

async function checkRecords(
  document: EvidenceDocument,
  verifierKey: string,
): Promise<readonly [undefined, string]> {
  const { records, checkpoint } = document;
  for (const { record, ...place } of records) {
    if (checkpoint === undefined) throw new Refusal('There are records without a checkpoint.');
    await proveRecord({ ...place, record: parseStrict(record) }, checkpoint, verifierKey);
  }
  return [undefined, `${records.length} records in the log`];
}

async function checkWords(document: EvidenceDocument): Promise<readonly [undefined, string]> {
  const { shows, doesNotShow } = document;
  if (canonicalize(evidenceWords(document)) !== canonicalize({ shows, doesNotShow })) {
    throw new Refusal('What it is said to show does not follow from its facts.');
  }
  return [undefined, 'what it shows and does not show follows from its facts'];
}

type Placed = {
  readonly type: string;
  readonly record: unknown;
  readonly salt: string;
  readonly index: number;
  readonly inclusionProof: readonly string[];
};

async function proveRecord(
  { type, record, salt, index, inclusionProof }: Placed,
  note: string,
  verifierKey: string,
): Promise<{ size: number }> {
  const { name } = await parseVerifierKey(verifierKey);
  const { size, rootHash } = await openCheckpoint(note, name, [verifierKey]);
  const { hash } = await makeLeaf({ type, record, salt: fromHex(salt) });
  const proof = inclusionProof.map(fromHex);
  if (!(await verifyInclusion({ index, size, leafHash: hash, proof, rootHash }))) {
    throw new Refusal(`The log does not have this record at ${index}.`);
  }
  return { size };
}
