import { parseRobots } from '@clearway/rsl';
import { type ReviewIssue, trailingLicense } from '@clearway/rsl/find';
import { tellNote } from './note-words.ts';
import type { ReportLanguage } from './report-words.ts';
import type { SignalSource } from './source.ts';

/** What is to be mended in how licences are named and served. */
export interface ReviewFinding {
  readonly code: keyof typeof codes;
  readonly text: string;
  readonly cure: string;
}

/** Of what a review finds, what no record or fault tells already. */
const codes = {
  'licence-line-trails': 'A13-trailing-line',
  'licence-type': 'R5-media-type',
  'licence-elsewhere': 'A15-redirected-away',
  'licence-unread': 'A16-unreadable',
  'licences-differ': 'R78-channels-differ',
} as const;

type Say = (place: string, said: string) => { readonly text: string; readonly cure: string };

const words: Readonly<Record<ReportLanguage, Readonly<Record<keyof typeof codes, Say>>>> = {
  en: {
    'licence-line-trails': (place) => ({
      text: `A License line stands below the rules of the last group of ${place}, so it speaks to that group only and to nobody else.`,
      cure: 'Move the line to the top of robots.txt if you mean everybody.',
    }),
    'licence-type': (place) => ({
      text: `The RSL document ${place} is served under another media type. It counts, but not every reader sees that it is one.`,
      cure: 'Serve it with Content-Type: application/rsl+xml.',
    }),
    'licence-elsewhere': (place) => ({
      text: `The address ${place} leads to an RSL document on another host. Some readers do not follow it there.`,
      cure: 'Name the address at which it really lies, or keep it on your own host.',
    }),
    'licence-unread': (place, said) => ({
      text: `The RSL document ${place} is named but cannot be read: ${said}`,
      cure: 'Serve it at that address to everybody, over https and with status 200.',
    }),
    'licences-differ': (place) => ({
      text: `The RSL documents that count for ${place} do not say the same.`,
      cure: 'Say the same in each of them, or make the narrower one say more precisely what differs.',
    }),
  },
  de: {
    'licence-line-trails': (place) => ({
      text: `Eine License-Zeile steht unter den Regeln der letzten Gruppe von ${place}; sie gilt daher nur dieser Gruppe und sonst niemandem.`,
      cure: 'Setzen Sie die Zeile an den Anfang von robots.txt, wenn alle gemeint sind.',
    }),
    'licence-type': (place) => ({
      text: `Das RSL-Dokument ${place} wird mit einem anderen Medientyp ausgeliefert. Es gilt, aber nicht jeder erkennt es.`,
      cure: 'Liefern Sie es mit Content-Type: application/rsl+xml aus.',
    }),
    'licence-elsewhere': (place) => ({
      text: `Die Adresse ${place} führt zu einem RSL-Dokument auf einem anderen Server. Manche folgen dorthin nicht.`,
      cure: 'Nennen Sie die Adresse, an der es wirklich liegt, oder legen Sie es auf den eigenen Server.',
    }),
    'licence-unread': (place, said) => ({
      text: `Das RSL-Dokument ${place} wird genannt und ist nicht lesbar: ${said}`,
      cure: 'Liefern Sie es unter dieser Adresse allen aus, mit https und dem Status 200.',
    }),
    'licences-differ': (place) => ({
      text: `Die RSL-Dokumente, die für ${place} gelten, sagen nicht dasselbe.`,
      cure: 'Sagen Sie in jedem dasselbe, oder lassen Sie das engere genauer sagen, was abweicht.',
    }),
  },
};

/** The findings of a review; a robots.txt is looked at even where nothing else was fetched. */
export function reviewFindings(
  sources: readonly SignalSource[],
  review: readonly ReviewIssue[],
  language: ReportLanguage,
): ReviewFinding[] {
  const trailing = sources.flatMap(({ kind, status = 200, url, body }): ReviewFinding[] => {
    if (kind !== 'robots' || status !== 200) return [];
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
    const line = trailingLicense(parseRobots(text));
    return line === undefined ? [] : [tell('licence-line-trails', url, '')];
  });
  const names = Object.keys(codes) as (keyof typeof codes)[];
  const told = review.flatMap(({ code, url, message }) =>
    names.flatMap((name) => (codes[name] === code ? [tell(name, url, message)] : [])),
  );
  return [...new Map([...trailing, ...told].map((one) => [one.text, one])).values()];

  function tell(code: keyof typeof codes, place: string, said: string): ReviewFinding {
    return { code, ...words[language][code](place.slice(0, 300), tellNote(said, language)) };
  }
}
