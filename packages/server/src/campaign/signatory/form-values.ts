import type { Problem } from '../../kernel/index.ts';

/** Fields as typed, to fill a form again. */
export type FormValues = { readonly [field: string]: string | string[] | undefined };

/** Which fields a problem is about. */
export function wrongFields(problem: Problem | undefined): ReadonlySet<string> {
  if (problem?.code === 'name-not-a-name') return new Set(['name']);
  if (problem?.code === 'signature-address-invalid') return new Set(['email']);
  const errors = (problem?.fields.errors ?? []) as { path: string }[];
  return new Set(errors.map(({ path }) => path));
}
