import { canonicalBytes, sha256, toHex } from '@clearway/protocol';
import { expect, it } from 'vitest';
import { IMPORT_STATEMENTS, STATEMENTS } from './model.ts';

it('what was stated stays what it was: a new text is a new version', async () => {
  const hashes = await Promise.all(
    [...STATEMENTS, ...IMPORT_STATEMENTS].map(async (one) => [
      one.version,
      toHex(await sha256(canonicalBytes(one))),
    ]),
  );
  expect(hashes).toEqual([
    [1, '07981cd20a0ae77fbf74b46afb066f0417683eb7b075773917105660b8768c91'],
    [1, '528008dbbd8d3f3888283563dd6ba3a5bfa38e866ddf4f74c3734804899d50e4'],
  ]);
});
