import type { LeafUsage } from './permissions.ts';
import type { Fault, StatementCarrier } from './statement.ts';

/** The languages a report can be told in. */
export type ReportLanguage = 'en' | 'de';

interface Words {
  readonly usage: Readonly<Record<LeafUsage, string>>;
  readonly who: Readonly<Record<LeafUsage, string>>;
  readonly carrier: Readonly<Record<StatementCarrier, string>>;
  readonly refused: string;
  readonly conditional: (terms: string) => string;
  readonly allowed: string;
  readonly allowedUnusable: string;
  readonly licensed: string;
  readonly unknown: string;
  readonly damaged: string;
  readonly mayNotFetch: string;
  readonly everybody: string;
  readonly nothing: string;
  readonly sum: (parts: string) => string;
  readonly at: (place: string, parts: string) => string;
  readonly yesAndNo: (usage: string, gives: string, reserves: string) => Finding;
  readonly closedOffer: (usage: string, who: string, rule: string) => Finding;
  readonly unreadable: (what: string, why: string) => Finding;
  readonly ignored: Readonly<Record<string, (value: string) => Finding>>;
  readonly forgetful: (who: string, lines: string) => Finding;
  readonly faulty: (url: string, message: string, cure: string) => Finding;
  readonly fault: Readonly<Record<Fault, (what: string) => Finding>>;
  readonly silent: (usage: string) => Finding;
  readonly silentHere: (usage: string) => Finding;
  readonly elsewhere: (where: string) => string;
  readonly more: (count: number) => string;
}

type Finding = { readonly text: string; readonly cure: string };

const carriers = {
  rsl: 'RSL',
  'aipref-robots': 'AIPREF (robots.txt)',
  'aipref-header': 'AIPREF (Content-Usage)',
  'content-signal': 'Content-Signal',
  'content-signal-use': 'Content-Signal (use)',
  'tdmrep-file': 'TDMRep (tdmrep.json)',
  'tdmrep-header': 'TDMRep (HTTP)',
  'tdmrep-meta': 'TDMRep (HTML)',
  'tdmrep-epub': 'TDMRep (EPUB)',
  'tdmrep-xmp': 'TDMRep (XMP)',
  'robots-meta': 'noai (HTML)',
  'x-robots-tag': 'X-Robots-Tag',
  plus: 'PLUS / IPTC (XMP)',
  'schema-org': 'schema.org JSON-LD',
  'ai-txt': 'ai.txt',
} as const;

