import type { Kernel } from '../../kernel/index.ts';
import { siteChannels } from '../../offers/index.ts';
import type { Site } from '../../sites/index.ts';
import { makeAgreement } from '../make-agreement.ts';
import { quote, quoteWork } from '../make-quote.ts';
import type { Agreement, AgreementWork, Client, StandingAcceptance } from '../model.ts';
import { selectOpenQuoteFor } from '../store.ts';
import { selectStanding } from '../store-tokens.ts';
import { findCover } from './find-cover.ts';
import { type AskedLicense, sameLicense } from './match-license.ts';
import { offeredFor, onReadySite } from './offered.ts';
import { OlpError } from './olp-error.ts';

type About = {
  readonly site: Site;
  readonly client: Client;
  readonly resource: string;
  readonly asked: AskedLicense;
};
type Made = { readonly pattern: string; readonly agreement: Agreement; readonly work: AgreementWork };

/** How long an agreement made in advance runs, in months. */
const STANDING_MONTHS = 1;

/** Without an agreement: what is offered becomes one where the company said yes in advance, and a quote otherwise. */
export async function offerOrQuote(
  t: Kernel,
  { site, client, resource, asked }: About,
): Promise<Made | { readonly refused: OlpError }> {
  const offered = await onReadySite(async () => offeredFor(await siteChannels(t, site.id), resource));
  if (!offered) {
    return { refused: new OlpError('invalid_resource', 'Nothing is offered for that resource.') };
  }
  if (!offered.licenses.some((one) => sameLicense(one, asked.license))) {
    return { refused: new OlpError('invalid_license', 'That license is not offered for the resource.') };
  }
  const { licenseeId } = client;
  const { workId } = offered.standing;
  const { use, unit, currency } = asked;
  const found = await quoteWork(t, { workId, licenseeId, use, unit, currency });
  if ('exclusion' in found) {
    return { refused: new OlpError('invalid_license', `Not licensable: ${found.exclusion.reason}.`) };
  }
  const standing = await selectStanding(t.db, licenseeId, true);
  if (standing && unit === 'fetch' && standing.uses.includes(use) && standing.currency === currency) {
    // Another request may have made it while this one waited for the lock.
    const cover = await findCover(t, { site, licenseeId, resource, asked });
    if (cover) return { pattern: offered.pattern, ...cover };
    const made = await makeAgreement(t, basisOf(standing, asked), [found.line]);
    return { pattern: offered.pattern, agreement: made.agreement, work: made.works[0]! };
  }
  const quoteUri = await quoteAddress(t, { client, workId, offerId: found.line.offerId, asked });
  const description = 'There is no agreement for this use. Somebody who may sign can accept the quote.';
  return { refused: new OlpError('invalid_license', description, { quoteUri }) };
}

function basisOf(standing: StandingAcceptance, { use, unit, currency }: AskedLicense) {
  return {
    licenseeId: standing.licenseeId,
    use,
    unit,
    modelScope: null,
    months: STANDING_MONTHS,
    currency,
    quoteId: null,
    standingId: standing.id,
    madeBy: standing.switchedOnBy,
  };
}

/** The quote that is open for this, or a new one. A model version has to be named, so there people ask. */
async function quoteAddress(
  t: Kernel,
  about: { client: Client; workId: string; offerId: string; asked: AskedLicense },
): Promise<string> {
  const { client, workId, offerId, asked } = about;
  const { use, unit } = asked;
  const { baseUrl } = t.site;
  if (unit === 'model-version') return `${baseUrl}/catalogue?use=${use}&work=${workId}`;
  const now = t.clock.now();
  const { licenseeId } = client;
  const open = await selectOpenQuoteFor(t.db, { licenseeId, offerId, use, unit, now });
  const id =
    open ??
    (
      await quote(t, {
        licenseeId,
        askedBy: `client:${client.id}`,
        workIds: [workId],
        use,
        unit,
        modelScope: null,
        months: 12,
      })
    ).id;
  return `${baseUrl}/quotes/${id}`;
}
