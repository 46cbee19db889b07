import { createHash } from 'node:crypto';
import { rslMediaType } from '@clearway/rsl';
import { createRouter, type HttpContext, type Router, requireInstance } from '../../kernel/index.ts';
import { instanceLicense, instanceRobots } from '../instance-robots.ts';
import type { OfferDocument } from '../offer-document.ts';
import { readStanding } from '../read-standing.ts';
import { publicVersion, type Version } from '../read-versions.ts';
import { siteChannels, sitePolicy } from '../site-channels.ts';
import { workChannels, workPolicy } from '../work-channels.ts';

/** Short, because terms may change; whoever reads them asks again with the tag. */
const FRESH = 'public, max-age=300, must-revalidate';
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Documents that programs read: RSL, robots.txt, and the exact bytes of offers. */
export function machinePages(): Router {
  const router = createRouter();
  router.get('/robots.txt', (c) =>
    answer(c, instanceRobots(c.get('k').site.baseUrl), 'text/plain; charset=utf-8', FRESH),
  );
  router.get('/license.xml', (c) => answer(c, instanceLicense(c.get('k').site.baseUrl), rslMediaType, FRESH));
  router.get('/w/:id/license.xml', async (c) => {
    const k = c.get('k');
    const { currency } = await requireInstance(k);
    const standing = await readStanding(k, c.req.param('id'));
    return answer(c, workChannels(standing, k.site.baseUrl, currency).rsl, rslMediaType, FRESH);
  });
  router.get('/site/:id/license.xml', async (c) => {
    const { rsl } = await siteChannels(c.get('k'), c.req.param('id'));
    return answer(c, rsl, rslMediaType, FRESH);
  });
  router.get('/w/:id/tdm-policy.json', async (c) => {
    const k = c.get('k');
    const policy = workPolicy(await readStanding(k, c.req.param('id')), k.site.baseUrl);
    return answer(c, policy, 'application/json', FRESH);
  });
  router.get('/site/:id/tdm-policy.json', async (c) => {
    const policy = sitePolicy(await siteChannels(c.get('k'), c.req.param('id')));
    return answer(c, policy, 'application/json', FRESH);
  });
  router.get('/w/:id/offer.json', async (c) => data(c, await version(c), FRESH));
  router.get('/w/:id/offer.txt', async (c) => text(c, await version(c), FRESH));
  router.get('/w/:id/versions/:number/offer.json', async (c) => data(c, await version(c), FOR_EVER));
  router.get('/w/:id/versions/:number/offer.txt', async (c) => text(c, await version(c), FRESH));
  return router;
}

function version(c: HttpContext): Promise<Version> {
  return publicVersion(c.get('k'), c.req.param('id') ?? '', c.req.param('number'));
}

/** The exact bytes under the hash. */
function data(c: HttpContext, offer: Version, caching: string): Response {
  return answer(c, offer.document, 'application/json', caching, offer.sha256);
}

function text(c: HttpContext, offer: Version, caching: string): Response {
  const document = JSON.parse(offer.document) as OfferDocument;
  return answer(c, document.text[c.get('locale')], 'text/plain; charset=utf-8', caching);
}

function answer(c: HttpContext, content: string, type: string, caching: string, hash?: string): Response {
  const etag = `"${hash ?? createHash('sha256').update(content).digest('hex')}"`;
  const headers = {
    'Content-Type': type,
    ETag: etag,
    'Cache-Control': caching,
    // Terms are for everybody, programs in pages of others too.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  const known = (c.req.header('If-None-Match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(etag) ? c.body(null, 304, headers) : c.body(content, 200, headers);
}
