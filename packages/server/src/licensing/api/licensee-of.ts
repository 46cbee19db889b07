import { requireUser } from '../../identity/index.ts';
import type { HttpContext } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { authenticateClient } from '../manage-clients.ts';
import { OlpError } from '../olp/olp-error.ts';
import { readCredentials } from '../olp/read-request.ts';

/** The company that asks: by its client's credentials, or by the session. */
export async function licenseeOf(c: HttpContext): Promise<{ licenseeId: string; actor: string }> {
  if (c.req.header('Authorization') !== undefined) {
    const client = await clientOf(c);
    if (client) return { licenseeId: client.licenseeId, actor: 'system' };
  }
  const user = await requireUser(c);
  return { licenseeId: (await requireParty(c)).id, actor: user.id };
}

async function clientOf(c: HttpContext) {
  try {
    return await authenticateClient(c.get('k'), readCredentials(c));
  } catch (error) {
    if (error instanceof OlpError) return undefined;
    throw error;
  }
}
