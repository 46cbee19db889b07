import { sql } from 'kysely';
import { type Instance, type Kernel, listMails, saveInstance } from '../kernel/index.ts';
import { presetTerms } from '../offers/presets.ts';
import { publishOffer } from '../offers/publish-offer.ts';
import { saveDraft } from '../offers/save-draft.ts';
import { selectDraft } from '../offers/store.ts';
import type { Terms } from '../offers/terms.ts';
import { acceptInvitation } from '../works/index.ts';
import { type Person, person, register, shared, tokensFor } from './register-works.ts';

const INSTANCE: Instance = {
  name: 'Guild of Example',
  operator: {
    name: 'Guild e. V.',
    legalForm: 'association',
    role: 'agent',
    imprint: 'Kiel',
    privacyNotice: 'none',
    complaintsContact: 'help@guild.example',
  },
  feePpm: 50_000,
  currency: 'EUR',
  zone: 'Europe/Berlin',
};

/** Somebody runs the instance. */
export async function setUp(k: Kernel): Promise<void> {
  if (!(await saveInstance(k, INSTANCE, 0))) throw new Error('already set up');
}

const MINE = { answer: 'mine', holderKind: null, holderName: null } as const;

/** Search free, a price per fetch for answers, training on request. */
export function answersPaid(amountMicro = '20000'): Terms {
  return {
    ...presetTerms('search-free-answers-paid'),
    'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro, perUnits: '1' }] },
  };
}

/** A work of which one person holds all and may say yes. */
export async function ownWork(k: Kernel, who: Person): Promise<string> {
  const { work } = await register(k, who, { authority: MINE });
  return work.id;
}

let people = 0;
/** A work shared 60/40 with a new person who has accepted and may say yes. */
export async function sharedWork(k: Kernel, who: Person): Promise<{ workId: string; other: Person }> {
  const name = `Nora${people++}`;
  const { work } = await register(k, who, { holders: shared(name), authority: MINE });
  const [token] = await tokensFor(k, `${name.toLowerCase()}@example.org`);
  await acceptInvitation(k, { token: token!, locale: 'en', authority: MINE });
  return { workId: work.id, other: await person(k, name) };
}

/** Saves the terms as the next draft and publishes them. */
export async function publish(k: Kernel, who: Person, workId: string, terms: Terms) {
  const draft = await selectDraft(k.db, workId);
  const by = { workId, partyId: who.party.id, actor: who.user.id };
  const saved = await saveDraft(k, by, { version: draft?.version ?? 0, preset: 'own', terms });
  return publishOffer(k, { ...by, draftVersion: saved.version });
}

/** Subjects of the mails to a person, newest first. */
export async function subjectsTo(k: Kernel, who: Person): Promise<string[]> {
  const all = await listMails(k);
  return all.filter((mail) => mail.recipient === who.user.email).map((mail) => mail.subject);
}

/** What PostgreSQL answers when somebody tries to change a published offer. */
export async function tamper(k: Kernel, offerId: string): Promise<string[]> {
  const attempts = [
    sql`update offers.offers set document = '{}' where id = ${offerId}`,
    sql`delete from offers.offers where id = ${offerId}`,
    sql`truncate offers.offers cascade`,
  ];
  return Promise.all(
    attempts.map((attempt) =>
      attempt.execute(k.db).then(
        () => 'done',
        (error: Error) => error.message,
      ),
    ),
  );
}
