import { createHash } from 'node:crypto';
import { sealLicense } from '@clearway/protocol';
import { recordActivity } from '../identity/index.ts';
import { emit, type Kernel } from '../kernel/index.ts';
import { findParties } from '../parties/index.ts';
import { appendLeaf } from '../transparency/index.ts';
import { publicWork } from '../works/index.ts';
import { licenseDocument } from './license-document.ts';
import { quoteWork } from './make-quote.ts';
import { type Agreement, type AgreementWork, monthsLater, type Quote, type QuoteLine } from './model.ts';
import { failLicensing } from './problems.ts';
import { insertAgreement } from './store-agreements.ts';

/** The key that signs licences, tokens, bundles and the removal feed; each says by its type what it is. */
export const SIGNING_PURPOSE = 'licensing';

type Basis = Pick<Quote, 'licenseeId' | 'use' | 'unit' | 'modelScope' | 'months' | 'currency'> & {
  readonly quoteId: string | null;
  readonly standingId: string | null;
  readonly madeBy: string;
};

/**
 * Makes an agreement of lines that were shown to somebody who may sign. Each is looked at again: what changed since then
 * is `quote-outdated`, and nothing is agreed. Runs in the caller's transaction.
 */
export async function makeAgreement(
  t: Kernel,
  basis: Basis,
  lines: readonly QuoteLine[],
): Promise<{ agreement: Agreement; works: AgreementWork[] }> {
  const works: AgreementWork[] = [];
  for (const line of lines) works.push(await pin(t, basis, line));
  const { months, ...facts } = basis;
  const madeAt = t.clock.now();
  const bare = {
    ...facts,
    id: t.ids.id(),
    madeAt,
    endsAt: monthsLater(madeAt, months),
    secret: t.ids.secret(32),
  };
  const document = await sealed(t, bare, works);
  const agreement: Agreement = {
    ...bare,
    document,
    documentSha256: createHash('sha256').update(document).digest('hex'),
    revocation: undefined,
  };
  await insertAgreement(t.db, agreement, works);
  await record(t, agreement, works);
  return { agreement, works };
}

async function pin(t: Kernel, basis: Basis, line: QuoteLine): Promise<AgreementWork> {
  const { licenseeId, use, unit, currency } = basis;
  const found = await quoteWork(t, { workId: line.workId, licenseeId, use, unit, currency });
  if ('exclusion' in found) {
    const { workId, reason } = found.exclusion;
    throw failLicensing('quote-outdated', { detail: reason, fields: { workId, reason } });
  }
  const { line: now, standing } = found;
  const same =
    now.offerId === line.offerId && now.amountMicro === line.amountMicro && now.perUnits === line.perUnits;
  if (!same) {
    throw failLicensing('quote-outdated', {
      detail: 'the terms are newer',
      fields: { workId: line.workId, reason: 'terms-changed' },
    });
  }
  const { manifestations } = await publicWork(t, line.workId);
  const said = standing.inForce!.consents.filter((one) => one.use === use && one.state === 'consented');
  return {
    ...now,
    consents: standing.holders.flatMap(({ partyId, sharePpm }) =>
      said
        .filter((one) => one.partyId === partyId && one.decidedAt !== null)
        .map((one) => ({
          party: partyId,
          sharePpm,
          offer: one.offerId,
          use,
          decidedAt: one.decidedAt!.toISOString(),
        })),
    ),
    sha256s: [...new Set(manifestations.flatMap(({ sha256 }) => sha256 ?? []))].sort(),
    urls: [...new Set(manifestations.flatMap(({ url }) => url ?? []))].sort(),
  };
}

async function sealed(
  t: Kernel,
  agreement: Parameters<typeof licenseDocument>[0],
  works: readonly AgreementWork[],
): Promise<string> {
  const ids = works.flatMap(({ consents }) => consents.map(({ party }) => party));
  const parties = await findParties(t, [...new Set([...ids, agreement.licenseeId])]);
  const document = licenseDocument(agreement, works, { issuer: t.site.baseUrl, parties });
  const { kid, sign } = await t.keys.signing(SIGNING_PURPOSE);
  return sealLicense(document, { kid, sign });
}

/** Ids and hashes only: nothing personal enters the log. */
async function record(t: Kernel, agreement: Agreement, works: readonly AgreementWork[]): Promise<void> {
  const { id, licenseeId, use, unit, documentSha256, madeAt, madeBy, quoteId, standingId } = agreement;
  await appendLeaf(t, {
    type: 'agreement-made',
    subject: `agreement:${id}`,
    record: {
      agreement: id,
      licensee: licenseeId,
      use,
      unit,
      offers: works.map(({ offerId, offerSha256 }) => ({ offer: offerId, sha256: offerSha256 })),
      document: documentSha256,
      madeAt: madeAt.toISOString(),
      on: quoteId === null ? { standing: standingId } : { quote: quoteId },
    },
  });
  await recordActivity(t, { actor: madeBy, action: 'licensing.agreement-made', subject: `agreement:${id}` });
  await emit(t, 'licensing.agreement-made', { agreementId: id });
}
