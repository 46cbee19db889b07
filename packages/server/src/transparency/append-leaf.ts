import { canonicalize, makeLeaf } from '@clearway/protocol';
import type { Kernel } from '../kernel/index.ts';
import type { LeafInput } from './model.ts';
import { insertLeaf } from './store.ts';

/**
 * Puts a fact on record in the open transaction: its salted commitment enters the public log within a second of the
 * commit, and not at all if the transaction rolls back. Answers the leaf's id.
 *
 * Throws the protocol's `leaf-type`, `canonical-*` and `text-not-well-formed` for what cannot be a leaf: a mistake of
 * the caller, not of a person.
 */
export async function appendLeaf(t: Kernel, { type, record, subject }: LeafInput): Promise<string> {
  if (!t.db.isTransaction) throw new Error('A leaf is appended in the transaction that it records.');
  const salt = t.random(32);
  const { leaf } = await makeLeaf({ type, record, salt });
  const id = t.ids.id();
  const recordText = canonicalize(record);
  await insertLeaf(t.db, { id, ...leaf, subject, createdAt: t.clock.now(), salt, recordText });
  return id;
}
