import { type Sentences, sentenceTeller, tellCheckInGerman } from '@clearway/protocol';
import type { Locale, Problem } from '../kernel/index.ts';

/** What a problem says of one case, in German, where it says it in words; names, numbers and codes stay as they are. */
export const detailSentences: Sentences = {
  '{#count} bytes': '{#count} Bytes',
  '{#count} lines': '{#count} Zeilen',
  '{#count} characters': '{#count} Zeichen',
  '{#count} works': '{#count} Werke',
  '{#count} paths': '{#count} Pfade',
  'more than {#count} characters': 'mehr als {#count} Zeichen',
  'port {#port}': 'Port {#port}',
  '{protocol} is not a web address': '{protocol} gehört zu keiner Web-Adresse',
  'a number, not a name': 'eine Nummer, kein Name',
  '{host}: {~reason}': '{host}: {~reason}',
  'unreadable address': 'unlesbare Adresse',
  'unassigned address': 'nicht vergebene Adresse',
  'private address': 'private Adresse',
  'loopback address': 'Adresse des eigenen Rechners',
  'linkLocal address': 'Adresse nur für das nächste Netz',
  'uniqueLocal address': 'Adresse eines eigenen Netzes',
  'carrierGradeNat address': 'Adresse im Netz eines Anbieters',
  'multicast address': 'Adresse für viele zugleich',
  'broadcast address': 'Adresse für alle im Netz',
  'unspecified address': 'Adresse, die nichts nennt',
  'reserved address': 'zurückgehaltene Adresse',
  'NAT64 form of a {~address}': 'in der Form NAT64: {~address}',
  'name ends in a dot': 'der Name endet mit einem Punkt',
  'name is too long': 'der Name ist zu lang',
  'name has one label': 'der Name hat keinen Punkt',
  'name is malformed': 'der Name hat nicht die Form eines Servernamens',
  'names under .{suffix} are local': 'Namen unter .{suffix} gelten nur im eigenen Netz',
  'The archive holds no answer for {~page}.': 'Die Aufzeichnung enthält keine Antwort für {~page}.',
  'a page': 'eine Seite',
  'http{address}': 'http{address}',
  'This is no HTTP archive: it has no log.entries.':
    'Das ist keine Aufzeichnung eines Browsers: log.entries fehlt.',
  'This is no HTTP archive: it is no JSON.': 'Das ist keine Aufzeichnung eines Browsers: Es ist kein JSON.',
  'The archive gives no time as in RFC 3339 for {url}.':
    'Die Aufzeichnung nennt für {url} keine Zeit nach RFC 3339.',
  'The archive holds a body that is no base64, though it says so.':
    'Die Aufzeichnung enthält einen Inhalt, der Base64 sein soll und keines ist.',
  'the terms are newer': 'die Bedingungen sind neuer',
  'no statement': 'kein Auszug',
  'two balances {kind}': 'zweimal der Stand {kind}',
  'no balance {kind}': 'kein Stand {kind}',
  'Bal/Dt of {kind}': 'Bal/Dt von {kind}',
};

const tell = sentenceTeller(detailSentences);

/** These pass on what `protocol` says of a document. */
const PASSED_ON: ReadonlySet<string> = new Set(['report-malformed', 'case-too-large']);

/** What a problem says of one case, as people read it. Problems speak English, because documents for programs do. */
export function detailText(locale: Locale, { code, detail = '' }: Pick<Problem, 'code' | 'detail'>): string {
  if (locale === 'en') return detail;
  return tell(detail) ?? (PASSED_ON.has(code) ? tellCheckInGerman(detail) : undefined) ?? detail;
}
