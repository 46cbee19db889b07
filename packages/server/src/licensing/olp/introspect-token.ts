import { ProtocolError, type TokenClaims, verifyToken } from '@clearway/protocol';
import { comparePatterns, compilePattern, matchPath } from '@clearway/rsl';
import type { Kernel } from '../../kernel/index.ts';
import { governingScope, siteChannels } from '../../offers/index.ts';
import type { Site } from '../../sites/index.ts';
import { SIGNING_PURPOSE } from '../make-agreement.ts';
import { agreementState } from '../model.ts';
import { selectAgreement } from '../store-agreements.ts';
import { selectClient } from '../store-clients.ts';
import { selectToken } from '../store-tokens.ts';
import { onReadySite } from './offered.ts';
import { OlpError } from './olp-error.ts';
import { originOf, readResource } from './read-resource.ts';

/** Who asks: a gate of the site, or the client about its own tokens. */
export type Caller = { readonly clientId: string } | { readonly gateId: string };

export type Introspection =
  | { readonly active: false }
  | ({ readonly active: true; readonly permitted?: boolean } & Record<string, unknown>);

/** What a token is worth now (RFC 7662); whatever is wrong with it, it is inactive and nothing more is said. */
export async function introspectToken(
  k: Kernel,
  about: { site: Site; caller: Caller; token: string; resource: string | undefined },
): Promise<Introspection> {
  const { site, caller, token, resource } = about;
  const claims = await claimsOf(k, site, token);
  if (!claims || ('clientId' in caller && claims.sub !== caller.clientId)) return { active: false };
  const [issued, agreement, client] = [
    await selectToken(k.db, claims.jti),
    await selectAgreement(k.db, claims.lic),
    await selectClient(k.db, claims.sub),
  ];
  const inForce = agreement && agreementState(agreement, k.clock.now()) === 'in-force';
  if (!issued || !inForce || !client || client.revokedAt !== null) return { active: false };
  const { iss, sub, aud, exp, iat, jti, lic, res, use, units, ver, cap } = claims;
  return {
    active: true,
    ...(resource !== undefined && { permitted: await permits(k, site, claims, resource) }),
    scope: use.join(' '),
    client_id: sub,
    token_type: 'License',
    iss,
    sub,
    aud,
    exp,
    iat,
    jti,
    license_id: lic,
    resources: res,
    units,
    offers: ver,
    ...(cap !== undefined && { cap }),
  };
}

async function claimsOf(k: Kernel, site: Site, token: string): Promise<TokenClaims | undefined> {
  const key = await k.keys.signing(SIGNING_PURPOSE);
  try {
    return await verifyToken(token, {
      keys: (kid) => (kid === key.kid ? key.publicKey : undefined),
      audience: originOf(site),
      issuer: `${k.site.baseUrl}/olp/${site.id}`,
      now: k.clock.now().getTime(),
      clockToleranceS: 0,
    });
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

/** A token for a part of the site does not reach into a narrower part that has other terms. */
async function permits(k: Kernel, site: Site, { res, ver }: TokenClaims, resource: string): Promise<boolean> {
  const path = pathOf(site, resource);
  if (path === undefined) return false;
  const scopes = (await onReadySite(async () => (await siteChannels(k, site.id)).scopes)) ?? [];
  const governing = governingScope(scopes, path);
  return res.some((pattern) => {
    if (!matchPath(pattern, path)) return false;
    const offer = governing?.standing?.inForce?.sha256;
    if (!governing || (offer !== undefined && ver.includes(offer))) return true;
    const relation = comparePatterns(compilePattern(pattern), compilePattern(governing.pattern));
    return relation === 'equal' || relation === 'narrower';
  });
}

function pathOf(site: Site, resource: string): string | undefined {
  try {
    return readResource(site, resource);
  } catch (error) {
    if (error instanceof OlpError) return undefined;
    throw error;
  }
}
