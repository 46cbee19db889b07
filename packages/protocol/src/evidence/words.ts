import type { EvidenceDocument, EvidenceLines } from './document.ts';

type Facts = Pick<EvidenceDocument, 'about' | 'timeline' | 'terms' | 'named' | 'reports' | 'records'>;

/**
 * What a case shows and what it does not, in plain sentences that follow from its facts and from nothing else: a client is
 * "a client calling itself …" unless a license inside names it; a copy "matches"; what it was used for is never said.
 *
 * @example
 * const period = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' }
 * const facts = { about: { client: 'RudeBot', works: [], period }, timeline: [], terms: [], named: [], reports: [], records: [] }
 * evidenceWords(facts).shows.en // => ['Nothing was seen in the period.']
 */
export function evidenceWords(facts: Facts): { shows: EvidenceLines; doesNotShow: EvidenceLines } {
  return {
    shows: { en: shows(facts, english), de: shows(facts, german) },
    doesNotShow: { en: doesNotShow(facts, english), de: doesNotShow(facts, german) },
  };
}

type Words = {
  refused(n: number, client: string, where: string, from: string, to: string): string;
  fetched(n: number, client: string, where: string): string;
  named(company: string, agreement: string): string;
  matched(items: number, dataset: string, sha256: string): string;
  terms(title: string, versions: number): string;
  noTerms(title: string): string;
  logged: string;
  nothing: string;
  who(client: string): string;
  refusedGotNothing: string;
  use: string;
  scan: string;
  title: string;
  clocks: string;
  elsewhere: string;
};

function shows({ about, timeline, terms, named, reports, records }: Facts, words: Words): string[] {
  const client = about.client ?? '';
  const where = about.site?.origin ?? '';
  const refusals = timeline.filter((entry) => entry.kind === 'refusal');
  const fetches = timeline.filter((entry) => entry.kind === 'fetch');
  const lines: string[] = [];
  if (refusals.length > 0) {
    const count = refusals.reduce((sum, entry) => sum + entry.count, 0);
    const from = refusals.map(({ at }) => at).sort()[0]!;
    const to = refusals
      .map((entry) => entry.to)
      .sort()
      .at(-1)!;
    lines.push(words.refused(count, client, where, from, to));
  }
  if (fetches.length > 0) lines.push(words.fetched(fetches.length, client, where));
  for (const { name, agreement } of named) lines.push(words.named(name, agreement));
  for (const { sha256, dataset } of reports) {
    const items = timeline.filter((entry) => entry.kind === 'match' && entry.report === sha256).length;
    if (items > 0) lines.push(words.matched(items, dataset, sha256));
  }
  if (lines.length === 0) return [words.nothing];
  for (const { id, title } of about.works) {
    const versions = terms.filter(({ work }) => work === id).length;
    lines.push(versions > 0 ? words.terms(title, versions) : words.noTerms(title));
  }
  if (records.length > 0) lines.push(words.logged);
  return lines;
}

function doesNotShow({ about, timeline, reports }: Facts, words: Words): string[] {
  const lines: string[] = [];
  if (about.client !== undefined) lines.push(words.who(about.client));
  if (timeline.some(({ kind }) => kind === 'refusal')) lines.push(words.refusedGotNothing);
  lines.push(words.use);
  if (reports.length > 0) lines.push(words.scan);
  lines.push(words.title, words.clocks, words.elsewhere);
  return lines;
}

