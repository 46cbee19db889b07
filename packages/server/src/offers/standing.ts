import { grantedAiUses, type Terms, USES, type Use, withoutGrants } from './terms.ts';

export type ConsentState = 'pending' | 'consented' | 'declined';

/** What has to be known of a version to say whether it holds. */
export type VersionFacts = {
  readonly version: number;
  readonly terms: Terms;
  readonly consents: readonly { readonly partyId: string; readonly use: Use; readonly state: ConsentState }[];
};

/** The AI uses of a version to which every required holder said yes. Without a holder nobody did. */
export function agreedUses(version: VersionFacts, required: readonly string[]): Use[] {
  if (required.length === 0) return [];
  return grantedAiUses(version.terms).filter((use) =>
    required.every((party) =>
      version.consents.some((one) => one.partyId === party && one.use === use && one.state === 'consented'),
    ),
  );
}

/**
 * The version in force: the newest to which everybody said yes in full; terms that grant no AI use need no yes and hold
 * at once. Until a newer one has all its consents, the older stays. Where none is complete, the newest published one
 * is shown, and only what all have agreed to can be licensed.
 */
export function versionInForce<V extends VersionFacts>(
  versions: readonly V[],
  required: readonly string[],
): V | undefined {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version);
  const complete = newestFirst.find(
    (one) => agreedUses(one, required).length === grantedAiUses(one.terms).length,
  );
  return complete ?? newestFirst[0];
}

/** What the channels may say: the terms, less every AI grant that is not fully agreed or that a doubt stands against. */
export function effectiveTerms(
  version: VersionFacts,
  required: readonly string[],
  clear: boolean,
): { readonly terms: Terms; readonly agreed: readonly Use[]; readonly reduced: boolean } {
  const agreed = clear ? agreedUses(version, required) : [];
  const terms = withoutGrants(version.terms, agreed);
  const reduced = USES.some((use) => terms[use].answer !== version.terms[use].answer);
  return { terms, agreed, reduced };
}
