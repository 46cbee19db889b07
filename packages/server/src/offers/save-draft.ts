import { z } from 'zod';
import { recordActivity } from '../identity/index.ts';
import { failCommon, inTx, type Kernel } from '../kernel/index.ts';
import type { Draft } from './model.ts';
import { PRESETS } from './presets.ts';
import { requireDecider, requireHolder } from './require-holder.ts';
import { selectDraft, upsertDraft } from './store.ts';
import { normaliseTerms, termsSchema } from './terms.ts';

export const draftSchema = z.strictObject({
  /** The version this change was made on; 0 where there was none. */
  version: z.int().min(0).max(1_000_000),
  preset: z.enum(PRESETS),
  terms: termsSchema,
});
export type DraftInput = z.infer<typeof draftSchema>;

type Who = { readonly workId: string; readonly partyId: string; readonly actor: string };

/**
 * Keeps a draft of a work's terms, complete or not. Throws `not-a-holder`, `terms-work-withdrawn`, and
 * `changed-meanwhile` with the state that is stored, so that both can be shown.
 */
export async function saveDraft(k: Kernel, who: Who, input: DraftInput): Promise<Draft> {
  return inTx(k, async (t) => {
    await requireDecider(t, who);
    const { workId, actor } = who;
    const draft = {
      workId,
      preset: input.preset,
      terms: normaliseTerms(input.terms),
      version: input.version,
      updatedBy: actor,
      updatedAt: t.clock.now(),
    };
    if (!(await upsertDraft(t.db, draft))) {
      const current = await selectDraft(t.db, workId);
      throw failCommon('changed-meanwhile', { fields: { current: current ? shown(current) : null } });
    }
    const version = input.version + 1;
    await recordActivity(t, {
      actor,
      action: 'offers.draft-saved',
      subject: `work:${workId}`,
      detail: { version },
    });
    return { ...draft, version };
  });
}

/** The draft of a work, for its holders. Throws `work-unknown`, `not-a-holder`. */
export async function readDraft(
  k: Kernel,
  who: { workId: string; partyId: string },
): Promise<Draft | undefined> {
  await requireHolder(k, who);
  return selectDraft(k.db, who.workId);
}

/** A draft as documents show it. */
export function shown({ preset, terms, version, updatedAt }: Draft) {
  return { preset, terms, version, updatedAt: updatedAt.toISOString() };
}
