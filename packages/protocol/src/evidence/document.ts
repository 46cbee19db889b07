import { type ScanHitKind, scanHitKinds } from '../scan-report/scan-report.ts';
import {
  fraction,
  instant,
  integer,
  list,
  matching,
  miss,
  object,
  oneOf,
  origin,
  type Shape,
  sha256Hex,
  text,
  webAddress,
} from '../shape.ts';

/** Lines of a text in both languages. */
export type EvidenceLines = { readonly en: readonly string[]; readonly de: readonly string[] };

/** `terms` are the SHA-256 of the offers in force at that time, sorted; empty where nothing was offered. */
type Moment = { readonly at: string; readonly terms: readonly string[] };

/**
 * One line of the timeline. A refusal and a fetch name the segment (by its SHA-256) that states them, and the place in it:
 * the position among its refusals, the number of its record. A fetch was let in with a license token. A match is an item of a
 * data set, as a report says. `terms` marks the beginning (`sha256`) or the end of a version of a work's terms.
 */
export type EvidenceEntry =
  | (Moment & {
      readonly kind: 'refusal';
      readonly to: string;
      readonly reason: string;
      readonly count: number;
      readonly segment: string;
      readonly position: number;
    })
  | (Moment & {
      readonly kind: 'fetch';
      readonly path: string;
      readonly use: string;
      readonly status: number;
      readonly agreement: string;
      readonly segment: string;
      readonly record: number;
    })
  | (Moment & {
      readonly kind: 'match';
      readonly report: string;
      readonly work: string;
      readonly match: ScanHitKind;
      readonly item: string;
      readonly input: string;
      readonly words?: number;
      readonly coverage?: number;
      readonly sha256?: string;
    })
  | { readonly kind: 'terms'; readonly at: string; readonly work: string; readonly sha256?: string };

/**
 * A version of a work's terms and when it was in force: from `from` to before `to`. Its text is not inside where it names
 * somebody who has been erased since.
 */
export type EvidenceTerms = {
  readonly work: string;
  readonly version: number;
  readonly sha256: string;
  readonly from: string;
  readonly to?: string;
  readonly textErased?: true;
};

/** A scan report that was handed in: who ran the scan is not proven, which report it is, is. */
export type EvidenceReport = {
  readonly sha256: string;
  readonly dataset: string;
  readonly receivedAt: string;
  readonly createdAt: string;
  readonly index: string;
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
};

/** A record of the public log with all that proves its place; byte strings are lower-case hexadecimal. */
export type EvidenceRecord = {
  readonly type: string;
  readonly record: string;
  readonly salt: string;
  readonly index: number;
  readonly inclusionProof: readonly string[];
};

/**
 * What a case rests on, as one document: what was seen, when, under which terms, and everything needed to check it. `client`
 * is what the client calls itself; a company is in `named` only with a license inside and a fetch under it. `offers` are the
 * exact texts of the terms, `segments` as the gates signed them, `record` in `records` is canonical JSON as text. `shows` and
 * `doesNotShow` follow from the rest, see `evidenceWords`. Moments are ISO 8601 in UTC.
 */
export type EvidenceDocument = {
  readonly format: 'clearway-evidence-1';
  readonly issuer: string;
  readonly case: { readonly id: string; readonly openedAt: string };
  readonly about: {
    readonly client?: string;
    readonly site?: { readonly id: string; readonly origin: string };
    readonly works: readonly { readonly id: string; readonly title: string }[];
    readonly period: { readonly from: string; readonly to: string };
  };
  readonly timeline: readonly EvidenceEntry[];
  readonly terms: readonly EvidenceTerms[];
  readonly offers: readonly string[];
  readonly gates: readonly {
    readonly id: string;
    readonly site: string;
    readonly publicKey: string;
    readonly registeredAt: string;
  }[];
  readonly segments: readonly string[];
  readonly named: readonly { readonly party: string; readonly name: string; readonly agreement: string }[];
  readonly licenses: readonly string[];
  readonly licenseKeys: readonly { readonly kid: string; readonly publicKey: string }[];
  readonly reports: readonly EvidenceReport[];
  readonly records: readonly EvidenceRecord[];
  readonly checkpoint?: string;
  readonly shows: EvidenceLines;
  readonly doesNotShow: EvidenceLines;
};

/** The format of an evidence document. */
export const EVIDENCE_FORMAT = 'clearway-evidence-1';
/** The most lines of a timeline. */
export const EVIDENCE_MAX_ENTRIES = 5_000;
/** The most segments of one document. */
export const EVIDENCE_MAX_SEGMENTS = 500;
/** The longest sealed document, in characters. */
export const EVIDENCE_MAX_LENGTH: number = 20 * 1024 * 1024;