const en: Words = {
  usage: {
    'ai-train': 'training AI models',
    'ai-input': 'answers made from the page',
    'ai-index': 'an index for AI',
    search: 'search engines',
  },
  who: {
    'ai-train': 'Crawlers that gather training data',
    'ai-input': 'Assistants that fetch for a person',
    'ai-index': 'Crawlers of AI search',
    search: 'Search engines',
  },
  carrier: {
    ...carriers,
    robots: 'robots.txt (Disallow)',
    'tdm-policy': 'TDMRep policy',
    'xmp-rights': 'XMP rights',
    'cc-licence': 'Creative Commons',
    file: 'A file',
  },
  refused: 'not allowed',
  conditional: (terms) => (terms === '' ? 'only against terms' : `only against terms: ${terms}`),
  allowed: 'allowed as a preference, which is no licence',
  allowedUnusable: 'allowed by words, yet not usable',
  licensed: 'licensed',
  unknown: 'nothing is said',
  damaged: 'cannot be read',
  mayNotFetch: 'may not even fetch it',
  everybody: 'everybody',
  nothing:
    'This says nothing at all to AI. In the EU that is no reservation of rights (Directive (EU) 2019/790, Article 4).',
  sum: (parts) => `What this really says: ${parts}.`,
  at: (place, parts) => `For ${place}: ${parts}.`,
  yesAndNo: (usage, gives, reserves) => ({
    text: `For ${usage}, ${gives} gives what ${reserves} refuses. A careful reader follows the refusal.`,
    cure: 'Decide which of the two you mean and change the other one.',
  }),
  closedOffer: (usage, who, rule) => ({
    text: `Terms are offered for ${usage}, but robots.txt keeps out ${who}: who may not fetch cannot come to buy.`,
    cure: `Take "${rule}" out for those you want to license to, or withdraw the offer.`,
  }),
  unreadable: (what, why) => ({
    text: `${what} tries to say something that cannot be read. ${why}`,
    cure: 'Mend it: until then a careful reader takes it for a refusal, a careless one for nothing.',
  }),
  ignored: {
    relative: (value) => ({
      text: `A pointer to a licence counts for nobody, because its address is not complete: ${value}`,
      cure: 'Write the whole address, with https:// (RSL 1.0 §4.4, §4.5).',
    }),
    'no-type': (value) => ({
      text: `A link to a licence has no media type, so no reader of RSL follows it: ${value}`,
      cure: 'Add type="application/rsl+xml" if it is an RSL document; leave it if it is another licence.',
    }),
    'other-type': (value) => ({
      text: `A link to a licence is of another media type than RSL: ${value}`,
      cure: 'Nothing to do if it is another licence; else write type="application/rsl+xml".',
    }),
    'other-place': (value) => ({
      text: `A link to a licence has an anchor, so it speaks of another page or of a part of this one: ${value}`,
      cure: 'Take the anchor out if you mean this page (RFC 8288 §3.2).',
    }),
  },
  forgetful: (who, lines) => ({
    text: `robots.txt has a group of its own for ${who}. Who has one never reads the group for everybody, so ${lines} is not said to them.`,
    cure: 'Repeat these lines in each group that names somebody.',
  }),
  faulty: (url, message, cure) => ({ text: `The RSL document ${url} has a fault: ${message}`, cure }),
  fault: {
    'before-groups': (what) => ({
      text: `${what} stands above the first User-agent line. There it speaks to nobody.`,
      cure: 'Move it below a User-agent line, and repeat it in every group.',
    }),
    'signal-path': (what) => ({
      text: `${what} begins with a path. Content-Signal has no paths: nobody knows what it says.`,
      cure: 'Say it without a path; for a part of the site write Content-Usage with the path, or a header on its pages.',
    }),
    'tdmrep-order': (what) => ({
      text: `${what} is hidden by an entry above it that matches the same addresses and says something else: the first match counts.`,
      cure: 'Put the narrower location first.',
    }),
    'robots-too-long': () => ({
      text: 'robots.txt is longer than 500 KiB. Programs need not read the rest (RFC 9309 §2.5), so what stands there may count for nobody.',
      cure: 'Shorten it, and put the groups that matter first.',
    }),
  },
  silent: (usage) => ({
    text: `No channel says anything about ${usage}.`,
    cure: 'If you mean no, say no: silence is read as permission in some places.',
  }),
  silentHere: (usage) => ({
    text: `For this address no channel says anything about ${usage}; what is said holds for other addresses or programs.`,
    cure: 'If you mean no here as well, say so: silence is read as permission in some places.',
  }),
  elsewhere: (where) =>
    `For this address nothing is said to AI. There are rules for other addresses or programs: ${where}. Ask about one of them.`,
  more: (count) => ` and ${count} more`,
};

