import {
  type Checkpoint,
  openCheckpoint,
  proveConsistency,
  tileNodeReader,
  tilePath,
  verifyConsistency,
} from '@clearway/protocol';

/** A stranger who looks at the public log and remembers the last checkpoint. */
export type Follower = {
  /** Looks once; throws when what is there does not continue what was seen. Answers the size. */
  look(): Promise<number>;
};

/** `key` is the log's verifier key, as first seen. */
export function followLog(base: string, origin: string, key: string): Follower {
  let seen: Checkpoint | undefined;
  const get = async (path: string) => {
    const response = await fetch(`${base}/log/${path}`);
    if (!response.ok) throw new TypeError(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  return {
    async look() {
      const answer = await fetch(`${base}/log/checkpoint`);
      // The first record needs a moment to enter the log; a log that was there must not vanish.
      if (answer.status === 404 && !seen) return 0;
      if (!answer.ok) throw new TypeError(`checkpoint: ${answer.status}`);
      const now = await openCheckpoint(await answer.text(), origin, [key]);
      const before = seen;
      if (before && now.size < before.size)
        throw new Error(`the log shrank from ${before.size} to ${now.size}`);
      if (before) {
        const tree = tileNodeReader(now.size, (tile) => get(tilePath(tile)));
        const proof = await proveConsistency(before.size, now.size, tree);
        const old = { oldSize: before.size, oldRoot: before.rootHash };
        const holds = await verifyConsistency({ ...old, newSize: now.size, newRoot: now.rootHash, proof });
        if (!holds) throw new Error(`the log of ${now.size} does not continue the log of ${before.size}`);
      }
      seen = now;
      return now.size;
    },
  };
}
