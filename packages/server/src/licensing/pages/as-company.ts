import { requireUser } from '../../identity/index.ts';
import { type HttpContext, Problem } from '../../kernel/index.ts';
import { findParties, organisationsOf, type Party, requireParty } from '../../parties/index.ts';

/**
 * Reads something that belongs to a company, for the one the session acts for or any other the person belongs to:
 * addresses of quotes and agreements are passed on, also to people who have chosen nothing yet.
 */
export async function asCompany<T>(
  c: HttpContext,
  read: (licenseeId: string) => Promise<T>,
): Promise<{ found: T; party: Party }> {
  const k = c.get('k');
  const user = await requireUser(c);
  const party = await requireParty(c);
  try {
    return { found: await read(party.id), party };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    const ids = (await organisationsOf(k, user.id)).map(({ partyId }) => partyId);
    const parties = await findParties(k, ids);
    for (const other of parties.values()) {
      const found = await read(other.id).catch(unlessUnknown);
      if (found !== undefined) return { found, party: other };
    }
    throw error;
  }
}

function unlessUnknown(error: unknown): undefined {
  if (!(error instanceof Problem) || error.status !== 404) throw error;
}
