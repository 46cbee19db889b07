import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel, stopMailsAbout } from '../../kernel/index.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { fail } from '../problems.ts';
import { endReports } from '../reviews/end-reports.ts';
import { aboutSignatory } from '../signatory/about-mail.ts';
import type { SignatoryRow } from '../store.ts';
import { type Conditions, checkConditions } from './clean-up-conditions.ts';
import {
  countCounted,
  countFitting,
  insertCleanUp,
  invalidateFitting,
  lockCleanUp,
  restoreRows,
  sampleFitting,
  selectCleanUps,
  selectTaken,
  updateCleanUp,
} from './store-clean-ups.ts';

const SAMPLE = 25;

/** What a clean-up would take out. */
export type CleanUpPreview = {
  /** As asked, with the time of the look as `until` if none was given: what signs later is not in it. */
  readonly conditions: Conditions & { readonly until: Date };
  readonly count: number;
  readonly byState: { readonly pending: number; readonly held: number; readonly confirmed: number };
  /** At most 25, chosen by the order of a hash. */
  readonly sample: readonly Sampled[];
};
export type Sampled = Pick<SignatoryRow, 'name' | 'craft' | 'country' | 'state'> & {
  readonly domain: string;
  readonly network: string | null;
  readonly through: string | null;
  readonly signedAt: Date;
};

/** A dry run: changes nothing. Throws `clean-up-too-wide`, `clean-up-pattern`. */
export async function previewCleanUp(k: Kernel, asked: Conditions): Promise<CleanUpPreview> {
  checkConditions(asked);
  const conditions = { ...asked, until: asked.until ?? k.clock.now() };
  return inTx(k, async (t) => {
    const byState = await countFitting(t.db, conditions);
    const rows = await sampleFitting(t.db, conditions, SAMPLE);
    return {
      conditions,
      byState,
      count: byState.pending + byState.held + byState.confirmed,
      sample: rows.map(({ name, craft, country, state, mailbox_key, network_hash, created_at, ...row }) => ({
        name,
        craft,
        country,
        state,
        domain: mailbox_key.includes('@') ? mailbox_key.slice(mailbox_key.lastIndexOf('@') + 1) : '',
        network: network_hash,
        through: row.through_name ?? row.source,
        signedAt: created_at,
      })),
    };
  });
}

/**
 * Takes out what the dry run showed, in one transaction: the names leave the wall and the count at once, and mails that
 * wait for them do not leave. `expected` is the
 * count of the dry run; when another number fits by now nothing happens. Answers the id, by which it can be undone.
 * Throws `clean-up-too-wide`, `clean-up-pattern`, `clean-up-changed`.
 */
export async function cleanUp(
  k: Kernel,
  about: {
    conditions: Conditions & { until: Date };
    expected: number;
    reason: string;
    operatorId: string;
  },
): Promise<{ id: string; taken: number }> {
  const { conditions, expected, reason, operatorId } = about;
  checkConditions(conditions);
  return inTx(k, async (t) => {
    const id = t.ids.id();
    await insertCleanUp(t.db, {
      id,
      conditions: asText(conditions),
      reason,
      taken: expected,
      done_by: operatorId,
      done_at: t.clock.now(),
      undone_by: null,
      undone_at: null,
      undo_reason: null,
      restored: null,
      people: 0,
      organisations: 0,
      restored_people: null,
      restored_organisations: null,
    });
    const taken = await invalidateFitting(t.db, id, conditions);
    if (taken !== expected || taken === 0) throw fail('clean-up-changed');
    await updateCleanUp(t.db, id, await countCounted(t.db, id, { back: false }));
    const ids = await selectTaken(t.db, id);
    await stopMailsAbout(t, ids.map(aboutSignatory));
    await endReports(t, ids, { outcome: 'removed', answer: reason, by: operatorId });
    const subject = `clean-up:${id}`;
    await recordActivity(t, { actor: operatorId, action: 'campaign.cleaned-up', subject });
    return { id, taken };
  });
}

/**
 * Puts a clean-up back: every signature of it is what it was before, but those withdrawn, erased or given anew since.
 * Answers how many came back. Throws `clean-up-unknown`, `clean-up-undone`.
 */
export async function undoCleanUp(
  k: Kernel,
  about: { id: string; reason: string; operatorId: string },
): Promise<number> {
  const { id, reason, operatorId } = about;
  return inTx(k, async (t) => {
    const row = await lockCleanUp(t.db, id);
    if (!row) throw fail('clean-up-unknown');
    if (row.undone_at) throw fail('clean-up-undone');
    const rows = await restoreRows(t.db, id);
    const restored = rows.length;
    // The minute they waited for may have come meanwhile.
    for (const one of rows)
      if (one.state === 'held' && one.held_for.includes('embargo'))
        await settle(t, one, await holdsFor(t, one));
    const back = await countCounted(t.db, id, { back: true });
    await updateCleanUp(t.db, id, {
      undone_by: operatorId,
      undone_at: t.clock.now(),
      undo_reason: reason,
      restored,
      restored_people: back.people,
      restored_organisations: back.organisations,
    });
    const subject = `clean-up:${id}`;
    await recordActivity(t, { actor: operatorId, action: 'campaign.clean-up-undone', subject });
    return restored;
  });
}

function asText(conditions: Conditions): { [name: string]: string } {
  const given = Object.entries(conditions).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : String(value)]),
  );
}

type Counted = { readonly people: number; readonly organisations: number };

/** A clean-up that was done. */
export type CleanUp = {
  readonly id: string;
  readonly conditions: { readonly [name: string]: string };
  readonly reason: string;
  readonly taken: number;
  /** Of these: what had counted. */
  readonly counted: Counted;
  readonly doneAt: Date;
  readonly undone:
    | { readonly at: Date; readonly reason: string; readonly restored: number; readonly counted: Counted }
    | undefined;
};

/** The latest clean-ups, newest first, 100 at most. */
export async function listCleanUps(k: Kernel): Promise<CleanUp[]> {
  const rows = await selectCleanUps(k.db, 100);
  return rows.map((row) => ({
    id: row.id,
    conditions: row.conditions,
    reason: row.reason,
    taken: row.taken,
    counted: { people: row.people, organisations: row.organisations },
    doneAt: row.done_at,
    undone: row.undone_at
      ? {
          at: row.undone_at,
          reason: row.undo_reason ?? '',
          restored: row.restored ?? 0,
          counted: { people: row.restored_people ?? 0, organisations: row.restored_organisations ?? 0 },
        }
      : undefined,
  }));
}
