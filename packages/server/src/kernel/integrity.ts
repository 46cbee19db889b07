import type { Kernel } from './kernel.ts';

/** What a check of stored data found: one line for people, which names the row where something is wrong. */
export type Finding = { readonly ok: boolean; readonly detail: string };

/** Looks whether what a module stored still is what it wrote. Changes nothing; finds at least one line. */
export type IntegrityCheck = {
  /** Stable name, e.g. `ledger.journals-balance`. */
  readonly name: string;
  run(k: Kernel): Promise<readonly Finding[]>;
};
