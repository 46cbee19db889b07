import { inTx, type Kernel } from '../kernel/index.ts';
import { makeAgreement } from './make-agreement.ts';
import type { Agreement, AgreementWork } from './model.ts';
import { failLicensing } from './problems.ts';
import { requireSigner } from './require-signer.ts';
import { markAccepted, selectLines, selectQuote } from './store.ts';
import { selectAgreementOfQuote } from './store-agreements.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Accepts a quote for the company it was made for, by somebody who may sign: one agreement, pinned to the versions,
 * hashes, prices and consents of this moment, with its licence document. Of two at the same time one wins.
 *
 * Throws `quote-unknown`, `licensee-needed`, `not-a-signer`, `quote-accepted` (its `agreementId` is in the document),
 * `quote-expired`, `quote-empty`, `quote-outdated`. Sends `licensing.agreement-made` `{ agreementId }`.
 */
export async function acceptQuote(
  k: Kernel,
  { quoteId, userId }: { quoteId: string; userId: string },
): Promise<{ agreement: Agreement; works: AgreementWork[] }> {
  return inTx(k, async (t) => {
    const found = UUID.test(quoteId) ? await selectQuote(t.db, quoteId, true) : undefined;
    if (!found) throw failLicensing('quote-unknown');
    await requireSigner(t, { userId, licenseeId: found.licenseeId });
    if (found.acceptedAt !== null) {
      const agreementId = await selectAgreementOfQuote(t.db, quoteId);
      throw failLicensing('quote-accepted', { fields: { agreementId } });
    }
    const now = t.clock.now();
    if (found.expiresAt <= now) throw failLicensing('quote-expired');
    const lines = await selectLines(t.db, quoteId);
    if (lines.length === 0) throw failLicensing('quote-empty');
    const { licenseeId, use, unit, modelScope, months, currency } = found;
    const made = await makeAgreement(
      t,
      {
        licenseeId,
        use,
        unit,
        modelScope,
        months,
        currency,
        quoteId,
        standingId: null,
        madeBy: userId,
      },
      lines,
    );
    await markAccepted(t.db, quoteId, now);
    return made;
  });
}
