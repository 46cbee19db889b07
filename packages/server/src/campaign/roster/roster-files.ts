import { type CsvRecord, csvRow, type Kernel, type Locale } from '../../kernel/index.ts';
import { findRoster, rosterLines } from './find-roster.ts';
import { rosterText } from './roster-messages.ts';
import { rowText } from './row-messages.ts';
import { type RosterLine, type RosterRow, selectNamesOf } from './store-rosters.ts';

const HEADS = {
  roster: {
    en: 'name,kind,craft,country,town,affiliation,hide name,e-mail,authority,authority date,authority reference',
    de: 'Name,Art,Tätigkeit,Land,Ort,Zugehörigkeit,Name verbergen,E-Mail,Vollmacht,Vollmacht vom,Nachweis',
  },
  import: {
    en: 'name,kind,craft,country,town,affiliation,hide name,e-mail,signed on,signed at,text,reference,mail consent on',
    de: 'Name,Art,Tätigkeit,Land,Ort,Zugehörigkeit,Name verbergen,E-Mail,Unterzeichnet am,Unterzeichnet bei,Fassung,Nachweis,Mail erlaubt am',
  },
} as const;

/** An empty list with the names of the columns, in UTF-8 with a mark, so that spreadsheets read it. */
export function templateCsv(origin: 'roster' | 'import', locale: Locale): string {
  return `\ufeff${csvRow(HEADS[origin][locale].split(','))}`;
}

const STRETCH = 5_000;

/** What the check says of each row and what became of it, as a table; texts that a spreadsheet would run are disarmed. */
export async function reportCsv(
  k: Kernel,
  locale: Locale,
  about: { id: string; partyId: string },
): Promise<string> {
  const roster = await findRoster(k, about);
  const text = rosterText(locale);
  const { line, name, outcome, what, todo, states } = text.show;
  const parts = [csvRow([line, name, outcome, what, todo, states])];
  for (let after = 0; ; ) {
    const lines = await rosterLines(k, roster.id, { bad: false, after, limit: STRETCH });
    const names = await namesOf(k, lines);
    for (const row of lines) {
      const problem = row.problem && rowText(locale)[row.problem];
      const cells = [row.line, names.get(row.id) ?? '', text.verdicts[row.verdict]];
      parts.push(csvRow([...cells, problem?.what ?? '', problem?.cure ?? '', text.rowStates[row.state]]));
    }
    if (lines.length < STRETCH) return parts.join('');
    after = lines.at(-1)!.line;
  }
}

/** The names of rows, wherever they stand by now. */
export async function namesOf(k: Kernel, lines: readonly RosterLine[]): Promise<ReadonlyMap<string, string>> {
  const signed = await selectNamesOf(
    k.db,
    lines.flatMap(({ signatory_id }) => signatory_id ?? []),
  );
  const nameOf = (row: RosterLine) => row.person?.name ?? signed.get(row.signatory_id ?? '');
  return new Map(lines.flatMap((row) => [[row.id, nameOf(row) ?? ''] as const]));
}

/** What people type into a form, or programs send, as a table: one record names the columns. */
export function recordsOf(people: readonly { readonly [column: string]: string }[]): CsvRecord[] {
  const columns = [...new Set(people.flatMap((one) => Object.keys(one)))];
  return [
    { line: 0, cells: columns },
    ...people.map((one, i) => ({ line: i + 1, cells: columns.map((column) => one[column] ?? '') })),
  ];
}

/** The document of a list, if there is one. */
export async function documentOf(k: Kernel, roster: RosterRow) {
  const content = roster.document_sha256 === null ? undefined : await k.blobs.get(roster.document_sha256);
  return content && { content, name: roster.document_name ?? 'document', type: roster.document_type ?? '' };
}