const english: Words = {
  refused: (n, client, where, from, to) =>
    `Between ${from} and ${to} the gates of ${where} refused ${n} requests of a client calling itself “${client}”. Each count stands in a segment that its gate signed; the segments are inside.`,
  fetched: (n, client, where) =>
    `The gates of ${where} let in ${n} requests of a client calling itself “${client}”, each with a license token.`,
  named: (company, agreement) =>
    `Requests named here carried tokens issued to ${company} under the agreement ${agreement}; the signed license is inside.`,
  matched: (items, dataset, sha256) =>
    `${items} items of the data set “${dataset}” match works named here, as the scan report with the SHA-256 ${sha256} says. The report names the files of the data set by their hashes.`,
  terms: (title, versions) =>
    `Which terms for “${title}” were in force at each second: ${versions} versions, each as its exact text under its SHA-256.`,
  noTerms: (title) =>
    `For “${title}” no terms were in force in the period: nothing was offered or licensed to anybody anew.`,
  logged: 'The versions of the terms named here are on record in the public log, with proof.',
  nothing: 'Nothing was seen in the period.',
  who: (client) =>
    `Who the client calling itself “${client}” is. Anybody can send this name; only requests with a license token are tied to a company, and to none but the one that holds the license.`,
  refusedGotNothing:
    'That the refused requests got anything: they were answered with terms and price, and with nothing of the works.',
  use: 'What copies were used for. That an item matches a work says that it holds the same words, bytes, pixels or samples, and nothing about any model.',
  scan: 'That the scan was run with care or is complete: the report was handed in by whoever opened the case. Anybody who has the files with these hashes can run it again.',
  title:
    'That the rights belong to the holders: registrations are what holders declared, checked by the methods and on the dates named there.',
  clocks:
    'The time more exactly than the clocks of the gates and of this instance: their order is proven by the chain of segments and by the log.',
  elsewhere: 'What happened before and after the period, or at other places.',
};

const german: Words = {
  refused: (n, client, where, from, to) =>
    `Zwischen ${from} und ${to} haben die Tore von ${where} ${n} Anfragen eines Clients abgewiesen, der sich „${client}“ nennt. Jede Zahl steht in einem Segment, das ihr Tor signiert hat; die Segmente liegen bei.`,
  fetched: (n, client, where) =>
    `Die Tore von ${where} haben ${n} Anfragen eines Clients eingelassen, der sich „${client}“ nennt, jede mit einem Lizenztoken.`,
  named: (company, agreement) =>
    `Hier genannte Anfragen trugen Token, die für ${company} unter der Vereinbarung ${agreement} ausgestellt wurden; die signierte Lizenz liegt bei.`,
  matched: (items, dataset, sha256) =>
    `${items} Einträge des Datensatzes „${dataset}“ stimmen mit hier genannten Werken überein, wie der Prüfbericht mit dem SHA-256 ${sha256} sagt. Der Bericht nennt die Dateien des Datensatzes mit ihren Hashwerten.`,
  terms: (title, versions) =>
    `Welche Bedingungen für „${title}“ in jeder Sekunde galten: ${versions} Fassungen, jede mit ihrem genauen Wortlaut unter ihrem SHA-256.`,
  noTerms: (title) =>
    `Für „${title}“ galten im Zeitraum keine Bedingungen: Niemandem wurde etwas angeboten oder neu lizenziert.`,
  logged: 'Die hier genannten Fassungen der Bedingungen stehen mit Beleg im öffentlichen Protokoll.',
  nothing: 'Im Zeitraum wurde nichts beobachtet.',
  who: (client) =>
    `Wer der Client ist, der sich „${client}“ nennt. Diesen Namen kann jeder senden; nur Anfragen mit Lizenztoken sind einem Unternehmen zugeordnet, und nur dem, das die Lizenz hält.`,
  refusedGotNothing:
    'Dass die abgewiesenen Anfragen etwas erhielten: Sie wurden mit Bedingungen und Preis beantwortet und mit nichts von den Werken.',
  use: 'Wofür Kopien verwendet wurden. Dass ein Eintrag mit einem Werk übereinstimmt, sagt, dass er dieselben Wörter, Bytes, Bildpunkte oder Abtastwerte enthält, und nichts über irgendein Modell.',
  scan: 'Dass die Prüfung sorgfältig oder vollständig war: Den Bericht hat eingereicht, wer den Fall eröffnet hat. Wer die Dateien mit diesen Hashwerten hat, kann sie wiederholen.',
  title:
    'Dass die Rechte den Inhabern zustehen: Anmeldungen sind, was Inhaber erklärt haben, geprüft mit den dort genannten Verfahren und an den dort genannten Tagen.',
  clocks:
    'Die Zeit genauer als die Uhren der Tore und dieser Instanz: Ihre Reihenfolge belegen die Kette der Segmente und das Protokoll.',
  elsewhere: 'Was vor und nach dem Zeitraum oder an anderen Orten geschah.',
};
