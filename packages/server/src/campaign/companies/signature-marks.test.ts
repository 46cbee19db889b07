import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { confirmSignature } from '../index.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { signatureMarks } from './signature-marks.ts';

let k: TestKernel;
beforeAll(async () => {
  k = await createCampaign();
});
afterAll(() => k.close());

it('counts people only: an organisation is none of them', async () => {
  const sign = async (name: string, kind: 'person' | 'organisation') =>
    (await confirmSignature(k, await signed(k, { name, kind, email: `${name}@example.org` }))).signature;
  await sign('Guild', 'organisation');
  expect(await signatureMarks(k)).toEqual([]);
  const first = await sign('Ada', 'person');
  await sign('Union', 'organisation');
  expect(await signatureMarks(k)).toEqual([{ count: 1, at: first.confirmedAt, logIndex: undefined }]);
});
