import { sql } from 'kysely';
import { ensureUser } from '../../identity/index.ts';
import { csvRow, inTx, type Kernel, readCsv } from '../../kernel/index.ts';
import { createOrganisation } from '../../parties/index.ts';

/** The columns of most lists. */
export const HEAD = ['name', 'craft', 'country', 'town', 'email'];

/** An organisation and the person who acts for it. */
export async function organisation(k: Kernel, name: string, email: string) {
  const { id: userId } = await inTx(k, (t) => ensureUser(t, { email, name: 'Uma', locale: 'en' }));
  await sql`update identity.users set email_confirmed_at = now() where id = ${userId}`.execute(k.db);
  return { userId, ...(await createOrganisation(k, { name, country: 'DE', url: null, userId })) };
}

/** Cells of a row. */
export type Cells = readonly string[];

/** A list as its file is read. */
export function records(rows: readonly Cells[], head: Cells = HEAD) {
  const text = [head, ...rows].map((row) => csvRow(row)).join('');
  return readCsv(async function* () {
    yield new TextEncoder().encode(text);
  });
}
