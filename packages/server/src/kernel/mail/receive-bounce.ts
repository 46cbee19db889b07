import { sql } from 'kysely';
import type { Kernel } from '../kernel.ts';
import { readPart } from './mime.ts';
import { parseBounce } from './parse-bounce.ts';
import { recordBounce } from './queue.ts';
import { readReturnPath } from './return-path.ts';

/** `recorded`: a mail of ours came back for good. `delayed`: still under way. `unknown`: about no mail of ours. */
export type BounceResult = 'recorded' | 'delayed' | 'unknown' | 'no-report';

/** The secret with which the operator's mail server hands over what came back. */
export function bounceSecret(k: Kernel): Promise<string> {
  return k.keys.hmac('mail-bounces', 'endpoint');
}

/**
 * Takes a mail that came back: a delivery status notification (RFC 3464) as it arrived. `recipient` is the envelope
 * address it came to, where the mail server says it; else the header fields are read. A report counts when it came to
 * the return path of a mail of ours, or carries its Message-ID and names the address we wrote to.
 */
export async function receiveBounce(k: Kernel, eml: string, recipient = ''): Promise<BounceResult> {
  const bounce = parseBounce(eml);
  if (bounce === undefined) return 'no-report';
  const { headers } = readPart(eml.slice(0, 100_000));
  const addresses = [
    recipient,
    ...['delivered-to', 'x-original-to', 'to'].map((name) => headers.get(name) ?? ''),
  ];
  const mail = await findMail(k, addresses, bounce);
  if (mail === undefined) return 'unknown';
  if (!bounce.permanent) return 'delayed';
  const { status } = bounce;
  await recordBounce(k, { messageId: mail, reason: `${status} reported by a mail server`, status });
  return 'recorded';
}

async function findMail(
  k: Kernel,
  addresses: readonly string[],
  bounce: { recipient: string; originalMessageId: string | undefined },
): Promise<string | undefined> {
  for (const address of addresses) {
    const id = await readReturnPath(k, address);
    if (id === undefined) continue;
    const found = await sql<{
      message_id: string;
    }>`select message_id from kernel.mails where id = ${id}`.execute(k.db);
    return found.rows[0]?.message_id;
  }
  // Whoever got a mail knows its id; only a report about that very address is believed.
  const found = await sql<{ message_id: string }>`select message_id from kernel.mails
    where message_id = ${bounce.originalMessageId ?? ''} and lower(recipient) = ${bounce.recipient.toLowerCase()}`.execute(
    k.db,
  );
  return found.rows[0]?.message_id;
}
