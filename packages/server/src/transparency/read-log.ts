import { fingerprint } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import type { LogCheckpoint } from './model.ts';
import { logSigner, logVerifierKey } from './read-checkpoint.ts';
import { countLeaves, selectCheckpoint, selectLatest } from './store.ts';

/** What anybody may know about the log. */
export type LogFacts = {
  readonly origin: string;
  readonly checkpoint: LogCheckpoint | undefined;
  readonly verifierKey: string;
  /** SHA-256 of the public key, in groups of four hexadecimal digits. */
  readonly fingerprint: string;
};

/** What the operator sees besides. */
export type LogContents = {
  readonly byType: readonly { type: string; count: number; waiting: number; erased: number }[];
  readonly latest: readonly { id: string; type: string; createdAt: Date; index: number | undefined }[];
};

/** Name, size, time and key of the log. */
export async function readLog(k: Kernel): Promise<LogFacts> {
  const { name, publicKey } = await logSigner(k);
  return {
    origin: name,
    checkpoint: await selectCheckpoint(k.db),
    verifierKey: await logVerifierKey(k),
    fingerprint: await fingerprint(publicKey),
  };
}

/** Leaves by type, and the latest ones. Shows no record. */
export async function readLogContents(k: Kernel): Promise<LogContents> {
  return { byType: await countLeaves(k.db), latest: await selectLatest(k.db, 30) };
}
