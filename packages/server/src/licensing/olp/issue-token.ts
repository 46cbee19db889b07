import { signToken, type TokenClaims } from '@clearway/protocol';
import { inTx, type Kernel, Problem } from '../../kernel/index.ts';
import { placeHold } from '../../ledger/index.ts';
import type { Site } from '../../sites/index.ts';
import { SIGNING_PURPOSE } from '../make-agreement.ts';
import {
  type Agreement,
  type AgreementWork,
  agreementState,
  atLeastFor,
  type Client,
  unitsFor,
} from '../model.ts';
import { SETTLE_MS, spentThisMonth } from '../standing-acceptance.ts';
import { holdAgreement } from '../store-agreements.ts';
import { insertToken, selectStanding } from '../store-tokens.ts';
import { findCover } from './find-cover.ts';
import { type AskedLicense, readLicenseElement } from './match-license.ts';
import { offerOrQuote } from './offer-or-quote.ts';
import { OlpError } from './olp-error.ts';
import { originOf, readResource } from './read-resource.ts';

/** A priced token lives so long. */
export const TOKEN_S = 15 * 60;
/** The most fetches one token may make; the prepaid balance is held for them. */
const MOST_FETCHES = 1_000n;

export type TokenRequest = {
  readonly site: Site;
  readonly client: Client;
  readonly resource: string;
  readonly license: string;
  readonly licenseType: string | undefined;
};

export type IssuedToken = { readonly token: string; readonly jti: string; readonly expiresInS: number };

/** What one attempt comes to; a refusal keeps the quote that was made for it. */
type Outcome = IssuedToken | { readonly refused: OlpError };

/**
 * A token for one resource and one use: under an agreement in force, or under the company's acceptance in advance, which
 * makes the agreement. Otherwise `invalid_license` with the address of a quote. Throws `OlpError`.
 */
export async function issueToken(k: Kernel, request: TokenRequest): Promise<IssuedToken> {
  const { site, client } = request;
  if (site.kind !== 'host' || site.releasedAt !== undefined) {
    throw new OlpError('invalid_resource', 'This site has no license server any more.');
  }
  const resource = readResource(site, request.resource);
  const asked = readLicenseElement(request.license, request.licenseType);
  const outcome = await attempt(k, async (t): Promise<Outcome> => {
    const cover = await findCover(t, { site, licenseeId: client.licenseeId, resource, asked });
    if (cover) return mint(t, { ...request, resource, asked, ...cover });
    const found = await offerOrQuote(t, { site, client, resource, asked });
    if ('refused' in found) return found;
    return mint(t, { ...request, resource: found.pattern, asked, ...found });
  });
  if ('refused' in outcome) throw outcome.refused;
  return outcome;
}

/** Terms that change between the look and the agreement are no failure of ours: what holds now is looked up once more. */
async function attempt(k: Kernel, body: (t: Kernel) => Promise<Outcome>): Promise<Outcome> {
  try {
    return await inTx(k, body);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'quote-outdated')) throw error;
    return inTx(k, body);
  }
}

type Mint = {
  readonly site: Site;
  readonly client: Client;
  readonly resource: string;
  readonly asked: AskedLicense;
  readonly agreement: Agreement;
  readonly work: AgreementWork;
};

async function mint(t: Kernel, { site, client, resource, asked, agreement, work }: Mint): Promise<Outcome> {
  const now = t.clock.now();
  // Whoever revokes waits for this transaction; whoever has revoked is seen here.
  const held = await holdAgreement(t.db, agreement.id);
  if (!held || agreementState(held, now) !== 'in-force') {
    return { refused: new OlpError('invalid_license', 'The agreement for this is no longer in force.') };
  }
  const jti = t.ids.id();
  const nowS = Math.floor(now.getTime() / 1_000);
  const exp = Math.min(nowS + TOKEN_S, Math.floor(held.endsAt.getTime() / 1_000));
  if (exp <= nowS) return { refused: new OlpError('invalid_license', 'The agreement ends this second.') };
  const paid = await payFor(t, { agreement: held, work, jti, expiresAt: new Date(exp * 1_000 + SETTLE_MS) });
  if ('refused' in paid) return paid;
  const metered = held.unit === 'fetch';
  const claims: TokenClaims = {
    iss: `${t.site.baseUrl}/olp/${site.id}`,
    sub: client.id,
    aud: originOf(site),
    iat: nowS,
    exp,
    jti,
    lic: held.id,
    res: [resource],
    use: [asked.use],
    units: {
      unit: 'fetch',
      // What is counted in answers or model versions is reported by the licensee; fetching for it costs nothing.
      amountMicro: (metered ? work.amountMicro : 0n).toString(),
      perUnits: metered ? Number(work.perUnits) : 1,
      currency: held.currency,
    },
    ver: [work.offerSha256],
    ...(paid.cap !== undefined && { cap: Number(paid.cap) }),
  };
  const { kid, sign } = await t.keys.signing(SIGNING_PURPOSE);
  const token = await signToken(claims, { kid, sign });
  await insertToken(t.db, {
    jti,
    agreement_id: held.id,
    client_id: client.id,
    site_id: site.id,
    work_id: work.workId,
    resource,
    use: asked.use,
    hold_id: paid.holdId ?? null,
    hold_micro: paid.amountMicro,
    cap: paid.cap === undefined ? null : Number(paid.cap),
    issued_at: now,
    expires_at: new Date(exp * 1_000),
  });
  return { token, jti, expiresInS: exp - nowS };
}

type Paid = { readonly holdId?: string; readonly amountMicro: bigint; readonly cap?: bigint };

/** Holds the prepaid balance for as many fetches as it, the month's limit and one token allow: that is the cap. */
async function payFor(
  t: Kernel,
  about: { agreement: Agreement; work: AgreementWork; jti: string; expiresAt: Date },
): Promise<Paid | { readonly refused: OlpError }> {
  const { agreement, work, jti, expiresAt } = about;
  if (agreement.unit !== 'fetch' || work.free) return { amountMicro: 0n };
  const left = await leftThisMonth(t, agreement);
  let cap = 0n;
  const hold = await placeHold(t, {
    partyId: agreement.licenseeId,
    currency: agreement.currency,
    reference: `token:${jti}`,
    expiresAt,
    choose(available) {
      const usable = left === undefined || available < left ? available : left;
      const affordable = unitsFor(work, usable > 0n ? usable : 0n) ?? 0n;
      cap = affordable < MOST_FETCHES ? affordable : MOST_FETCHES;
      return atLeastFor(work, cap);
    },
  });
  if (hold) return { holdId: hold.id, amountMicro: hold.amountMicro, cap };
  const why =
    left !== undefined && left < atLeastFor(work, 1n)
      ? 'The monthly limit of the acceptance in advance is reached.'
      : 'The prepaid balance does not cover a single fetch.';
  return { refused: new OlpError('invalid_license', why) };
}

/** Of the month's limit, where the agreement was made in advance; 0 once that was switched off. */
async function leftThisMonth(t: Kernel, agreement: Agreement): Promise<bigint | undefined> {
  if (agreement.standingId === null) return undefined;
  const standing = await selectStanding(t.db, agreement.licenseeId, true);
  if (!standing) return 0n;
  return standing.monthlyCapMicro - (await spentThisMonth(t, agreement.licenseeId));
}
