import { sql } from 'kysely';
import type { Kernel } from '../../kernel/index.ts';
import { type Person, person } from '../../testing/register-works.ts';

/** A person who runs the instance. */
export async function operator(k: Kernel, name: string): Promise<Person> {
  const made = await person(k, name);
  await sql`update identity.users set operator = true where id = ${made.user.id}`.execute(k.db);
  return { ...made, user: { ...made.user, operator: true } };
}
