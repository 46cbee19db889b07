import { recordActivity } from '../identity/index.ts';
import { emit, inTx, type Kernel } from '../kernel/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { failLicensing } from './problems.ts';
import { requireSigner } from './require-signer.ts';
import { insertRevocation, lockAgreement } from './store-agreements.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Ends an agreement before its time: by somebody who may sign for the licensee, or by the operator for a breach. Tokens
 * under it are inactive at once; none is issued after this. A second time changes nothing. Holders cannot end an
 * agreement by withdrawing. Throws `agreement-unknown`, `licensee-needed`, `not-a-signer`.
 * Sends `licensing.agreement-revoked` `{ agreementId }`.
 */
export async function revokeAgreement(
  k: Kernel,
  input: { agreementId: string; userId: string; operator: boolean; reason: string },
): Promise<void> {
  const { agreementId, userId, operator, reason } = input;
  await inTx(k, async (t) => {
    const found = UUID.test(agreementId) ? await lockAgreement(t.db, agreementId) : undefined;
    if (!found) throw failLicensing('agreement-unknown');
    if (!operator) await requireSigner(t, { userId, licenseeId: found.licenseeId });
    const at = t.clock.now();
    if (!(await insertRevocation(t.db, { agreementId, reason, by: userId, at }))) return;
    const subject = `agreement:${agreementId}`;
    const record = { agreement: agreementId, at: at.toISOString() };
    await appendLeaf(t, { type: 'agreement-revoked', subject, record });
    await recordActivity(t, { actor: userId, action: 'licensing.agreement-revoked', subject });
    await emit(t, 'licensing.agreement-revoked', { agreementId });
  });
}
