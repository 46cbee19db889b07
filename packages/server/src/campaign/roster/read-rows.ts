import { z } from 'zod';
import { type CsvRecord, cleanLine, LOCALES, Problem } from '../../kernel/index.ts';
import {
  asCraft,
  COUNTRIES,
  CRAFTS,
  type Craft,
  countryName,
  craftName,
  isCountry,
} from '../../parties/index.ts';
import { checkName, foldForSearch, type Kind, optionalLine } from '../model.ts';
import { type Mailbox, readMailbox } from '../signatory/mailbox.ts';
import {
  AUTHORITIES,
  type Authority,
  type Defaults,
  type ImportDefaults,
  type Proof,
  type RosterPerson,
  type RowDraft,
  type RowProblem,
} from './model.ts';

/** The columns of a list, by the names people give them. */
const HEADS = {
  name: 'name,nameasshown,fullname,vollername,namewiegezeigt',
  first: 'firstname,givenname,vorname',
  last: 'lastname,surname,familyname,nachname,familienname',
  kind: 'kind,type,art',
  craft: 'craft,profession,taetigkeit,tatigkeit,beruf',
  country: 'country,land,countrycode',
  town: 'town,city,ort,stadt,wohnort',
  affiliation: 'affiliation,zugehoerigkeit,zugehorigkeit,organisation,organization',
  hide: 'hidename,namehidden,nameverbergen,verbergen',
  email: 'email,mail,emailaddress,mailadresse,emailadresse',
  authority: 'authority,vollmacht,basis,grundlage',
  on: 'authoritydate,dateofauthority,vollmachtvom,datum,date,datedervollmacht',
  reference: 'authorityreference,reference,aktenzeichen,nachweis,beleg,proof',
  signedOn: 'signedon,signed,unterzeichnetam',
  source: 'signedat,source,quelle,unterzeichnetbei',
  text: 'text,textversion,texthash,version,textfassung,fassung',
  mailConsent: 'mailconsenton,mailconsent,mailerlaubtam,einwilligungmail',
} as const;
export type Column = keyof typeof HEADS;

const COLUMN_OF = new Map<string, Column>(
  Object.entries(HEADS).flatMap(([column, names]) =>
    names.split(',').map((name) => [name, column as Column] as const),
  ),
);

/** Which cell is what: the first line of a table. Undefined when no column says a name, or one stands there twice. */
export function readHead(cells: readonly string[]): readonly (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => COLUMN_OF.get(foldForSearch(cell).replace(/[^a-z]/g, '')));
  const known = columns.filter((column) => column !== undefined);
  const named = known.includes('name') || (known.includes('first') && known.includes('last'));
  return named && new Set(known).size === known.length ? columns : undefined;
}

/** What a row may lean on beside itself. */
export type Context = {
  readonly origin: 'roster' | 'import';
  readonly defaults: Defaults & ImportDefaults;
  readonly today: string;
  /** The version of the declaration the list is for, and its hash. */
  readonly declaration: { readonly version: number; readonly sha256: string };
};

class RowError extends Error {
  readonly problem: RowProblem;
  readonly about: string | null;
  constructor(problem: RowProblem, about: string | null = null) {
    super(problem);
    this.problem = problem;
    this.about = about;
  }
}

/** Reads one row of a list; what is wrong with it is part of the answer. */
export function readRow(
  columns: readonly (Column | undefined)[],
  { line, cells }: CsvRecord,
  context: Context,
): RowDraft {
  const none = { basis: null, person: null, proof: null, mailboxKey: null };
  try {
    if (cells.slice(columns.length).some((cell) => cell.trim() !== '')) throw new RowError('columns');
    const cell = (column: Column) => (cells[columns.indexOf(column)] ?? '').trim();
    const mailbox = readMail(cell('email'));
    const person = readPerson(cell, mailbox);
    const proof = context.origin === 'import' ? consentOf(cell, context) : authorityOf(cell, context);
    if (proof === undefined && mailbox === undefined)
      throw new RowError(context.origin === 'import' ? 'proof-missing' : 'email-missing');
    const basis =
      proof === undefined
        ? ('mailbox' as const)
        : 'authority' in proof
          ? ('authority' as const)
          : ('import' as const);
    const found = { basis, person, proof: proof ?? null, mailboxKey: mailbox?.key ?? null };
    return { line, verdict: 'fine', problem: null, about: null, ...found };
  } catch (error) {
    if (!(error instanceof RowError)) throw error;
    return { line, verdict: 'wrong', problem: error.problem, about: error.about, ...none };
  }
}

type Cell = (column: Column) => string;

function readPerson(cell: Cell, mailbox: Mailbox | undefined): RosterPerson {
  return {
    name: readName(cell('name') || `${cell('first')} ${cell('last')}`),
    kind: readKind(cell('kind')),
    craft: readCraft(cell('craft')),
    country: readCountry(cell('country')),
    town: readLine(cell('town'), 100, 'town-bad'),
    affiliation: readLine(cell('affiliation'), 150, 'affiliation-bad'),
    hidden: readBoolean(cell('hide')),
    email: mailbox?.address ?? null,
  };
}

const nameLine = cleanLine(200);

function readName(text: string): string {
  if (text.trim() === '') throw new RowError('name-missing');
  const line = nameLine.safeParse(text);
  if (!line.success) throw new RowError('name-bad');
  return orProblem(() => checkName(line.data), new RowError('name-bad'));
}

