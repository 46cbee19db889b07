import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { QUESTION_VERSION } from './authority-questions.ts';
import type { AuthorityInput } from './input.ts';
import { type AuthorityAnswer, insertAuthorityAnswer, selectAuthorityAnswer } from './store-invitations.ts';

/**
 * Stores a party's answer to "who may say yes?", with time and version of the question. It is the default for works
 * registered from now on; works already registered keep theirs.
 */
export async function answerAuthority(
  k: Kernel,
  { partyId, actor, answer }: { partyId: string; actor: string; answer: AuthorityInput },
): Promise<AuthorityAnswer> {
  const stored = {
    ...only(answer),
    questionVersion: QUESTION_VERSION,
    answeredAt: k.clock.now(),
  };
  return inTx(k, async (t) => {
    await insertAuthorityAnswer(t.db, t.ids.id(), partyId, stored);
    await recordActivity(t, { actor, action: 'works.authority-answered', subject: `party:${partyId}` });
    return stored;
  });
}

/** The party's latest answer, or undefined. */
export function authorityOf(k: Kernel, partyId: string): Promise<AuthorityAnswer | undefined> {
  return selectAuthorityAnswer(k.db, partyId);
}

/** Whom it was given to counts only where it was given away. */
export function only({ answer, holderKind, holderName }: AuthorityInput): AuthorityInput {
  return answer === 'theirs'
    ? { answer, holderKind, holderName }
    : { answer, holderKind: null, holderName: null };
}

/** What a new claim says: the answer given for it, else the party's own, else that nobody knows. */
export async function authorityFor(
  t: Kernel,
  partyId: string,
  given: AuthorityInput | undefined,
): Promise<{
  authority: AuthorityInput['answer'];
  authorityHolderKind: AuthorityInput['holderKind'];
  authorityHolderName: string | null;
}> {
  const found = given ? only(given) : await selectAuthorityAnswer(t.db, partyId);
  return {
    authority: found?.answer ?? 'unsure',
    authorityHolderKind: found?.holderKind ?? null,
    authorityHolderName: found?.holderName ?? null,
  };
}
