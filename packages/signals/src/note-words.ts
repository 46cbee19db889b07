import type { FoundDocument } from '@clearway/rsl/find';
import type { ReportLanguage } from './report-words.ts';
import { rslSentences } from './rsl-words.ts';
import { type Sentences, sentenceTeller } from './tell-sentences.ts';

/** Why the terms at an address cannot be read. */
const states: Readonly<Record<Exclude<FoundDocument['state'], 'read' | 'other-type'>, string>> = {
  insecure: 'ohne https',
  guarded: 'eine Adresse, die nicht abgerufen wird',
  'redirect-loop': 'Weiterleitungen im Kreis',
  'too-many-redirects': 'zu viele Weiterleitungen',
  'redirect-nowhere': 'eine Weiterleitung ohne Adresse',
  'no-answer': 'keine Antwort',
  'too-slow': 'zu langsam',
  'not-rsl': 'kein RSL',
  unreadable: 'fehlerhaft',
  'too-large': 'zu groß',
  closed: 'nicht für alle zugänglich',
  missing: 'nicht vorhanden',
  error: 'ein Fehler des Servers',
  'not-asked': 'nicht abgerufen, weil schon zu viele genannt sind',
};

/** Why something in a channel cannot be read, and what a review says of a document. */
export const noteSentences: Sentences = {
  'The text is UTF-16; only UTF-8 is read.': 'Der Text ist UTF-16; gelesen wird nur UTF-8.',
  'It answers {status}.': 'Die Antwort hat den Status {status}.',
  'No structured field dictionary.': 'Es ist keine Liste von Angaben, wie HTTP sie kennt (RFC 9651).',
  'The value of {key} is neither y nor n.': 'Der Wert von {key} ist weder y noch n.',
  'The value is neither yes nor no.': 'Der Wert ist weder yes noch no.',
  'The value of "use" is none of immediate, reference, full.':
    'Der Wert von „use“ ist keiner von immediate, reference, full.',
  'The XMP packet cannot be read: {~why}': 'Das XMP-Paket ist nicht lesbar: {~why}',
  'The package document cannot be read: {~why}': 'Das Paketdokument ist nicht lesbar: {~why}',
  'No code of PLUS Data Mining.': 'Es ist kein Kürzel von PLUS Data Mining.',
  'A reservation is 0 or 1.': 'Ein Vorbehalt ist 0 oder 1.',
  'A reservation is 0 or 1. It is {value}.': 'Ein Vorbehalt ist 0 oder 1. Hier ist er {value}.',
  'No JSON array of at most 1 MiB.': 'Es ist keine JSON-Liste von höchstens 1 MiB.',
  'This is no RSL document.': 'Es ist kein RSL-Dokument.',
  'Something that may restrict this use cannot be read.':
    'Etwas, das diese Nutzung einschränken kann, ist nicht lesbar.',
  '{~said} Not expressly, and the document has faults.':
    '{~said} Nicht ausdrücklich, und das Dokument hat Fehler.',
  '{usage} is licensed without charge.': '{usage} ist ohne Entgelt lizenziert.',
  'The document cannot be read ({~state}).': 'Das Dokument ist nicht lesbar ({~state}).',
};

const tell = sentenceTeller({ ...rslSentences, ...noteSentences, ...states });

/** A note on a statement, or a sentence of a review, in a language. */
export function tellNote(note: string, language: ReportLanguage): string {
  return language === 'en' ? note : (tell(note) ?? note);
}
