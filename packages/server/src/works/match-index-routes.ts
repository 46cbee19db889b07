import { Readable } from 'node:stream';
import { MATCH_INDEX_FORMAT, sealMatchIndex } from '@clearway/protocol';
import { createRoute, z } from '@hono/zod-openapi';
import { failCommon, type Kernel, type Router, type SigningKey } from '../kernel/index.ts';
import { matchIndex, openMatchIndexFile } from './match-index.ts';

// Creators check in the browser, on any page.
const OPEN = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' };
const MEDIA_TYPE = 'application/vnd.clearway.match-index';

const getIndex = createRoute({
  method: 'get',
  path: '/api/match-index',
  tags: ['works'],
  summary: 'The file by which works are recognised; holds no text',
  description: 'Binary, see docs/reference/match-index.md. The ETag is the SHA-256 of the file.',
  responses: {
    200: {
      description: 'The index',
      content: { [MEDIA_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    304: { description: 'Nothing changed' },
  },
});

const description = z
  .object({
    format: z.literal(MATCH_INDEX_FORMAT),
    issuer: z.url(),
    sha256: z.string().openapi({ description: 'Of the file' }),
    bytes: z.number().int(),
    works: z.number().int(),
    fingerprints: z.number().int(),
    createdAt: z.iso.datetime(),
    issuedAt: z.iso.datetime(),
    sealed: z.string().openapi({ description: 'All of the above as a signed document (compact JWS)' }),
  })
  .openapi('MatchIndexDescription');

const getDescription = createRoute({
  method: 'get',
  path: '/api/match-index.json',
  tags: ['works'],
  summary: 'What the match index is at this moment, signed',
  responses: {
    200: { description: 'The description', content: { 'application/json': { schema: description } } },
  },
});

/** The match index and what is said about it. */
export function matchIndexRoutes(router: Router, signer: (k: Kernel) => Promise<SigningKey>): void {
  router.openapi(getIndex, async (c) => {
    const k = c.get('k');
    const index = await matchIndex(k);
    const etag = `"${index.sha256}"`;
    const headers = { ETag: etag, 'Cache-Control': 'no-cache', ...OPEN };
    const known = (c.req.header('If-None-Match') ?? '')
      .split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag)) return c.body(null, 304, headers);
    const content = await openMatchIndexFile(k, index);
    if (!content) throw failCommon('not-found', { detail: c.req.path });
    return c.body(Readable.toWeb(Readable.from(content)) as ReadableStream, 200, {
      ...headers,
      'Content-Type': MEDIA_TYPE,
      'Content-Length': String(index.bytes),
      'Content-Disposition': `attachment; filename="match-index-${index.sha256.slice(0, 12)}.cwmi"`,
    });
  });
  router.openapi(getDescription, async (c) => {
    const k = c.get('k');
    const { sha256, bytes, works, fingerprints, createdAt } = await matchIndex(k);
    const about = {
      format: MATCH_INDEX_FORMAT,
      issuer: k.site.baseUrl,
      sha256,
      bytes: Number(bytes),
      works,
      fingerprints: Number(fingerprints),
      createdAt: createdAt.toISOString(),
      issuedAt: k.clock.now().toISOString(),
    } as const;
    const { kid, sign } = await signer(k);
    const sealed = await sealMatchIndex(about, { kid, sign });
    return c.json({ ...about, sealed }, 200, { 'Cache-Control': 'no-cache', ...OPEN });
  });
}
