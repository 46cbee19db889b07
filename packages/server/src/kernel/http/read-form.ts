import type { z } from 'zod';
import { failCommon } from './common-problems.ts';
import type { Problem } from './problem.ts';
import type { HttpContext } from './router.ts';

/**
 * The fields of a posted form as texts; a field sent several times is a list. Names that begin with `_` belong to the frame
 * of the page and are not among them.
 */
export async function formFields(c: HttpContext): Promise<{ [name: string]: string | string[] }> {
  const type = c.req.header('Content-Type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded') && type !== '')
    throw failCommon('malformed-body');
  const fields: { [name: string]: string | string[] } = Object.create(null);
  for (const [name, value] of new URLSearchParams(await c.req.text())) {
    if (name.startsWith('_')) continue;
    const before = fields[name];
    fields[name] =
      before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return fields;
}

/** Checks fields against a schema. The problem `invalid-input` names each field, so a form can show it there. */
export function checkFields<S extends z.ZodType>(schema: S, fields: unknown): z.output<S> {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  throw invalidInput(result.error.issues);
}

/** Reads and checks a posted form. */
export async function readForm<S extends z.ZodType>(c: HttpContext, schema: S): Promise<z.output<S>> {
  return checkFields(schema, await formFields(c));
}

/** The problem for issues found by a schema. */
export function invalidInput(issues: readonly { path: PropertyKey[]; message: string }[]): Problem {
  const errors = issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const detail = errors
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join('; ');
  return failCommon('invalid-input', {
    detail: detail.slice(0, 1_000),
    fields: { errors: errors.slice(0, 50) },
  });
}
