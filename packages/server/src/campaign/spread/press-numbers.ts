import type { Kernel } from '../../kernel/index.ts';
import { versionsOf } from '../declaration/declaration.ts';
import { METHODS, type Method } from '../model.ts';
import { type CampaignFigure, campaignNumbers } from '../wall/campaign-numbers.ts';
import { countBases, countKinds, countMethods, type ListRecord, selectListRecords } from './store-spread.ts';

/** The numbers of the press page, with their time. */
export type PressNumbers = {
  readonly at: Date;
  readonly figures: readonly CampaignFigure[];
  readonly kinds: { readonly person: number; readonly organisation: number; readonly featured: number };
  /** First on what signatures rest, each on one; then the checks beyond that. */
  readonly methods: readonly {
    readonly method: Method | 'email' | 'authority' | 'import';
    readonly count: number;
  }[];
  readonly versions: readonly {
    readonly version: number;
    readonly signed: number;
    readonly agreed: number;
  }[];
  /** Newest first. */
  readonly days: readonly ListRecord[];
};

/** Reads the numbers of the press page. */
export async function pressNumbers(k: Kernel): Promise<PressNumbers> {
  const counts = new Map((await countMethods(k.db)).map(({ method, count }) => [method, count]));
  const bases = new Map((await countBases(k.db)).map(({ basis, count }) => [basis, count]));
  const versions = (await versionsOf(k)).filter(({ state }) => state === 'public');
  return {
    at: k.clock.now(),
    figures: await campaignNumbers(k),
    kinds: await countKinds(k.db),
    methods: [
      { method: 'email', count: bases.get('mailbox') ?? 0 },
      { method: 'authority', count: bases.get('authority') ?? 0 },
      { method: 'import', count: bases.get('import') ?? 0 },
      ...METHODS.map((method) => ({ method, count: counts.get(method) ?? 0 })),
    ],
    versions: versions.map(({ version, signed, agreed }) => ({ version, signed, agreed })),
    days: await selectListRecords(k.db, 31),
  };
}
