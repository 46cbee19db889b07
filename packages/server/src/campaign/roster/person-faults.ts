import type { Locale, Problem } from '../../kernel/index.ts';
import type { RowProblem } from './model.ts';
import { rosterText } from './roster-messages.ts';
import { rowText } from './row-messages.ts';

/** A field of a row in the form for a few people. */
export type PersonField = 'name' | 'craft' | 'country' | 'town' | 'affiliation' | 'email' | 'hide';

/** What is wrong with the nth person, where, and in words. */
export type RowFault = {
  readonly n: number;
  readonly field: PersonField;
  readonly person: string;
  readonly says: string;
};

const FIELD_OF: { readonly [problem in RowProblem]?: PersonField } = {
  'craft-unknown': 'craft',
  'country-unknown': 'country',
  'town-bad': 'town',
  'affiliation-bad': 'affiliation',
  'email-bad': 'email',
  'email-missing': 'email',
  'mailbox-twice': 'email',
  'hide-unknown': 'hide',
};

type Row = { readonly line: number; readonly problem: RowProblem; readonly about: string | null };

/** What the check of a form says, row by row; whatever has no field of its own stands at the name. */
export function readFaults(locale: Locale, problem: Problem | undefined): RowFault[] {
  const rows = (problem?.fields.rows ?? []) as readonly Row[];
  const { form } = rosterText(locale);
  return rows.map((row) => ({
    n: row.line,
    field: FIELD_OF[row.problem] ?? 'name',
    person: `${form.person(row.line)}: ${form[FIELD_OF[row.problem] ?? 'name']}`,
    says: says(locale, row),
  }));
}

function says(locale: Locale, { problem, about }: Row): string {
  const { form } = rosterText(locale);
  const { what, cure } = rowText(locale)[problem];
  if (problem === 'twice') return `${what} ${form.sameAs(Number(about))}`;
  if (problem === 'signed-already') return `${what} ${form.leaveOut}`;
  if (problem === 'mailbox-twice') return `${what} (${form.person(Number(about))}) ${cure}`;
  return about ? `${what} ${form.wrote(about)} ${cure}` : `${what} ${cure}`;
}
