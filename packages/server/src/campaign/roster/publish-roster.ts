import { recordActivity } from '../../identity/index.ts';
import { emit, inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { foldForSearch, type HoldReason } from '../model.ts';
import { insertSignatories, type SignatoryRow } from '../store.ts';
import { judge } from './compare-roster.ts';
import { KEEP_DRAFT_MS } from './model.ts';
import { markUntold } from './store-notices.ts';
import {
  clearPeople,
  countVerdicts,
  lockRoster,
  markSigned,
  type RosterLine,
  type RosterRow,
  selectFine,
  selectInvitedSince,
  updateRoster,
  updateRow,
} from './store-rosters.ts';
import { tellListed } from './tell-people.ts';

const BATCH = 500;

/**
 * Makes signatures of the good rows of a list, all in one transaction: who is signed for counts from now on, unless the name
 * or an embargo holds it, exactly as when signing directly; who is only invited gets a mail. Each row is compared once
 * more, because people may have signed or withdrawn since the dry run.
 */
export async function publishRoster(k: Kernel, rosterId: string): Promise<void> {
  await inTx(k, async (t) => {
    const roster = await lockRoster(t.db, rosterId);
    if (roster?.state !== 'publishing') return;
    for (let after = 0; ; ) {
      const rows = await selectFine(t.db, roster.id, after, BATCH);
      const good = await judge(t, rows);
      await signRows(
        t,
        roster,
        good.filter(({ basis }) => basis !== 'mailbox'),
      );
      await inviteRows(
        t,
        good.filter(({ basis }) => basis === 'mailbox'),
      );
      if (rows.length < BATCH) break;
      after = rows.at(-1)!.line;
    }
    await tellListed(t, roster.id);
    const now = t.clock.now();
    const counts = await countVerdicts(t.db, roster.id);
    await updateRoster(t.db, roster.id, {
      state: 'published',
      published_at: now,
      done: counts.fine,
      ...counts,
    });
    await clearPeople(t.db, roster.id, 'none');
    await recordActivity(t, {
      actor: 'system',
      action: 'campaign.roster-published',
      subject: `roster:${roster.id}`,
    });
  });
}

async function signRows(t: Kernel, roster: RosterRow, rows: readonly RosterLine[]): Promise<void> {
  const drafts = rows.map((row) => ({ row, draft: draftOf(t, roster, row) }));
  const judged: { draft: SignatoryRow; holds: readonly HoldReason[] }[] = [];
  for (const { draft } of drafts) judged.push({ draft, holds: await holdsFor(t, draft) });
  // What nothing holds counts from its first moment; the rest waits as it would when signing directly.
  const now = t.clock.now();
  await insertSignatories(
    t.db,
    judged.map(({ draft, holds }) =>
      holds.length > 0 ? draft : { ...draft, state: 'confirmed' as const, confirmed_at: now },
    ),
  );
  for (const { draft, holds } of judged) {
    if (holds.length > 0) await settle(t, { ...draft, confirmed_at: now }, holds);
    else await emit(t, 'campaign.signature-confirmed', { signatoryId: draft.id });
  }
  await markSigned(
    t.db,
    drafts.map(({ row, draft }) => ({ id: row.id, signatoryId: draft.id })),
  );
  await markUntold(
    t.db,
    drafts.filter(({ draft }) => draft.email !== '').map(({ row }) => row.id),
  );
}

/** The signature of a row as it is before it counts. */
function draftOf(t: Kernel, roster: RosterRow, row: RosterLine): SignatoryRow {
  const person = row.person!;
  const proof = row.proof!;
  const id = t.ids.id();
  const now = t.clock.now();
  const imported = 'signedOn' in proof ? proof : undefined;
  const mailConsent = imported?.mailConsentOn && person.email ? new Date(imported.mailConsentOn) : null;
  return {
    id,
    state: 'pending',
    name: person.name,
    name_folded: foldForSearch(person.name),
    hidden: person.hidden,
    craft: person.craft,
    country: person.country,
    email: person.email ?? '',
    // No mailbox is a key of its own, so that nobody shares it.
    mailbox_key: row.mailbox_key ?? `none:${id}`,
    user_id: null,
    locale: roster.locale,
    // Nobody said it of herself.
    age: null,
    declaration_version: roster.declaration_version,
    declaration_sha256: roster.declaration_sha256,
    // Not ours: the words of the authority, or those said yes to elsewhere.
    consent_version: 0,
    consented_at: imported ? new Date(imported.signedOn) : now,
    mail_consent_version: mailConsent && 0,
    mail_consented_at: mailConsent,
    created_at: now,
    mailed_at: now,
    confirmed_at: null,
    withdrawn_at: null,
    network_hash: null,
    held_for: [],
    kind: person.kind,
    town: person.town,
    affiliation: person.affiliation,
    note: null,
    members: null,
    contact: null,
    cleared_name: null,
    namesake: false,
    featured_at: null,
    featured_by: null,
    basis: imported ? 'import' : 'authority',
    through_name: imported ? null : roster.through_name,
    through_party_id: imported ? null : roster.party_id,
    source: imported ? imported.source : null,
    roster_id: roster.id,
    terms_version: null,
  };
}

/** Nobody is asked twice within the time an invitation is good, whoever lists her. */
async function inviteRows(t: Kernel, rows: readonly RosterLine[]): Promise<void> {
  const now = t.clock.now();
  const keys = rows.flatMap(({ mailbox_key }) => mailbox_key ?? []);
  const asked = await selectInvitedSince(t.db, keys, new Date(now.getTime() - KEEP_DRAFT_MS));
  for (const row of rows) await updateRow(t.db, row.id, { state: 'invited', invited_at: now });
  await markUntold(
    t.db,
    rows.filter(({ mailbox_key }) => !asked.has(mailbox_key ?? '')).map(({ id }) => id),
  );
}

/** Long lists are published in the background. */
export const publishRosterJob: JobHandler = {
  kind: 'campaign.publish-roster',
  leaseMs: 300_000,
  async handle(k, job) {
    await publishRoster(k, String(job.payload.roster));
  },
};