const de: Words = {
  usage: {
    'ai-train': 'das Training von KI-Modellen',
    'ai-input': 'Antworten aus der Seite',
    'ai-index': 'ein Verzeichnis für KI',
    search: 'Suchmaschinen',
  },
  who: {
    'ai-train': 'Programme, die Trainingsdaten sammeln',
    'ai-input': 'Assistenten, die für eine Person abrufen',
    'ai-index': 'Programme von KI-Suchen',
    search: 'Suchmaschinen',
  },
  carrier: {
    ...carriers,
    robots: 'robots.txt (Disallow)',
    'tdm-policy': 'TDMRep-Bedingungen',
    'xmp-rights': 'XMP-Rechte',
    'cc-licence': 'Creative Commons',
    file: 'Eine Datei',
  },
  refused: 'nicht erlaubt',
  conditional: (terms) => (terms === '' ? 'nur zu Bedingungen' : `nur zu Bedingungen: ${terms}`),
  allowed: 'als Wunsch erlaubt, das ist keine Lizenz',
  allowedUnusable: 'dem Wort nach erlaubt, aber nicht nutzbar',
  licensed: 'lizenziert',
  unknown: 'dazu steht nichts da',
  damaged: 'nicht lesbar',
  mayNotFetch: 'darf nicht einmal abrufen',
  everybody: 'alle',
  nothing:
    'Hier wird der KI gar nichts gesagt. In der EU ist das kein Rechtevorbehalt (Richtlinie (EU) 2019/790, Artikel 4).',
  sum: (parts) => `Was hier wirklich steht: ${parts}.`,
  at: (place, parts) => `Für ${place}: ${parts}.`,
  yesAndNo: (usage, gives, reserves) => ({
    text: `Für ${usage} gibt ${gives}, was ${reserves} verweigert. Wer sorgfältig liest, folgt der Weigerung.`,
    cure: 'Entscheiden Sie, was gemeint ist, und ändern Sie das andere.',
  }),
  closedOffer: (usage, who, rule) => ({
    text: `Für ${usage} werden Bedingungen angeboten, aber robots.txt hält ${who} fern: Wer nicht abrufen darf, kann nicht kaufen.`,
    cure: `Nehmen Sie „${rule}“ für die heraus, denen Sie Lizenzen geben wollen, oder ziehen Sie das Angebot zurück.`,
  }),
  unreadable: (what, why) => ({
    text: `${what} will etwas sagen und ist nicht lesbar. ${why}`,
    cure: 'Berichtigen Sie es: Bis dahin gilt es sorgfältigen Lesern als Weigerung, anderen als nichts.',
  }),
  ignored: {
    relative: (value) => ({
      text: `Ein Verweis auf eine Lizenz gilt für niemanden, weil seine Adresse unvollständig ist: ${value}`,
      cure: 'Schreiben Sie die ganze Adresse mit https:// (RSL 1.0 §4.4, §4.5).',
    }),
    'no-type': (value) => ({
      text: `Ein Verweis auf eine Lizenz hat keinen Medientyp, daher folgt ihm niemand, der RSL liest: ${value}`,
      cure: 'Ergänzen Sie type="application/rsl+xml", wenn es RSL ist; bei einer anderen Lizenz lassen Sie es so.',
    }),
    'other-type': (value) => ({
      text: `Ein Verweis auf eine Lizenz hat einen anderen Medientyp als RSL: ${value}`,
      cure: 'Bei einer anderen Lizenz ist nichts zu tun; sonst schreiben Sie type="application/rsl+xml".',
    }),
    'other-place': (value) => ({
      text: `Ein Verweis auf eine Lizenz hat einen Anker und gilt daher einer anderen Seite oder einem Teil dieser: ${value}`,
      cure: 'Nehmen Sie den Anker heraus, wenn diese Seite gemeint ist (RFC 8288 §3.2).',
    }),
  },
  forgetful: (who, lines) => ({
    text: `robots.txt hat eine eigene Gruppe für ${who}. Wer eine hat, liest die Gruppe für alle nicht; ${lines} gilt ihm also nicht.`,
    cure: 'Wiederholen Sie diese Zeilen in jeder Gruppe, die jemanden nennt.',
  }),
  faulty: (url, message, cure) => ({ text: `Das RSL-Dokument ${url} hat einen Fehler: ${message}`, cure }),
  fault: {
    'before-groups': (what) => ({
      text: `${what} steht über der ersten Zeile User-agent. Dort gilt es niemandem.`,
      cure: 'Setzen Sie es unter eine Zeile User-agent und wiederholen Sie es in jeder Gruppe.',
    }),
    'signal-path': (what) => ({
      text: `${what} beginnt mit einem Pfad. Content-Signal kennt keine Pfade: Niemand weiß, was es sagt.`,
      cure: 'Sagen Sie es ohne Pfad; für einen Teil der Website schreiben Sie Content-Usage mit dem Pfad oder eine Kopfzeile auf seinen Seiten.',
    }),
    'tdmrep-order': (what) => ({
      text: `${what} wird von einem Eintrag darüber verdeckt, der für dieselben Adressen gilt und anderes sagt: Der erste Treffer zählt.`,
      cure: 'Stellen Sie den engeren Ort voran.',
    }),
    'robots-too-long': () => ({
      text: 'robots.txt ist länger als 500 KiB. Den Rest muss niemand lesen (RFC 9309 §2.5); was dort steht, gilt vielleicht niemandem.',
      cure: 'Kürzen Sie sie und stellen Sie die wichtigen Gruppen voran.',
    }),
  },
  silent: (usage) => ({
    text: `Kein Kanal sagt etwas über ${usage}.`,
    cure: 'Wenn Sie Nein meinen, sagen Sie Nein: Schweigen wird mancherorts als Erlaubnis gelesen.',
  }),
  silentHere: (usage) => ({
    text: `Für diese Adresse sagt kein Kanal etwas über ${usage}; was gesagt wird, gilt für andere Adressen oder Programme.`,
    cure: 'Wenn Sie auch hier Nein meinen, sagen Sie es: Schweigen wird mancherorts als Erlaubnis gelesen.',
  }),
  elsewhere: (where) =>
    `Für diese Adresse wird der KI nichts gesagt. Regeln gibt es für andere Adressen oder Programme: ${where}. Fragen Sie nach einer davon.`,
  more: (count) => ` und ${count} weitere`,
};

/** The words of a report. */
export const reportWords: Readonly<Record<ReportLanguage, Words>> = { en, de };

/**
 * The name of a carrier for people.
 *
 * @example
 * ```ts
 * import { carrierName } from '@clearway/signals';
 *
 * carrierName('robots', 'en') // => 'robots.txt (Disallow)'
 * ```
 */
export function carrierName(carrier: StatementCarrier, language: ReportLanguage): string {
  return reportWords[language].carrier[carrier];
}
