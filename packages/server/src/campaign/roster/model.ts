import { z } from 'zod';
import { cleanLine, type Locale } from '../../kernel/index.ts';
import type { Craft } from '../../parties/index.ts';
import type { Basis, Kind } from '../model.ts';

const DAY = 86_400_000;

/** What the one who signs is to the people on the list; an organiser brings those who signed elsewhere. */
export const ROLES = ['agent', 'estate', 'band', 'guild', 'union', 'publisher'] as const;
export type Role = (typeof ROLES)[number] | 'organiser';

/** What shows that somebody may sign for another. Membership alone is none of them. */
export const AUTHORITIES = [
  'contract',
  'power-of-attorney',
  'resolution',
  'inheritance',
  'signed-list',
] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** Imports belong to the instance, not to whoever carried them out. */
export const INSTANCE_PARTY = '00000000-0000-0000-0000-000000000000';

/** Longer lists come in parts. */
export const MAX_ROWS = 50_000;
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;
/** From so many rows on a job compares them with those who signed. */
export const ROWS_AT_ONCE = 500;
/** What a checked organisation may publish in a day without a moderator. */
export const DIRECT_ROWS = 500;
/** How long a list that was never submitted, and an invitation nobody answered, are kept. */
export const KEEP_DRAFT_MS = 30 * DAY;

/** A person on a list, as she will be shown. */
export type RosterPerson = {
  readonly name: string;
  readonly kind: Kind;
  readonly craft: Craft;
  readonly country: string;
  readonly town: string | null;
  readonly affiliation: string | null;
  readonly hidden: boolean;
  /** As typed; null when none is known. */
  readonly email: string | null;
};

/** What shows the authority, or the consent given elsewhere. Days are ISO dates. */
export type Proof =
  | { readonly authority: Authority; readonly on: string; readonly reference: string | null }
  | {
      readonly signedOn: string;
      readonly source: string;
      readonly reference: string | null;
      readonly mailConsentOn: string | null;
    };

/** What is the matter with a row; each has a sentence and a cure. */
export type RowProblem =
  | 'columns'
  | 'name-missing'
  | 'name-bad'
  | 'kind-unknown'
  | 'craft-unknown'
  | 'country-unknown'
  | 'town-bad'
  | 'affiliation-bad'
  | 'hide-unknown'
  | 'email-bad'
  | 'email-missing'
  | 'authority-unknown'
  | 'authority-missing'
  | 'date-bad'
  | 'date-future'
  | 'proof-missing'
  | 'text-unknown'
  | 'mailbox-twice'
  | 'twice'
  | 'signed-already'
  | 'decided-herself';

export type Verdict = 'fine' | 'duplicate' | 'wrong';

/** A row as it was read. */
export type RowDraft = {
  readonly line: number;
  readonly verdict: Verdict;
  readonly problem: RowProblem | null;
  /** The field, or the line of which it is the double. */
  readonly about: string | null;
  readonly basis: Basis | null;
  readonly person: RosterPerson | null;
  readonly proof: Proof | null;
  readonly mailboxKey: string | null;
};

/** What holds for rows that do not say it themselves. `confirm`: each signer confirms herself. */
export const defaultsSchema = z.object({
  basis: z.enum(['authority', 'confirm']),
  authority: z.preprocess(empty, z.enum(AUTHORITIES).optional()),
  on: z.preprocess(empty, z.iso.date().optional()),
  reference: z.preprocess(empty, cleanLine(300).optional()),
});
export type Defaults = z.infer<typeof defaultsSchema>;

/** The same for an import: when, where and which text people signed, and whether they agreed to mail. */
export const importDefaultsSchema = z.object({
  signedOn: z.preprocess(empty, z.iso.date().optional()),
  source: z.preprocess(empty, cleanLine(200).optional()),
  reference: z.preprocess(empty, cleanLine(300).optional()),
  /** Version of the declaration, or its SHA-256. */
  text: z.preprocess(empty, cleanLine(64).optional()),
});
export type ImportDefaults = z.infer<typeof importDefaultsSchema>;

function empty(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? undefined : value;
}

/** What somebody says who submits a list, word for word. Texts of a version never change. */
export type Statement = { readonly version: number; readonly texts: { readonly [L in Locale]: string } };

export const STATEMENTS: readonly Statement[] = [
  {
    version: 1,
    texts: {
      en: 'I may sign this declaration for the people on this list. Each person for whom I sign gave me written authority that covers this, is at least 16 years old, and knows that name, craft, country and what else the list says of her become public here. I show the authority when asked. Whoever is only invited decides herself. I know that false statements lead to the removal of the whole list.',
      de: 'Ich darf diesen Aufruf für die Personen auf dieser Liste unterzeichnen. Jede Person, für die ich unterzeichne, hat mir dafür schriftlich Vollmacht gegeben, ist mindestens 16 Jahre alt und weiß, dass Name, Tätigkeit, Land und was die Liste sonst über sie sagt hier öffentlich werden. Auf Verlangen lege ich die Vollmacht vor. Wer nur eingeladen wird, entscheidet selbst. Ich weiß, dass falsche Angaben dazu führen, dass die ganze Liste entfernt wird.',
    },
  },
];

export const IMPORT_STATEMENTS: readonly Statement[] = [
  {
    version: 1,
    texts: {
      en: 'The people on this list signed this declaration at the place and on the day the list says. We hold the proof for each of them and show it when asked. Whoever is on it without proof is only invited.',
      de: 'Die Personen auf dieser Liste haben diesen Aufruf an dem Ort und an dem Tag unterzeichnet, die die Liste nennt. Der Nachweis liegt uns für jede Person vor; auf Verlangen legen wir ihn vor. Wer ohne Nachweis darauf steht, wird nur eingeladen.',
    },
  },
];

/** The statement to make now. */
export function currentStatement(origin: 'roster' | 'import'): Statement {
  return (origin === 'import' ? IMPORT_STATEMENTS : STATEMENTS).at(-1)!;
}
