import { LICENSE_FORMAT, type LicenseDocument } from '@clearway/protocol';
import type { Party } from '../parties/index.ts';
import type { Agreement, AgreementWork, ModelScope } from './model.ts';

type Facts = Omit<Agreement, 'document' | 'documentSha256' | 'revocation' | 'quoteId' | 'standingId'>;

/** The licence as both sides keep it. Pure: the same agreement gives the same document. */
export function licenseDocument(
  agreement: Facts,
  works: readonly AgreementWork[],
  about: { issuer: string; parties: ReadonlyMap<string, Party> },
): LicenseDocument {
  const { issuer, parties } = about;
  const { use, unit, madeAt, endsAt } = agreement;
  const at = madeAt.toISOString();
  const holders = [...new Set(works.flatMap(({ consents }) => consents.map(({ party }) => party)))].sort();
  const nameOf = (id: string) => {
    const party = parties.get(id);
    const country = party?.country ?? undefined;
    return { id, name: party?.name || id, ...(country !== undefined && { country }) };
  };
  return {
    format: LICENSE_FORMAT,
    issuer,
    agreement: agreement.id,
    licensors: holders.map(nameOf),
    licensee: nameOf(agreement.licenseeId),
    works: works.map((work) => ({
      id: work.workId,
      title: work.title || work.workId,
      sha256s: work.sha256s,
      offer: work.offerId,
      offerVersion: work.offerVersion,
      offerSha256: work.offerSha256,
      prices: [{ use, unit, amountMicro: work.amountMicro.toString(), perUnits: Number(work.perUnits) }],
      consents: work.consents.map(({ party, decidedAt }) => ({ party, uses: [use], at: decidedAt })),
    })),
    uses: [use],
    currency: agreement.currency,
    period: { from: at, to: endsAt.toISOString() },
    ...(agreement.modelScope && { modelScope: scopeText(agreement.modelScope) }),
    declarations: { noReleaseOfPastClaims: true, recordsLicensorsDeclaration: true, admitsNothing: true },
    issuedAt: at,
  };
}

/** The model version in one line; a sealed name by its commitment. */
export function scopeText(scope: ModelScope): string {
  return scope.kind === 'named' ? scope.name : `sha256:${scope.commitment}`;
}
