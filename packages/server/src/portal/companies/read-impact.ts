import {
  closedUntil,
  type EntryHistory,
  listEntries,
  readGoals,
  signatureMarks,
} from '../../campaign/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import { firstJournal } from '../../ledger/index.ts';
import { firstAgreement } from '../../licensing/index.ts';
import { leavesOf } from '../../transparency/index.ts';
import { readCompanies } from './read-companies.ts';

/** Where something can be checked: an entry of the public log, or a page of this instance. */
export type Proof =
  | { readonly kind: 'log'; readonly index: number }
  | { readonly kind: 'page'; readonly path: string };

/** Something that records show. */
export type Computed = {
  readonly kind: 'signatures' | 'goal' | 'first-licence' | 'licensee-named' | 'pledge' | 'first-payout';
  readonly at: Date;
  /** Of signatures and goals: how many. */
  readonly count?: number;
  /** Of companies: who, and its page. */
  readonly company?: { readonly name: string; readonly slug: string };
  readonly proof: Proof | undefined;
};

export type Impact =
  | (Computed & { readonly by: 'records' })
  | (EntryHistory & { readonly by: 'operator'; readonly at: Date });

/** What the campaign brought, newest first: what records show, and what operators wrote down with a source. */
export async function readImpact(k: Kernel): Promise<Impact[]> {
  const closed = await closedUntil(k);
  const parts = await Promise.all([closed ? [] : signatures(k), licences(k), companies(k), payouts(k)]);
  const written = await listEntries(k, { kind: 'impact' });
  const all: Impact[] = [
    ...parts.flat().map((one) => ({ ...one, by: 'records' as const })),
    ...written.map((one) => ({
      ...one,
      by: 'operator' as const,
      at: new Date(`${one.happenedOn}T00:00:00Z`),
    })),
  ];
  return all.sort((a, b) => b.at.getTime() - a.at.getTime());
}

async function signatures(k: Kernel): Promise<Computed[]> {
  const { reached } = await readGoals(k);
  const goals = new Set(reached.map(({ target }) => target));
  const marks = (await signatureMarks(k)).filter(({ count }) => !goals.has(count));
  return [
    ...reached.map(({ target, at }) => ({
      ...{ kind: 'goal' as const, at, count: target },
      proof: { kind: 'page' as const, path: '/numbers' },
    })),
    ...marks.map(({ count, at, logIndex }) => ({
      ...{ kind: 'signatures' as const, at, count },
      proof:
        logIndex === undefined
          ? { kind: 'page' as const, path: '/numbers' }
          : { kind: 'log' as const, index: logIndex },
    })),
  ];
}

async function licences(k: Kernel): Promise<Computed[]> {
  const { first } = await firstAgreement(k);
  if (!first) return [];
  const [leaf] = await leavesOf(k, `agreement:${first.id}`);
  const proof = leaf?.index === undefined ? undefined : ({ kind: 'log', index: leaf.index } as const);
  return [{ kind: 'first-licence', at: first.madeAt, proof }];
}

async function companies(k: Kernel): Promise<Computed[]> {
  const found = await readCompanies(k);
  return found.companies.flatMap(({ name, slug, licensed, pledges }): Computed[] => {
    const about = { company: { name, slug }, proof: { kind: 'page', path: `/companies/${slug}` } } as const;
    return [
      ...licensed
        .filter(({ live }) => live)
        .map(({ since }) => ({ ...about, kind: 'licensee-named' as const, at: since })),
      ...pledges.map(({ signedAt }) => ({ ...about, kind: 'pledge' as const, at: signedAt })),
    ];
  });
}

async function payouts(k: Kernel): Promise<Computed[]> {
  const { bookedAt } = await firstJournal(k, 'payout-paid');
  if (!bookedAt) return [];
  return [{ kind: 'first-payout', at: bookedAt, proof: { kind: 'page', path: '/numbers' } }];
}
