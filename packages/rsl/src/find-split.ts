import { anyPathOf, comparePatterns } from './match-path.ts';
import type { RslDocument } from './model.ts';
import { findMatches } from './pattern-index.ts';
import { type PreparedLicense, prepareDocument } from './prepare-document.ts';
import { covers, type UsageToken, usageTokens } from './vocabulary.ts';

/** A permission that a broader prohibition covers: one careful reader licenses it, another does not (reading A2). */
export interface Split {
  readonly usage: UsageToken;
  /** The scope of the permission, and that of the prohibition. */
  readonly url: string;
  readonly around: string;
}

/** The first permission of a usage, by words alone, that is narrower than a prohibition of it. */
export function findSplit(document: RslDocument): Split | undefined {
  const { contents, index } = prepareDocument(document);
  const barred = contents.map(({ licenses }) => licenses.some((one) => one.prohibited.length > 0));
  for (const { url, pattern, licenses } of contents) {
    if (!licenses.some((one) => one.license.permits.length > 0)) continue;
    for (const place of findMatches(index, anyPathOf(pattern))) {
      if (!barred[place]) continue;
      const other = contents[place]!;
      const narrower = comparePatterns(pattern, other.pattern) === 'narrower';
      for (const one of licenses)
        for (const each of other.licenses) {
          const usage = splitUsage(one, each, narrower);
          if (usage) return { usage, url, around: other.url };
        }
    }
  }
  return undefined;
}

function splitUsage(
  grant: PreparedLicense,
  refusal: PreparedLicense,
  narrowerPath: boolean,
): UsageToken | undefined {
  // What a licence for other users prohibits is prohibited to all of whom it does not speak.
  const ownUsers = grant.users?.some((one) => !refusal.users?.includes(one)) ?? false;
  const narrower = narrowerPath || ownUsers;
  return usageTokens.find((token) => {
    if (grant.permitted[token] !== token) return false;
    return refusal.prohibited.some(
      (other) => (other === token && narrower) || (other !== token && covers(other, token)),
    );
  });
}
