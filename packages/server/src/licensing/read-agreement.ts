import type { Kernel } from '../kernel/index.ts';
import type { Agreement, AgreementWork } from './model.ts';
import { failLicensing } from './problems.ts';
import {
  selectAgreement,
  selectAgreementBySecret,
  selectAgreements,
  selectAgreementWorks,
} from './store-agreements.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type AgreementDetail = { readonly agreement: Agreement; readonly works: readonly AgreementWork[] };

/** An agreement for the company that made it; others get `agreement-unknown`. Without `licenseeId`: whoever's it is. */
export async function readAgreement(
  k: Kernel,
  { agreementId, licenseeId }: { agreementId: string; licenseeId?: string },
): Promise<AgreementDetail> {
  const agreement = UUID.test(agreementId) ? await selectAgreement(k.db, agreementId) : undefined;
  if (!agreement || (licenseeId !== undefined && agreement.licenseeId !== licenseeId))
    throw failLicensing('agreement-unknown');
  return { agreement, works: await selectAgreementWorks(k.db, agreement.id) };
}

/** The agreement whose page has this unguessable address. Throws `agreement-unknown`. */
export async function readLicense(k: Kernel, secret: string): Promise<AgreementDetail> {
  const agreement = /^[\w-]{43}$/.test(secret) ? await selectAgreementBySecret(k.db, secret) : undefined;
  if (!agreement) throw failLicensing('agreement-unknown');
  return { agreement, works: await selectAgreementWorks(k.db, agreement.id) };
}

/** Agreements of a company, newest first; `before` is the last id of the page before. At most 100. */
export function listAgreements(
  k: Kernel,
  { licenseeId, before }: { licenseeId: string; before?: string | undefined },
): Promise<Agreement[]> {
  return selectAgreements(
    k.db,
    licenseeId,
    100,
    before !== undefined && UUID.test(before) ? before : undefined,
  );
}
