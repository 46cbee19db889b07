import { inTx, type Kernel } from '../kernel/index.ts';
import { dnsName, FILE_PATH, META_NAME, proofLine } from './look-on-host.ts';
import { CHALLENGE_MS, type Site } from './model.ts';
import { requireHeldSite } from './require-site.ts';
import { upsertChallenge } from './store.ts';

/** What the owner is to publish, ready to copy. One value per site, the same for all ways. */
export type ProofInstructions =
  | {
      readonly kind: 'host';
      readonly value: string;
      readonly expiresAt: Date;
      readonly file: { readonly url: string; readonly content: string };
      readonly dns: { readonly name: string; readonly value: string };
      readonly meta: { readonly page: string; readonly tag: string };
    }
  | { readonly kind: 'profile'; readonly value: string; readonly expiresAt: Date };

/**
 * Issues the value that proves control of a site, or answers the one that still holds.
 * @throws `site-not-found`, `site-released`
 */
export async function startProof(k: Kernel, siteId: string): Promise<ProofInstructions> {
  return inTx(k, async (t) => {
    const site = await requireHeldSite(t, siteId);
    const createdAt = t.clock.now();
    const { value, expiresAt } = await upsertChallenge(t.db, {
      siteId,
      value: site.kind === 'host' ? t.ids.secret(24) : profileCode(t),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + CHALLENGE_MS),
    });
    return instructions(site, value, expiresAt);
  });
}

function instructions(site: Site, value: string, expiresAt: Date): ProofInstructions {
  if (site.kind === 'profile') return { kind: 'profile', value, expiresAt };
  return {
    kind: 'host',
    value,
    expiresAt,
    file: { url: new URL(FILE_PATH, site.url).href, content: proofLine(value) },
    dns: { name: dnsName(site), value: proofLine(value) },
    meta: { page: site.url, tag: `<meta name="${META_NAME}" content="${value}">` },
  };
}

/** No letters or digits that look alike; short enough for a biography of 80 characters. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

function profileCode(k: Kernel): string {
  // 240 is the largest multiple of 30 in a byte; what lies above would favour the first letters.
  const picked: string[] = [];
  while (picked.length < 8) {
    for (const byte of k.random(16)) if (byte < 240 && picked.length < 8) picked.push(LETTERS[byte % 30]!);
  }
  return `CLEARWAY-${picked.slice(0, 4).join('')}-${picked.slice(4).join('')}`;
}
