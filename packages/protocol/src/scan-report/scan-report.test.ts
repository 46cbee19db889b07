import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatScanReport, parseScanReport, type ScanReport, scanHitKinds } from '../index.ts';

const work = '01900000-0000-7000-8000-000000000001';
const sha256 = 'ab'.repeat(32);
const report: ScanReport = {
  format: 'clearway-scan-report-1',
  createdAt: '2026-11-22T12:00:00.000Z',
  tool: { name: 'clearway', version: '0.1.0' },
  index: { sha256, works: 3 },
  inputs: [{ name: 'data/part-0.parquet', sha256, bytes: 900, items: 4 }],
  items: 4,
  words: 500,
  bytes: 900,
  hits: [
    {
      item: 'row 2',
      input: 'data/part-0.parquet',
      work,
      kind: 'text',
      words: 41,
      coverage: 0.125,
      runs: [{ item: [10, 51], work: [0, 41], words: 41 }],
    },
    { item: 'row 3', input: 'data/part-0.parquet', work, kind: 'bytes', sha256 },
  ],
};

const code = (run: () => unknown) => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

describe('a scan report', () => {
  test('is read as it was written, in one spelling', () => {
    const text = formatScanReport(report);
    expect(parseScanReport(text)).toEqual(report);
    expect(formatScanReport(parseScanReport(JSON.stringify(report, null, 2)))).toBe(text);
  });

  const [excerpt, exact] = report.hits as [ScanReport['hits'][number], ScanReport['hits'][number]];
  const run = { item: [10, 51], work: [0, 41], words: 41 };
  test.each([
    ['of another format', { ...report, format: 'clearway-scan-report-2' }],
    ['with more', { ...report, owner: 'x' }],
    ['without inputs', { ...report, inputs: [] }],
    ['with an input twice', { ...report, inputs: [...report.inputs, ...report.inputs] }],
    ['with a hit in no input', { ...report, hits: [{ ...exact, input: 'elsewhere' }] }],
    ['with a work that is no id', { ...report, hits: [{ ...exact, work: '<script>' }] }],
    ['with an unknown kind', { ...report, hits: [{ ...exact, kind: 'trained-on' }] }],
    ['with an excerpt without runs', { ...report, hits: [{ ...excerpt, runs: undefined }] }],
    ['with an exact match with words', { ...report, hits: [{ ...exact, words: 3 }] }],
    ['with too much coverage', { ...report, hits: [{ ...excerpt, coverage: 1.01 }] }],
    ['with a run that goes back', { ...report, hits: [{ ...excerpt, runs: [{ ...run, work: [5, 5] }] }] }],
    ['with too many runs', { ...report, hits: [{ ...excerpt, runs: Array(101).fill(run) }] }],
    ['with too many hits', { ...report, hits: Array(50_001).fill(exact) }],
    ['with a name that steers a terminal', { ...report, hits: [{ ...exact, item: '\u001b[2J' }] }],
    ['with more words than any text', { ...report, hits: [{ ...excerpt, words: 9_000_000_000 }] }],
    ['with a negative number', { ...report, words: -1 }],
    ['with a number that is not whole', { ...report, items: 1.5 }],
  ])('%s is refused', (_what, value) => {
    expect(code(() => parseScanReport(JSON.stringify(value)))).toBe('scan-report-malformed');
  });

  test('that is no JSON, has a member twice, or is too long is refused', () => {
    expect(code(() => parseScanReport('PAR1'))).toBe('json-syntax');
    expect(code(() => parseScanReport(formatScanReport(report).replace('{', '{"items":9,')))).toBe(
      'json-duplicate-key',
    );
    expect(code(() => parseScanReport(' '.repeat(17 * 1024 * 1024)))).toBe('scan-report-malformed');
  });

  test('of any JSON at all is accepted or refused with a code', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...scanHitKinds), (json, kind) => {
        const text = JSON.stringify({
          ...report,
          hits: [{ ...exact, kind, item: json.slice(0, 9) }],
          words: json.length,
        });
        return [code(() => parseScanReport(json)), code(() => parseScanReport(text))].every((one) =>
          /^(accepted|json-|scan-report-malformed|text-)/.test(one),
        );
      }),
    );
  });
});
