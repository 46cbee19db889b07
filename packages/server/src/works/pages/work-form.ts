import { checkFields } from '../../kernel/index.ts';
import { SCHEMES } from '../identifiers.ts';
import {
  type AuthorityInput,
  authoritySchema,
  type Facts,
  factsSchema,
  type HolderInput,
  holdersSchema,
} from '../input.ts';
import type { WorkDetail } from '../model.ts';
import { formatShare, parseShare, splitEvenly } from '../shares.ts';

/** A posted form as texts. */
export type Typed = { readonly [name: string]: string | string[] };

/** Rows for co-owners a form can ask for; more come by the API. */
export const MAX_ROWS = 40;
export const IDENTIFIER_ROWS = 4;

/** The value of one field; of a field sent twice the first. */
export function one(typed: Typed, name: string): string {
  const value = typed[name] ?? '';
  return typeof value === 'string' ? value : (value[0] ?? '');
}

/** The numbers of the rows in which something was typed. */
function rows(typed: Typed, most: number, name: string): number[] {
  return Array.from({ length: most }, (_, i) => i + 1).filter((n) => one(typed, `${name}${n}`).trim() !== '');
}

/** Facts and identifiers. Throws `invalid-input`. */
export function readFacts(typed: Typed): Facts {
  const identifiers = rows(typed, IDENTIFIER_ROWS, 'value').map((n) => ({
    scheme: one(typed, `scheme${n}`) || SCHEMES[0],
    value: one(typed, `value${n}`),
  }));
  const names = ['title', 'type', 'language', 'createdYear', 'createdPlace', 'firstPublished', 'making'];
  return checkFields(factsSchema, {
    ...Object.fromEntries(names.map((name) => [name, one(typed, name).trim()])),
    identifiers,
  });
}

/** The holders as typed; none when the registrant holds everything. Throws `invalid-input`, `share-invalid`. */
export function readHolders(typed: Typed): HolderInput[] {
  const others = Array.from({ length: MAX_ROWS }, (_, i) => i + 1).filter((n) =>
    ['name', 'email', 'share'].some((field) => one(typed, `${field}${n}`).trim() !== ''),
  );
  const mine = one(typed, 'myShare').trim();
  const even = one(typed, 'even') !== '';
  if (others.length === 0 && (even || mine === '' || mine === '100')) return [];
  const role = (name: string) => one(typed, name) || 'author';
  const withMe = even || !['', '0'].includes(mine);
  const evenly = splitEvenly(others.length + 1);
  return checkFields(holdersSchema, [
    ...(withMe ? [{ me: true, role: role('myRole'), sharePpm: even ? evenly[0] : parseShare(mine) }] : []),
    ...others.map((n, i) => ({
      me: false,
      name: one(typed, `name${n}`),
      email: one(typed, `email${n}`),
      role: role(`role${n}`),
      sharePpm: even ? evenly[i + 1] : parseShare(one(typed, `share${n}`)),
    })),
  ]);
}

/** Who may say yes, or undefined when the form did not ask or nothing was chosen. Throws `invalid-input`. */
export function readAuthority(typed: Typed): AuthorityInput | undefined {
  if (one(typed, 'answer') === '') return undefined;
  const names = ['answer', 'holderKind', 'holderName'];
  return checkFields(authoritySchema, Object.fromEntries(names.map((name) => [name, one(typed, name)])));
}

/** A work's facts as the form shows them. */
export function typedFacts({ work, identifiers }: Pick<WorkDetail, 'work' | 'identifiers'>): Typed {
  const text = (value: string | number | null) => (value === null ? '' : String(value));
  return {
    title: work.title,
    type: work.type,
    language: text(work.language),
    createdYear: text(work.createdYear),
    createdPlace: text(work.createdPlace),
    firstPublished: text(work.firstPublished),
    making: text(work.making),
    ...Object.fromEntries(
      identifiers.flatMap(({ scheme, display }, i) => [
        [`scheme${i + 1}`, scheme],
        [`value${i + 1}`, display],
      ]),
    ),
  };
}

/** A share in the form's notation and the language's decimal sign. */
export function typedShare(locale: string, ppm: number): string {
  const text = formatShare(ppm);
  return locale === 'de' ? text.replace('.', ',') : text;
}
