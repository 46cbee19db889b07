import type { Kernel } from '../kernel/index.ts';
import { type PasskeyRow, selectPasskeys } from './store-passkeys.ts';

/** A passkey as its owner sees it. */
export type Passkey = {
  readonly id: string;
  readonly name: string;
  /** True where the device's maker keeps copies of it on the person's other devices. */
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

/** The passkeys of a user, oldest first. */
export async function listPasskeys(k: Kernel, userId: string): Promise<Passkey[]> {
  return (await selectPasskeys(k.db, userId)).map(toPasskey);
}

export function toPasskey({ id, name, synced, created_at, last_used_at }: PasskeyRow): Passkey {
  return { id, name, synced, createdAt: created_at, lastUsedAt: last_used_at };
}
