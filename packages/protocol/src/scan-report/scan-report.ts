import { canonicalize } from '../canonical-json/canonicalize.ts';
import { parseStrict } from '../canonical-json/parse-strict.ts';
import { ProtocolError } from '../problem.ts';
import {
  fraction,
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
} from '../shape.ts';

/**
 * How an item matches a work: the same bytes, an excerpt of its text, the same text after normalising, the same pixels, the
 * same sound samples. None of them says more than that.
 */
export const scanHitKinds = ['bytes', 'text', 'normalised-text', 'pixels', 'pcm'] as const;

/** One way to match. */
export type ScanHitKind = (typeof scanHitKinds)[number];

/** One excerpt: first and behind-the-last word (from 0) in the item and in the work, and how many words match. */
export type ScanRun = {
  readonly item: readonly [from: number, to: number];
  readonly work: readonly [from: number, to: number];
  readonly words: number;
};

/**
 * An item of a data set that matches a registered work. `item` is what it is called there (a path, a line, a row); `input` is
 * the name of the file it is in. For an excerpt, `words` is how many words match, `coverage` which part of the work they are
 * (0 to 1), and `runs` where they are. `sha256` is what was compared in an exact match.
 */
export type ScanHit = {
  readonly item: string;
  readonly input: string;
  readonly work: string;
  readonly kind: ScanHitKind;
  readonly words?: number;
  readonly coverage?: number;
  readonly runs?: readonly ScanRun[];
  readonly sha256?: string;
};

/**
 * What a scan of a data set found, made where the data lie: it names files by hash and holds none of their content. `index`
 * is the file of fingerprints it was held against, `items`, `words` and `bytes` how much was read.
 */
export type ScanReport = {
  readonly format: 'clearway-scan-report-1';
  readonly createdAt: string;
  readonly tool: { readonly name: string; readonly version: string };
  readonly index: { readonly sha256: string; readonly works: number };
  readonly inputs: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly items: number;
  }[];
  readonly items: number;
  readonly words: number;
  readonly bytes: number;
  readonly hits: readonly ScanHit[];
};

/** The format of a scan report. */
export const SCAN_REPORT_FORMAT = 'clearway-scan-report-1';
/** The longest report, in bytes. A scan that finds more is reported in parts, by shards or by inputs. */
export const SCAN_REPORT_MAX_BYTES: number = 16 * 1024 * 1024;
/** The most hits of one report. */
export const SCAN_REPORT_MAX_HITS = 50_000;
/** The most files of one report. */
export const SCAN_REPORT_MAX_INPUTS = 10_000;
/** The most excerpts named for one hit; `words` and `coverage` count all of them. */
export const SCAN_REPORT_MAX_RUNS = 100;

/** No text is longer than this. */
const MAX_WORDS = 2_000_000_000;

const span: Shape<readonly [from: number, to: number]> = (value, place) => {
  const [from = 0, to = 0] = list(integer(0), { min: 2, max: 2 })(value, place);
  return from < to ? [from, to] : miss(place, 'a span that ends behind its beginning');
};

const hitMembers = object<ScanHit>(
  {
    item: text(1_000),
    input: text(1_000),
    work: matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'the id of a work'),
    kind: oneOf(...scanHitKinds),
    words: integer(1, MAX_WORDS),
    coverage: fraction,
    runs: list(object<ScanRun>({ item: span, work: span, words: integer(1, MAX_WORDS) }), {
      min: 1,
      max: SCAN_REPORT_MAX_RUNS,
    }),
    sha256: sha256Hex,
  },
  { optional: ['words', 'coverage', 'runs', 'sha256'] },
);

const hitShape: Shape<ScanHit> = (value, place) => {
  const hit = hitMembers(value, place);
  const excerpt = [hit.words, hit.coverage, hit.runs].filter((part) => part !== undefined).length;
  if (hit.kind === 'text' && excerpt !== 3) miss(place, 'an excerpt with words, coverage and runs');
  if (hit.kind !== 'text' && excerpt !== 0) miss(place, 'an exact match without words, coverage and runs');
  return hit;
};

const members = object<ScanReport>({
  format: oneOf(SCAN_REPORT_FORMAT),
  createdAt: instant,
  tool: object<ScanReport['tool']>({ name: text(100), version: text(100) }),
  index: object<ScanReport['index']>({ sha256: sha256Hex, works: integer(0) }),
  inputs: list(
    object<ScanReport['inputs'][number]>({
      name: text(1_000),
      sha256: sha256Hex,
      bytes: integer(0),
      items: integer(0),
    }),
    { min: 1, max: SCAN_REPORT_MAX_INPUTS },
  ),
  items: integer(0),
  words: integer(0),
  bytes: integer(0),
  hits: list(hitShape, { max: SCAN_REPORT_MAX_HITS }),
});

const reportShape: Shape<ScanReport> = (value, place) => {
  const report = members(value, place);
  const names = new Set(report.inputs.map(({ name }) => name));
  if (names.size < report.inputs.length) miss('/inputs', 'a list of different names');
  for (const [i, { input }] of report.hits.entries()) {
    if (!names.has(input)) miss(`/hits/${i}/input`, 'the name of an input');
  }
  return report;
};

/**
 * Writes a scan report as canonical JSON, after checking that it can be read again. Throws `scan-report-malformed`, also
 * for one that is too long.
 *
 * @example
 * const report = { format: SCAN_REPORT_FORMAT, createdAt: '2026-01-31T12:00:00.000Z', tool: { name: 'clearway', version: '0.1.0' },
 *   index: { sha256: 'ab'.repeat(32), works: 2 }, inputs: [{ name: 'a.jsonl', sha256: 'cd'.repeat(32), bytes: 9, items: 1 }],
 *   items: 1, words: 2, bytes: 9, hits: [] }
 * parseScanReport(formatScanReport(report)).items // => 1
 * formatScanReport({ ...report, items: -1 }) // => throws scan-report-malformed
 */
export function formatScanReport(report: ScanReport): string {
  const written = canonicalize(readShape(reportShape, report, 'scan-report-malformed'));
  refuseTooLong(written.length);
  return written;
}

/**
 * Reads a scan report that somebody made, white space allowed. Nothing in it is proven.
 * Throws `scan-report-malformed` with the place, and the codes of `parseStrict`.
 *
 * @example
 * parseScanReport('{}') // => throws scan-report-malformed
 */
export function parseScanReport(report: string): ScanReport {
  refuseTooLong(report.length);
  return readShape(reportShape, parseStrict(report), 'scan-report-malformed');
}

function refuseTooLong(length: number): void {
  if (length <= SCAN_REPORT_MAX_BYTES) return;
  const detail = `It has ${length} characters, over ${SCAN_REPORT_MAX_BYTES}.`;
  throw new ProtocolError('scan-report-malformed', detail);
}
