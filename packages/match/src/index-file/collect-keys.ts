import type { Entry } from './collect-postings.ts';
import type { IndexWork } from './index-work.ts';
import { KEY_KINDS, type KeyKind } from './layout.ts';

const SHA256 = /^[0-9a-f]{64}$/;

/** The exact hashes of all works, sorted by hash, kind and entry, each once. */
export function keysOf(works: readonly IndexWork[], entries: readonly Entry[]) {
  const firstEntry = new Map<string, number>();
  for (const [i, { id }] of entries.entries()) if (!firstEntry.has(id)) firstEntry.set(id, i);
  const keys: { sha256: string; kind: number; entry: number }[] = [];
  const add = (sha256: string, kind: KeyKind, entry: number) => {
    if (!SHA256.test(sha256)) throw new TypeError(`not a SHA-256 in lower case: ${sha256}`);
    keys.push({ sha256, kind: KEY_KINDS.indexOf(kind), entry });
  };
  for (const { id, texts = [], keys: given = [] } of works) {
    const entry = firstEntry.get(id)!;
    for (const { kind, sha256 } of given) add(sha256, kind, entry);
    for (const { textKey, words } of texts) if (words > 0) add(textKey, 'text', entry);
  }
  keys.sort((a, b) =>
    a.sha256 !== b.sha256 ? (a.sha256 < b.sha256 ? -1 : 1) : a.kind - b.kind || a.entry - b.entry,
  );
  return keys.filter((key, i) => {
    const before = keys[i - 1];
    return before?.sha256 !== key.sha256 || before.kind !== key.kind || before.entry !== key.entry;
  });
}
