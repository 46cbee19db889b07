import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel, type Locale } from '../kernel/index.ts';
import type { Party } from '../parties/index.ts';
import { checkDistinct, enterClaim } from './enter-claims.ts';
import { queueFingerprint } from './fingerprint-files.ts';
import { parseIdentifier } from './identifiers.ts';
import type { AuthorityInput, Facts, HolderInput } from './input.ts';
import { type HandedFile, inspectFile, safeFilename } from './inspect-file.ts';
import { logAcceptance, logRegistration } from './log-claims.ts';
import type { Claim, Manifestation, Work } from './model.ts';
import { fail } from './problems.ts';
import { countInvitation, sendInvitation } from './send-invitation.ts';
import { checkShares, WHOLE_PPM } from './shares.ts';
import { insertManifestation, insertWork, lockHash, replaceIdentifiers, selectSameBytes } from './store.ts';

/** In what the work is handed in: a file, an address, or a fingerprint computed on the holder's side. */
export type WorkSource =
  | { readonly kind: 'file'; readonly file: HandedFile }
  | { readonly kind: 'url'; readonly url: string; readonly sha256?: string | null | undefined }
  | {
      readonly kind: 'fingerprint';
      readonly sha256: string;
      readonly bytes?: number | null | undefined;
      readonly mediaType?: string | null | undefined;
    };

export type RegisterWork = {
  /** The party of the person signed in. */
  readonly party: Pick<Party, 'id' | 'name'>;
  /** The user who does it, for the activity log. */
  readonly actor: string;
  readonly locale: Locale;
  readonly facts: Facts;
  readonly source: WorkSource;
  /** Empty: the registrant holds everything. */
  readonly holders: readonly HolderInput[];
  /** Who may say yes to this work; without it the party's answer counts. */
  readonly authority?: AuthorityInput | undefined;
};

/**
 * Registers a work in one transaction: facts, manifestation, claims, invitations, log record, event.
 *
 * Throws `identifier-*`, `share-*`, `shares-not-whole`, `too-many-holders`, `holder-twice`, `holder-email-invalid`,
 * `file-*`, `work-already-registered` (the same bytes by the same party; its `workId` is in the document).
 * Sends `works.registered` and `works.claim-accepted`.
 */
export async function registerWork(k: Kernel, input: RegisterWork): Promise<{ work: Work; claims: Claim[] }> {
  const { party, actor, facts, source } = input;
  const identifiers = facts.identifiers.map(({ scheme, value }) => parseIdentifier(scheme, value));
  const holders: readonly HolderInput[] =
    input.holders.length > 0 ? input.holders : [{ me: true, role: 'author', sharePpm: WHOLE_PPM }];
  checkShares(holders.map(({ sharePpm }) => sharePpm));
  checkDistinct(holders);
  const kept = await describe(source);

  return inTx(k, async (t) => {
    const now = t.clock.now();
    const duplicate = kept.sha256 === null ? false : await refuseOwnDuplicate(t, kept.sha256, party.id);
    const work: Work = {
      id: t.ids.id(),
      registrantId: party.id,
      title: facts.title,
      type: facts.type,
      language: facts.language,
      createdYear: facts.createdYear,
      createdPlace: facts.createdPlace,
      firstPublished: facts.firstPublished,
      making: facts.making,
      state: 'registered',
      withdrawnReason: null,
      version: 1,
      createdAt: now,
    };
    await insertWork(t.db, work);
    await replaceIdentifiers(t.db, work.id, identifiers);
    if (source.kind === 'file') await t.blobs.put(source.file.open(), t.site.maxUploadBytes);
    const manifestation: Manifestation = { id: t.ids.id(), ...kept };
    await insertManifestation(t.db, { ...manifestation, workId: work.id, createdAt: now });

    const claims: Claim[] = [];
    for (const [position, holder] of holders.entries()) {
      const me = { partyId: party.id, name: party.name };
      claims.push(await enterClaim(t, { workId: work.id, holder, me, position, authority: input.authority }));
    }
    await logRegistration(t, work, [manifestation], claims);
    for (const claim of claims) await startClaim(t, work, claim, input.locale);
    await recordActivity(t, { actor, action: 'works.registered', subject: `work:${work.id}` });
    if (source.kind === 'file') await queueFingerprint(t, work.id);
    await emit(t, 'works.registered', { workId: work.id, partyId: party.id });
    if (duplicate) await emit(t, 'works.possible-duplicate', { workId: work.id });
    return { work, claims };
  });
}

/** What follows a fresh claim: the record of its acceptance, or the invitation to accept it. */
async function startClaim(t: Kernel, work: Work, claim: Claim, locale: Locale): Promise<void> {
  if (claim.state === 'accepted') {
    await logAcceptance(t, claim, work.id);
    await emit(t, 'works.claim-accepted', { workId: work.id, claimId: claim.id, partyId: claim.partyId });
  } else {
    countInvitation(t, work.registrantId);
    await sendInvitation(t, { work, claim, locale, reminder: false });
  }
}

async function describe(source: WorkSource): Promise<Omit<Manifestation, 'id'>> {
  const none = { url: null, sha256: null, bytes: null, mediaType: null, filename: null };
  if (source.kind === 'url') return { ...none, kind: 'url', url: source.url, sha256: source.sha256 ?? null };
  if (source.kind === 'fingerprint') {
    const bytes = source.bytes ?? null;
    return {
      ...none,
      kind: 'fingerprint',
      sha256: source.sha256,
      bytes: bytes === null ? null : BigInt(bytes),
      mediaType: source.mediaType ?? null,
    };
  }
  const { file } = source;
  return {
    ...none,
    kind: 'file',
    sha256: file.sha256,
    bytes: BigInt(file.bytes),
    mediaType: await inspectFile(file),
    filename: safeFilename(file.filename),
  };
}

/** Answers whether another party registered the same bytes, which is allowed and flagged. */
async function refuseOwnDuplicate(t: Kernel, sha256: string, partyId: string): Promise<boolean> {
  await lockHash(t.db, sha256);
  const same = await selectSameBytes(t.db, [sha256]);
  const own = same.find(({ registrantId }) => registrantId === partyId);
  if (own) {
    throw fail('work-already-registered', {
      fields: { workId: own.workId, url: `${t.site.baseUrl}/works/${own.workId}` },
    });
  }
  return same.length > 0;
}