const id = matching(/^[\x21-\x7e]{1,200}$/, 'an id');
const key = matching(/^[A-Za-z0-9+/]{43}=$/, 'a public key in base64');
const hex = matching(/^[0-9a-f]{64}$/, '32 bytes in hexadecimal');
/** Text with line ends and all. */
export const whole = (max: number): Shape<string> => {
  return (value, place) =>
    typeof value === 'string' && value.length > 0 && value.length <= max ? value : miss(place, 'text');
};
const lines = list(text(2_000), { max: 100 });
const inBoth = object<EvidenceLines>({ en: lines, de: lines });
const terms = list(sha256Hex, { max: 1_000 });

type Entry<K extends EvidenceEntry['kind']> = Extract<EvidenceEntry, { kind: K }>;
const entryShapes = {
  refusal: object<Entry<'refusal'>>({
    kind: oneOf('refusal'),
    at: instant,
    to: instant,
    terms,
    reason: text(64),
    count: integer(1),
    segment: sha256Hex,
    position: integer(0),
  }),
  fetch: object<Entry<'fetch'>>({
    kind: oneOf('fetch'),
    at: instant,
    terms,
    path: text(2_000),
    use: text(64),
    status: integer(100, 599),
    agreement: id,
    segment: sha256Hex,
    record: integer(1),
  }),
  match: object<Entry<'match'>>(
    {
      kind: oneOf('match'),
      at: instant,
      terms,
      report: sha256Hex,
      work: id,
      match: oneOf(...scanHitKinds),
      item: text(1_000),
      input: text(1_000),
      words: integer(1),
      coverage: fraction,
      sha256: sha256Hex,
    },
    { optional: ['words', 'coverage', 'sha256'] },
  ),
  terms: object<Entry<'terms'>>(
    { kind: oneOf('terms'), at: instant, work: id, sha256: sha256Hex },
    { optional: ['sha256'] },
  ),
};

const entry: Shape<EvidenceEntry> = (value, place) => {
  const kind = (value as { kind?: unknown } | null)?.kind;
  if (kind !== 'refusal' && kind !== 'fetch' && kind !== 'match' && kind !== 'terms') {
    return miss(`${place}/kind`, 'refusal, fetch, match or terms');
  }
  return entryShapes[kind](value, place);
};

const about = object<EvidenceDocument['about']>(
  {
    client: text(400),
    site: object<{ readonly id: string; readonly origin: string }>({ id, origin }),
    works: list(object<{ readonly id: string; readonly title: string }>({ id, title: text(600) }), {
      max: 200,
    }),
    period: object<{ readonly from: string; readonly to: string }>({ from: instant, to: instant }),
  },
  { optional: ['client', 'site'] },
);

/** An evidence document by its form alone; what it says is checked by `verifyEvidence`. */
export const evidenceShape: Shape<EvidenceDocument> = object<EvidenceDocument>(
  {
    format: oneOf(EVIDENCE_FORMAT),
    issuer: webAddress,
    case: object<EvidenceDocument['case']>({ id, openedAt: instant }),
    about,
    timeline: list(entry, { max: EVIDENCE_MAX_ENTRIES }),
    terms: list(
      object<EvidenceTerms>(
        {
          work: id,
          version: integer(1),
          sha256: sha256Hex,
          from: instant,
          to: instant,
          textErased: oneOf(true),
        },
        { optional: ['to', 'textErased'] },
      ),
      { max: 2_000 },
    ),
    offers: list(whole(500_000), { max: 1_000 }),
    gates: list(
      object<EvidenceDocument['gates'][number]>({ id, site: id, publicKey: key, registeredAt: instant }),
      { max: 200 },
    ),
    segments: list(whole(3_000_000), { max: EVIDENCE_MAX_SEGMENTS }),
    named: list(object<EvidenceDocument['named'][number]>({ party: id, name: text(600), agreement: id }), {
      max: 100,
    }),
    licenses: list(whole(3_000_000), { max: 100 }),
    licenseKeys: list(object<EvidenceDocument['licenseKeys'][number]>({ kid: id, publicKey: key }), {
      max: 20,
    }),
    reports: list(
      object<EvidenceReport>({
        sha256: sha256Hex,
        dataset: text(600),
        receivedAt: instant,
        createdAt: instant,
        index: sha256Hex,
        inputs: list(object<EvidenceReport['inputs'][number]>({ name: text(1_000), sha256: sha256Hex }), {
          max: 10_000,
        }),
      }),
      { max: 100 },
    ),
    records: list(
      object<EvidenceRecord>({
        type: text(64),
        record: whole(500_000),
        salt: hex,
        index: integer(0),
        inclusionProof: list(hex, { max: 64 }),
      }),
      { max: 1_000 },
    ),
    checkpoint: whole(65_536),
    shows: inBoth,
    doesNotShow: inBoth,
  },
  { optional: ['checkpoint'] },
);
