import { sql } from 'kysely';
import type { Kernel } from '../kernel.ts';
import type { MailRecord } from './mail-record.ts';

const PURPOSE = 'mail-body';

type Body = { readonly text: string; readonly html: string };

/** Links in mails open accounts: in the database only those with the master key can read them. */
export function sealBody(k: Kernel, id: string, body: Body): Promise<string> {
  return k.keys.seal(PURPOSE, JSON.stringify(body), id);
}

export async function openBody(k: Kernel, { id, body }: { id: string; body: string | null }): Promise<Body> {
  if (body === null) throw new Error(`mail ${id} waits without a body`);
  // One that waited when bodies were not sealed yet.
  return JSON.parse(body.startsWith('{') ? body : await k.keys.open(PURPOSE, body, id));
}

/** A mail with what is in it, as text and as HTML. */
export type OpenMail = MailRecord & Body;

/**
 * The newest mails with what is in them: as long as they wait, and in a demo world also afterwards. For demo worlds and
 * tests; no page of a real instance shows what others were written.
 */
export async function openMails(k: Kernel, limit = 100): Promise<OpenMail[]> {
  const rows = await sql<
    MailRecord & { body: string }
  >`select id, recipient, category, subject, state, detail,
      created_at, sent_at, body
    from kernel.mails where body is not null order by seq desc limit ${limit}`.execute(k.db);
  return Promise.all(
    rows.rows.map(async ({ body, ...mail }) => ({ ...mail, ...(await openBody(k, { ...mail, body })) })),
  );
}
