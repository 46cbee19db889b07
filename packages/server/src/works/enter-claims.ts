import { type Kernel, MailAddressError, parseMailAddress } from '../kernel/index.ts';
import { inviteParty } from '../parties/index.ts';
import { authorityFor } from './answer-authority.ts';
import type { AuthorityInput, HolderInput } from './input.ts';
import type { Claim } from './model.ts';
import { fail } from './problems.ts';
import { insertClaim } from './store.ts';

type Me = { readonly partyId: string; readonly name: string };

/** Refuses a mailbox or the registrant entered twice: two halves for one person are one share. */
export function checkDistinct(holders: readonly HolderInput[]): void {
  const seen = new Set<string>();
  for (const holder of holders) {
    const key = holder.me ? 'me' : readMailbox(holder.email).key;
    if (seen.has(key)) throw fail('holder-twice', { detail: holder.me ? '' : holder.email });
    seen.add(key);
  }
}

/** The mailbox of a co-owner. Throws `holder-email-invalid`. */
export function readMailbox(text: string): { address: string; key: string } {
  try {
    return parseMailAddress(text);
  } catch (error) {
    if (!(error instanceof MailAddressError)) throw error;
    throw fail('holder-email-invalid', { detail: text.slice(0, 100) });
  }
}

/** Writes one claim: the registrant's own is accepted by the act, anybody else's waits for an answer. */
export async function enterClaim(
  t: Kernel,
  {
    workId,
    holder,
    me,
    position,
    authority,
  }: {
    workId: string;
    holder: HolderInput;
    me: Me;
    position: number;
    authority: AuthorityInput | undefined;
  },
): Promise<Claim> {
  const now = t.clock.now();
  const common = {
    id: t.ids.id(),
    workId,
    role: holder.role,
    sharePpm: holder.sharePpm,
    note: null,
    wishPpm: null,
  };
  const claim: Claim = holder.me
    ? {
        ...common,
        partyId: me.partyId,
        name: me.name,
        email: null,
        state: 'accepted',
        ...(await authorityFor(t, me.partyId, authority)),
        answeredAt: now,
        invitedAt: null,
        onHold: false,
      }
    : {
        ...common,
        ...(await invitee(t, holder)),
        state: 'pending',
        authority: 'unsure',
        authorityHolderKind: null,
        authorityHolderName: null,
        answeredAt: null,
        invitedAt: null,
        onHold: false,
      };
  await insertClaim(t.db, { ...claim, position, createdAt: now });
  return claim;
}

async function invitee(t: Kernel, holder: { name: string; email: string }) {
  const party = await inviteParty(t, { name: holder.name, email: holder.email });
  return { partyId: party.id, name: holder.name, email: readMailbox(holder.email).address };
}
