import { NetError } from '@clearway/net';
import { scanHtmlHead } from '@clearway/rsl';
import type { Kernel } from '../kernel/index.ts';
import { fetchOnHost, mediaTypeOf, resultOf } from './fetch-on-host.ts';
import type { CheckResult, Evidence, Site } from './model.ts';
import { decodeText } from './read-text.ts';
import { sha256Hex } from './sha256.ts';

/** What a look came to. */
export type Look = { readonly result: CheckResult; readonly evidence: Evidence };

/** Address of the proof file on a host, RFC 8615. */
export const FILE_PATH = '/.well-known/clearway.txt';
/** Name of the `meta` element. */
export const META_NAME = 'clearway-site';
const LINE = `${META_NAME}=`;

const MAX_FILE = 64 * 1024;
const MAX_PAGE = 2 * 1024 * 1024;
/** The head of an honest page ends before this. */
const MAX_HEAD = 256 * 1024;
const MAX_RECORDS = 500;

/** The line the file and the DNS entry hold. */
export function proofLine(value: string): string {
  return `${LINE}${value}`;
}

/** DNS name of the entry. */
export function dnsName(site: Pick<Site, 'host'>): string {
  return `_clearway.${site.host.split(':')[0]}`;
}

const sameHost = (next: URL, from: URL) => next.host === from.host;

/** Looks for the well-known file. */
export async function lookForFile(k: Kernel, site: Site, value: string): Promise<Look> {
  const asked = new URL(FILE_PATH, site.url).href;
  const seen = await fetchOnHost(k, asked, { accept: 'text/plain', maxBytes: MAX_FILE, stays: sameHost });
  if ('failed' in seen) return { result: seen.failed, evidence: seen.evidence };
  const { answer, evidence } = seen;
  if (answer.status !== 200) return { result: statusResult(answer.status), evidence };
  // A page may show what visitors write; a text file does not.
  if (mediaTypeOf(answer) === 'text/html') return { result: 'not-text', evidence };
  const text = decodeText(answer.body);
  if (text === undefined) return { result: 'not-text', evidence };
  return compareLines(text.split(/\r\n|\r|\n/), value, evidence);
}

/** Looks for the DNS TXT entry. A long value may be cut in pieces; the resolver joins them. */
export async function lookForDns(k: Kernel, site: Site, value: string): Promise<Look> {
  const asked = dnsName(site);
  let records: string[];
  try {
    records = await k.dns.txt(asked);
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return { result: resultOf(error), evidence: { asked, error: error.code } };
  }
  const lines = records.slice(0, MAX_RECORDS).map(unquote);
  const evidence = { asked, sha256: sha256Hex(records.toSorted(byCodeUnit).join('\n')) };
  return compareLines(lines, value, evidence);
}

/** Looks for the `meta` element in the head of the home page. */
export async function lookForMeta(k: Kernel, site: Site, value: string): Promise<Look> {
  const asked = new URL('/', site.url).href;
  const seen = await fetchOnHost(k, asked, { accept: 'text/html', maxBytes: MAX_PAGE, stays: sameHost });
  if ('failed' in seen) return { result: seen.failed, evidence: seen.evidence };
  const { answer, evidence } = seen;
  if (answer.status !== 200) return { result: statusResult(answer.status), evidence };
  const html = decodeText(answer.body.subarray(0, MAX_HEAD), { lenient: true }) ?? '';
  const values = scanHtmlHead(html)
    .filter((tag) => tag.name === 'meta' && tag.attributes.name?.trim().toLowerCase() === META_NAME)
    .map((tag) => (tag.attributes.content ?? '').trim());
  return compare(values, value, evidence);
}

/** What an answer without the thing means. */
export function statusResult(status: number): CheckResult {
  return status === 404 || status === 410 ? 'not-found' : 'answered-with-error';
}

function compareLines(lines: readonly string[], value: string, evidence: Evidence): Look {
  const values = lines
    .map((line) => line.trim())
    .filter((line) => line.toLowerCase().startsWith(LINE))
    .map((line) => line.slice(LINE.length).trim());
  return compare(values, value, evidence);
}

function compare(values: readonly string[], value: string, evidence: Evidence): Look {
  if (values.includes(value)) return { result: 'proven', evidence };
  if (values.length === 0) return { result: 'not-found', evidence };
  return { result: 'wrong-value', evidence: { ...evidence, found: values.slice(0, 3).map(short) } };
}

/** Some name server panels keep the quotes people type. */
function unquote(record: string): string {
  const text = record.trim();
  return text.length >= 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

const byCodeUnit = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function short(text: string): string {
  const printable = [...text].filter((char) => char >= ' ' && char <= '~').join('');
  return printable.slice(0, 60);
}
