import { linkHeader } from '@clearway/rsl';
import { contentUsage, noai, type Permissions, tdmHeaders, tdmPolicyJson } from '@clearway/signals';
import { permissionsOf } from './permissions.ts';
import type { Standing } from './read-standing.ts';
import { type RslScope, renderRsl } from './render-rsl.ts';
import { type Terms, USES } from './terms.ts';

/** The addresses of a work on this instance. */
export function workAddresses(baseUrl: string, workId: string) {
  const page = `${baseUrl}/w/${workId}`;
  return {
    page,
    path: new URL(page).pathname,
    license: `${page}/license.xml`,
    terms: `${page}/offer.txt`,
    policy: `${page}/tdm-policy.json`,
    versions: `${page}/versions`,
    ask: `${page}#ask`,
  };
}

/** The scope of one work at one address. Its version is named only where the scope says all that the version says. */
export function workScope(
  standing: Standing,
  where: { baseUrl: string; url: string; currency: string; server?: string | undefined },
): RslScope {
  const { inForce, effective, reduced, workId } = standing;
  const addresses = workAddresses(where.baseUrl, workId);
  return {
    url: where.url,
    server: where.server,
    terms: effective,
    currency: inForce?.currency ?? where.currency,
    termsUrl: inForce ? addresses.terms : addresses.page,
    requestUrl: addresses.ask,
    ...(inForce && { lastmod: inForce.publishedAt.toISOString() }),
    ...(inForce && !reduced && { pinned: { sha256: inForce.sha256, version: inForce.version } }),
  };
}

/** What the public page of a work tells machines. */
export type WorkChannels = {
  readonly permissions: Permissions;
  readonly licenseUrl: string;
  readonly rsl: string;
  /** Response headers of the page. */
  readonly headers: Readonly<Record<string, string>>;
};

/** The TDMRep policy of one work, for programs. */
export function workPolicy(standing: Standing, baseUrl: string): string {
  const { page, policy, terms, ask } = workAddresses(baseUrl, standing.workId);
  return tdmPolicyJson({
    uid: policy,
    assigner: { uid: page, url: ask },
    target: standing.inForce ? terms : page,
    priced: isPriced(standing.effective),
  });
}

/** Whether some use has a price. */
export function isPriced(terms: Terms): boolean {
  return USES.some((use) => terms[use].answer === 'paid');
}

/** Everything the public page of a work tells machines, from one decision. */
export function workChannels(standing: Standing, baseUrl: string, currency: string): WorkChannels {
  const addresses = workAddresses(baseUrl, standing.workId);
  const permissions = permissionsOf(standing.effective);
  const usage = contentUsage(permissions);
  const tag = noai(permissions);
  return {
    permissions,
    licenseUrl: addresses.license,
    rsl: renderRsl([workScope(standing, { baseUrl, url: addresses.path, currency })]),
    headers: {
      Link: linkHeader(addresses.license),
      ...tdmHeaders(permissions, addresses.policy),
      ...(usage !== undefined && { 'Content-Usage': usage }),
      ...(tag !== undefined && { 'X-Robots-Tag': tag }),
    },
  };
}
