import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { cleanLine, cleanText, enqueue, inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { holdsFor, settle } from '../checks/hold-signature.ts';
import { fail } from '../problems.ts';
import { lockSignatory } from '../store.ts';
import { declarationHash, toVersion } from './declaration.ts';
import { DECLARATIONS, type DeclarationTexts } from './declaration-text.ts';
import {
  type DeclarationRow,
  deleteDeclaration,
  hasSignatures,
  lockDeclaration,
  lockFreeHeldOfVersion,
  lockHeldOfVersion,
  selectDeclaration,
  selectDeclarations,
  selectHeldTooLong,
  upsertDeclaration,
  writeDraft,
} from './store-declarations.ts';

const TWO_YEARS = 2 * 365 * 86_400_000;

const lines = (max: number, between: RegExp) =>
  cleanText(max)
    .transform((text) =>
      text
        .split(between)
        .map((part) => part.trim().replace(/\s+/g, ' '))
        .filter(Boolean),
    )
    .refine((parts) => parts.length > 0, 'must not be empty');

/** The words in one language as a form holds them: paragraphs with an empty line between, one demand a line. */
export const wordsSchema = z.object({
  title: cleanLine(120),
  paragraphs: lines(8_000, /\n\s*\n/),
  demandsIntro: cleanLine(200),
  demands: lines(4_000, /\n/),
  closing: cleanLine(500),
});

/**
 * Writes the next version, or changes it while nobody has approved it; a proposal becomes a draft again. `edition` is that
 * of the words one began with, 0 for a new version. Answers the version's number.
 * Throws `declaration-fixed`, `declaration-edited-meanwhile`.
 */
export async function saveDraft(
  k: Kernel,
  about: { texts: DeclarationTexts; edition: number; by: string },
): Promise<number> {
  return inTx(k, async (t) => {
    const newest = (await selectDeclarations(t.db))[0];
    if (newest?.state === 'approved') throw fail('declaration-fixed');
    const before = newest?.state === 'public' ? undefined : newest;
    if ((before?.edition ?? 0) !== about.edition) throw fail('declaration-edited-meanwhile');
    const version = before?.version ?? (newest?.version ?? DECLARATIONS.length) + 1;
    const draft = {
      version,
      texts: about.texts,
      writtenBy: about.by,
      writtenAt: t.clock.now(),
      edition: about.edition + 1,
    };
    // What was read above may be old by now; the row itself decides.
    if (!(await writeDraft(t.db, draft, about.edition))) throw fail('declaration-edited-meanwhile');
    const subject = `declaration:${version}`;
    await recordActivity(t, { actor: about.by, action: 'campaign.declaration-written', subject });
    return version;
  });
}

/**
 * Asks a second operator to approve a version. `publishAt` is the minute at which it becomes public, none for at once;
 * `embargo` lets people who have the link sign before; the campaign is closed to everybody else until then, unless it
 * `keepsOpen` with the text in force.
 * Throws `declaration-unknown`, `declaration-fixed`, `declaration-edited-meanwhile`, `publish-time-wrong`.
 */
export async function proposeDeclaration(
  k: Kernel,
  about: {
    version: number;
    edition: number;
    publishAt: Date | null;
    embargo: boolean;
    keepsOpen?: boolean;
    by: string;
  },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await changeable(t, about);
    const ahead = about.publishAt ? about.publishAt.getTime() - t.clock.now().getTime() : 0;
    if (about.publishAt ? !(ahead > 0 && ahead < TWO_YEARS) : about.embargo) throw fail('publish-time-wrong');
    await upsertDeclaration(t.db, {
      ...row,
      state: 'proposed',
      publishAt: about.publishAt,
      embargo: about.embargo,
      keepsOpen: about.embargo && about.keepsOpen === true,
    });
    const subject = `declaration:${row.version}`;
    await recordActivity(t, { actor: about.by, action: 'campaign.declaration-proposed', subject });
  });
}

/**
 * Approves a version as a second person: its words and hash are fixed. It becomes public now or at its minute.
 * Throws as proposing does, and `declaration-second-person`, `declaration-not-proposed`.
 */
