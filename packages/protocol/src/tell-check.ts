import { checkSentences, germanCures } from './check-words.ts';
import { protocolProblems } from './problem.ts';
import { sentenceTeller } from './tell-sentences.ts';

const tell = sentenceTeller(checkSentences);

/**
 * What `verifyFile` says about one check, in German: the `detail` of a check of a statement, of evidence or of a list of
 * signatures. Undefined for words that are of none of them.
 *
 * @example
 * tellCheckInGerman('The signature does not fit.') // => 'Die Signatur passt nicht.'
 */
export function tellCheckInGerman(detail: string): string | undefined {
  return tell(detail) ?? coded(detail) ?? listed(detail);
}

/** A refusal of reading ends with its code and its cure. */
function coded(detail: string): string | undefined {
  for (const { code, cure } of protocolProblems()) {
    const end = ` (${code}) ${cure}`;
    if (!detail.endsWith(end)) continue;
    const said = tell(detail.slice(0, -end.length));
    return said && `${said} (${code}) ${germanCures[code]}`;
  }
  return undefined;
}

/** Sums that do not come out are named one after the other. */
function listed(detail: string): string | undefined {
  if (!detail.endsWith('.')) return undefined;
  const told = detail
    .slice(0, -1)
    .split('; ')
    .map((one) => tell(one));
  return told.includes(undefined) ? undefined : `${told.join('; ')}.`;
}