function readKind(text: string): Kind {
  const word = foldForSearch(text);
  if (['', 'person'].includes(word)) return 'person';
  if (['organisation', 'organization', 'band', 'ensemble', 'group', 'gruppe'].includes(word))
    return 'organisation';
  throw new RowError('kind-unknown', text.slice(0, 60));
}

const CRAFT_OF = new Map<string, Craft>(
  CRAFTS.flatMap((craft) => [
    [foldForSearch(craft), craft] as const,
    ...LOCALES.flatMap((locale) => spellings(craftName(locale, craft)).map((name) => [name, craft] as const)),
  ]),
);

/** "Autor:in" is also Autor and Autorin. */
function spellings(name: string): string[] {
  const folded = foldForSearch(name);
  return [folded, folded.replace(':in', ''), folded.replace(':', ''), folded.replace(':in', '*in')];
}

function readCraft(text: string): Craft {
  const craft = asCraft(text) ?? CRAFT_OF.get(foldForSearch(text));
  if (!craft) throw new RowError('craft-unknown', text.slice(0, 60));
  return craft;
}

const COUNTRY_OF = new Map<string, string>(
  COUNTRIES.flatMap((code) =>
    LOCALES.flatMap((locale) => {
      // "UK" and "USA" are no codes, but what people write.
      const short = new Intl.DisplayNames(locale, { type: 'region', style: 'short' }).of(code) ?? code;
      return [countryName(locale, code), short].map((name) => [foldForSearch(name), code] as const);
    }),
  ),
);

function readCountry(text: string): string {
  const code = text.toUpperCase();
  const country = isCountry(code) ? code : COUNTRY_OF.get(foldForSearch(text));
  if (!country) throw new RowError('country-unknown', text.slice(0, 60));
  return country;
}

const LINES = new Map([100, 150, 200, 300].map((max) => [max, optionalLine(max)] as const));

function readLine(text: string, max: 100 | 150 | 200 | 300, problem: RowProblem): string | null {
  const line = LINES.get(max)!.safeParse(text);
  if (!line.success) throw new RowError(problem);
  return line.data ?? null;
}

function readBoolean(text: string): boolean {
  const word = foldForSearch(text);
  if (['', 'no', 'n', '0', 'false', 'nein'].includes(word)) return false;
  if (['yes', 'y', '1', 'true', 'ja', 'j', 'x'].includes(word)) return true;
  throw new RowError('hide-unknown', text.slice(0, 60));
}

function readMail(text: string): Mailbox | undefined {
  if (text === '') return undefined;
  return orProblem(() => readMailbox(text), new RowError('email-bad', text.slice(0, 120)));
}

/** What a use case says is wrong, as an error of the row. */
function orProblem<T>(read: () => T, wrong: RowError): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Problem) throw wrong;
    throw error;
  }
}

/** Undefined: the signer confirms herself. */
function authorityOf(cell: Cell, { defaults, today }: Context): Proof | undefined {
  const word = foldForSearch(cell('authority')).replaceAll(' ', '-');
  const own = AUTHORITY_OF.get(word);
  if (word !== '' && own === undefined)
    throw new RowError('authority-unknown', cell('authority').slice(0, 60));
  const basis = own === undefined ? defaults.basis : own === 'confirm' ? 'confirm' : 'authority';
  if (basis === 'confirm') return undefined;
  const authority = own && own !== 'confirm' ? own : defaults.authority;
  const on = readDate(cell('on'), today) ?? defaults.on;
  if (!authority || !on) throw new RowError('authority-missing');
  return {
    authority,
    on,
    reference: readLine(cell('reference'), 300, 'proof-missing') ?? defaults.reference ?? null,
  };
}

const AUTHORITY_OF = new Map<string, Authority | 'confirm'>([
  ...AUTHORITIES.map((code) => [code, code] as const),
  ...([
    ['vertrag', 'contract'],
    ['vollmacht', 'power-of-attorney'],
    ['beschluss', 'resolution'],
    ['erbschein', 'inheritance'],
    ['erbe', 'inheritance'],
    ['unterschriftenliste', 'signed-list'],
    ['confirm', 'confirm'],
    ['selbst', 'confirm'],
    ['bestaetigen', 'confirm'],
    ['bestatigen', 'confirm'],
  ] as const),
]);

/** Undefined: without proof nobody is counted, but may be asked. */
function consentOf(cell: Cell, { defaults, today, declaration }: Context): Proof | undefined {
  const signedOn = readDate(cell('signedOn'), today) ?? defaults.signedOn;
  const source = readLine(cell('source'), 200, 'proof-missing') ?? defaults.source;
  const text = (cell('text') || (defaults.text ?? '')).toLowerCase();
  if (!signedOn || !source || text === '') return undefined;
  if (text !== String(declaration.version) && text !== declaration.sha256)
    throw new RowError('text-unknown', text.slice(0, 64));
  const reference = readLine(cell('reference'), 300, 'proof-missing') ?? defaults.reference ?? null;
  return { signedOn, source, reference, mailConsentOn: readDate(cell('mailConsent'), today) ?? null };
}

/** ISO, or as people write it in German; never in the future. */
function readDate(text: string, today: string): string | undefined {
  if (text === '') return undefined;
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const iso = german ? `${german[3]}-${german[2]!.padStart(2, '0')}-${german[1]!.padStart(2, '0')}` : text;
  if (!z.iso.date().safeParse(iso).success) throw new RowError('date-bad', text.slice(0, 40));
  if (iso > today) throw new RowError('date-future', iso);
  return iso;
}