export async function approveDeclaration(
  k: Kernel,
  about: { version: number; edition: number; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await changeable(t, about);
    if (row.state !== 'proposed') throw fail('declaration-not-proposed');
    if (row.writtenBy === about.by) throw fail('declaration-second-person');
    const now = t.clock.now();
    const publishAt = row.publishAt && row.publishAt > now ? row.publishAt : now;
    const publishedOn = publishAt.toISOString().slice(0, 10);
    const approved: DeclarationRow = {
      ...row,
      state: 'approved',
      publishAt,
      publishedOn,
      collectKey: row.embargo ? t.ids.secret() : null,
      sha256: await declarationHash(toVersion({ ...row, publishedOn })!),
      approvedBy: about.by,
      approvedAt: now,
    };
    await upsertDeclaration(t.db, approved);
    const subject = `declaration:${row.version}`;
    await recordActivity(t, { actor: about.by, action: 'campaign.declaration-approved', subject });
    const payload = { version: row.version };
    if (publishAt > now) await enqueue(t, { kind: publishJob.kind, payload, runAt: publishAt });
    else await publishDeclaration(t, row.version);
  });
}

/**
 * Makes an approved version public once its minute has come: text, names and count appear at the same moment. Signatures are
 * held before the version, as everybody does; one that somebody else holds just then is released by `releaseEmbargo`.
 */
export async function publishDeclaration(k: Kernel, version: number): Promise<void> {
  await inTx(k, async (t) => {
    await lockHeldOfVersion(t.db, version);
    const row = await lockDeclaration(t.db, version);
    if (row?.state !== 'approved' || row.publishAt! > t.clock.now()) return;
    await upsertDeclaration(t.db, { ...row, state: 'public' });
    for (const signatory of await lockFreeHeldOfVersion(t.db, version))
      await settle(t, signatory, await holdsFor(t, signatory));
    const subject = `declaration:${version}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.declaration-published', subject });
  });
}

const BATCH = 500;

/** Lets signatures count that still wait for a minute that is over, whatever kept them. Answers how many. */
export async function releaseEmbargo(k: Kernel): Promise<number> {
  let released = 0;
  for (const id of await selectHeldTooLong(k.db, BATCH))
    released += await inTx(k, async (t) => {
      const row = await lockSignatory(t.db, id);
      if (row?.state !== 'held') return 0;
      return (await settle(t, row, await holdsFor(t, row))).state === 'confirmed' ? 1 : 0;
    });
  return released;
}

/** Looks every minute whether one was left behind. */
export const releaseEmbargoJob: JobHandler = {
  kind: 'campaign.release-embargo',
  everyMs: 60_000,
  async handle(k) {
    await releaseEmbargo(k);
  },
};

/**
 * Takes back a version that is not public. Throws `declaration-unknown`, `declaration-fixed` (it is public),
 * `declaration-signed`.
 */
export async function discardDeclaration(
  k: Kernel,
  { version, by }: { version: number; by: string },
): Promise<void> {
  await inTx(k, async (t) => {
    const row = await lockDeclaration(t.db, version);
    if (!row) throw fail('declaration-unknown');
    if (row.state === 'public') throw fail('declaration-fixed');
    if (await hasSignatures(t.db, version)) throw fail('declaration-signed');
    await deleteDeclaration(t.db, version);
    const subject = `declaration:${version}`;
    await recordActivity(t, { actor: by, action: 'campaign.declaration-discarded', subject });
  });
}

async function changeable(t: Kernel, about: { version: number; edition: number }): Promise<DeclarationRow> {
  const row = await lockDeclaration(t.db, about.version);
  if (!row) throw fail('declaration-unknown');
  if (row.state === 'approved' || row.state === 'public') throw fail('declaration-fixed');
  if (row.edition !== about.edition) throw fail('declaration-edited-meanwhile');
  return row;
}

/** Publishes at the set minute. */
export const publishJob: JobHandler = {
  kind: 'campaign.publish-declaration',
  async handle(k, job) {
    await publishDeclaration(k, Number(job.payload.version));
  },
};

/** A version after the shipped one, as the desk keeps it. Throws `declaration-unknown`. */
export async function findVersion(k: Kernel, version: number): Promise<DeclarationRow> {
  const row =
    Number.isInteger(version) && version < 100_000 ? await selectDeclaration(k.db, version) : undefined;
  if (!row) throw fail('declaration-unknown');
  return row;
}
