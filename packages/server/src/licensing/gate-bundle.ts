import {
  BUNDLE_FORMAT,
  type Bundle,
  type BundleTerms,
  canonicalBytes,
  type JsonValue,
  sealBundle,
  sha256,
  toBase64,
  toHex,
} from '@clearway/protocol';
import { inTx, type Kernel, requireInstance } from '../kernel/index.ts';
import { type SiteScope, siteChannels, USES } from '../offers/index.ts';
import { requireSite } from '../sites/index.ts';
import { SIGNING_PURPOSE } from './make-agreement.ts';
import { originOf } from './olp/read-resource.ts';
import { type BundleRow, lockBundle, selectBundle, selectEnded, upsertBundle } from './store-bundles.ts';

/** A gate decides so long by a bundle when it hears nothing new. */
const MAX_AGE_S = 3_600;
/** Within this time the bundle at hand is answered unseen, however many gates ask. */
const LOOK_MS = 2_000;
/** Gates allow for clocks that differ; what ended is told for so long after the last token. */
const CLOCKS_MS = 60_000;

export type SealedBundle = { readonly sealed: string; readonly etag: string };

/**
 * The signed bundle for the gates of a site: terms, keys, what was revoked. It gets a higher number when something
 * changed, and a new time before the old one is half over. Throws `site-not-found`, `site-not-ready`.
 */
export async function gateBundle(k: Kernel, siteId: string): Promise<SealedBundle> {
  await requireSite(k, siteId);
  const now = k.clock.now();
  const kept = await selectBundle(k.db, siteId);
  if (kept && now.getTime() - kept.looked_at.getTime() < LOOK_MS) return answer(kept);
  return inTx(k, async (t) => {
    await lockBundle(t.db, siteId);
    const before = await selectBundle(t.db, siteId);
    const content = await contentOf(t, siteId, now);
    const hash = toHex(await sha256(canonicalBytes(content as unknown as JsonValue)));
    const fresh = before && now.getTime() - before.issued_at.getTime() < (MAX_AGE_S * 1_000) / 4;
    if (before && fresh && before.content_sha256 === hash) {
      await upsertBundle(t.db, siteId, { ...before, looked_at: now });
      return answer(before);
    }
    const number = (before?.number ?? 0n) + 1n;
    const { kid, sign } = await t.keys.signing(SIGNING_PURPOSE);
    const bundle: Bundle = { ...content, number: Number(number), issuedAt: now.toISOString() };
    const row: BundleRow = {
      number,
      content_sha256: hash,
      issued_at: now,
      looked_at: now,
      sealed: await sealBundle(bundle, { kid, sign }),
    };
    await upsertBundle(t.db, siteId, row);
    return answer(row);
  });
}

function answer({ sealed, number, content_sha256 }: BundleRow): SealedBundle {
  return { sealed, etag: `"${number}-${content_sha256.slice(0, 16)}"` };
}

async function contentOf(t: Kernel, siteId: string, now: Date): Promise<Omit<Bundle, 'number' | 'issuedAt'>> {
  const { site, scopes, licenseUrl } = await siteChannels(t, siteId);
  const { currency } = await requireInstance(t);
  const { kid, publicKey } = await t.keys.signing(SIGNING_PURPOSE);
  const { agreements, tokens } = await selectEnded(t.db, siteId, new Date(now.getTime() - CLOCKS_MS));
  return {
    format: BUNDLE_FORMAT,
    issuer: `${t.site.baseUrl}/olp/${siteId}`,
    site: { id: siteId, origin: originOf(site) },
    maxAgeS: MAX_AGE_S,
    keys: [{ kid, publicKey: toBase64(publicKey) }],
    licenseUrl,
    quoteUrl: `${t.site.baseUrl}/catalogue`,
    terms: await Promise.all(scopes.map((scope) => termsOf(scope, currency))),
    exempt: ['/robots.txt', '/license.xml$', '/.well-known/', '/sitemap.xml$'],
    revoked: [
      ...agreements.map(({ id, at }) => ({ agreement: id, at: at.toISOString() })),
      ...tokens.map(({ jti, at }) => ({ jti, at: at.toISOString() })),
    ],
    policy: { unknownAgents: 'pass', cannotDecide: '503' },
  };
}

async function termsOf(
  { pattern, terms, standing, excluded }: SiteScope,
  currency: string,
): Promise<BundleTerms> {
  const inForce = standing?.inForce;
  const prices = USES.flatMap((use) => {
    const said = terms[use];
    if (said.answer !== 'paid') return [];
    return said.prices.map(({ unit, amountMicro, perUnits }) => ({
      use,
      unit,
      amountMicro,
      perUnits: Number(perUnits),
      currency: inForce?.currency ?? currency,
    }));
  });
  const uses = Object.fromEntries(USES.map((use) => [use, terms[use].answer]));
  const offerSha256 = inForce?.sha256 ?? toHex(await sha256(canonicalBytes(uses)));
  const about = { ...(standing && { work: standing.workId }), ...(excluded && { excluded: true as const }) };
  return { pattern, uses, prices, offerSha256, ...about };
}
