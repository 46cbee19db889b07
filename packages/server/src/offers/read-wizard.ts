import { type Kernel, requireInstance } from '../kernel/index.ts';
import { requireWork, type Work } from '../works/index.ts';
import type { Draft } from './model.ts';
import { offerTexts } from './offer-text.ts';
import { readStanding, type Standing } from './read-standing.ts';
import { listVersions } from './read-versions.ts';
import { readDraft } from './save-draft.ts';

/** Everything the terms wizard shows to one holder. */
export type Wizard = {
  readonly work: Work;
  readonly draft: Draft | undefined;
  readonly standing: Standing;
  readonly currency: string;
  /** Other holders, who are asked for their yes. */
  readonly others: readonly string[];
  /** Whether a published version waits for this holder's own answer. */
  readonly asked: boolean;
  /** The text that publishing the draft now would give. */
  readonly texts: ReturnType<typeof offerTexts> | undefined;
};

/** Throws `work-unknown`, `not-a-holder`, `instance-not-set-up`. */
export async function readWizard(k: Kernel, who: { workId: string; partyId: string }): Promise<Wizard> {
  const draft = await readDraft(k, who);
  const work = await requireWork(k, who.workId);
  const standing = await readStanding(k, who.workId);
  const { name, currency } = await requireInstance(k);
  const [newest] = await listVersions(k, who);
  const waits = newest?.consents.some((one) => one.partyId === who.partyId && one.state === 'pending');
  const names = (list: Standing['holders']) => [...new Set(list.map((holder) => holder.name))];
  return {
    work,
    draft,
    standing,
    currency,
    others: names(standing.holders.filter(({ partyId }) => partyId !== who.partyId)),
    asked: newest?.state !== 'withdrawn' && waits === true,
    texts:
      draft &&
      offerTexts({
        instance: name,
        title: work.title,
        version: (newest?.version ?? 0) + 1,
        publishedAt: k.clock.now(),
        licensors: names(standing.holders),
        currency,
        terms: draft.terms,
      }),
  };
}
