import { createRoute, z } from '@hono/zod-openapi';
import {
  createRouter,
  failCommon,
  jsonAnswer,
  problemAnswers,
  type Router,
  requireInstance,
  type TextVersion,
  textVersions,
} from '../../kernel/index.ts';
import { legalTexts } from './find-legal-text.ts';
import { isLegalKey, LEGAL_KEYS } from './legal-keys.ts';

const tags = ['texts'];
const key = z.enum(LEGAL_KEYS);
const bodies = z.object({ en: z.string(), de: z.string() });
const versionAnswer = z
  .object({
    key,
    version: z.number().int(),
    publishedAt: z.iso.datetime(),
    appliesFrom: z.iso.datetime(),
    sha256: bodies.openapi({ description: 'Of each text in UTF-8, hex' }),
    page: z.url(),
  })
  .openapi('LegalTextVersion');
const oneAnswer = versionAnswer.extend({ text: bodies }).openapi('LegalText');

const list = createRoute({
  method: 'get',
  path: '/api/legal-texts',
  tags,
  summary: 'The texts of the operator: which version applies, and all versions',
  responses: {
    200: jsonAnswer(
      'Without the texts themselves',
      z.object({
        texts: z.array(
          z.object({
            key,
            page: z.url(),
            inForce: z
              .number()
              .int()
              .nullable()
              .openapi({ description: 'Null while the text the software comes with applies' }),
            versions: z.array(versionAnswer).openapi({ description: 'Newest first' }),
          }),
        ),
      }),
    ),
    ...problemAnswers({ 503: 'instance-not-set-up' }),
  },
});
const one = createRoute({
  method: 'get',
  path: '/api/legal-texts/{key}/{version}',
  tags,
  summary: 'A version of a text; it never changes',
  request: { params: z.object({ key: z.string().max(100), version: z.string().max(100) }) },
  responses: {
    200: jsonAnswer('The version', oneAnswer),
    ...problemAnswers({ 404: 'not-found', 503: 'instance-not-set-up' }),
  },
});

/** `/api/legal-texts`: what the public may read, for programs. */
export function legalRoutes(): Router {
  const router = createRouter();
  router.openapi(list, async (c) => {
    const { baseUrl } = c.get('k').site;
    const texts = (await legalTexts(c.get('k'))).map(({ key, current, versions }) => ({
      key,
      page: `${baseUrl}/${key}`,
      inForce: current?.version ?? null,
      versions: versions.map((version) => answerOf(baseUrl, version)),
    }));
    return c.json({ texts }, 200);
  });
  router.openapi(one, async (c) => {
    const { key, version } = c.req.valid('param');
    const k = c.get('k');
    await requireInstance(k);
    const all = isLegalKey(key) ? await textVersions(k, key) : [];
    const found = all.find((each) => String(each.version) === version);
    if (!found) throw failCommon('not-found');
    return c.json({ ...answerOf(k.site.baseUrl, found), text: { ...found.bodies } }, 200);
  });
  return router;
}

function answerOf(baseUrl: string, { key, version, publishedAt, appliesFrom, sha256 }: TextVersion) {
  return {
    key: key as z.infer<typeof versionAnswer>['key'],
    version,
    publishedAt: publishedAt.toISOString(),
    appliesFrom: appliesFrom.toISOString(),
    sha256: { ...sha256 },
    page: `${baseUrl}/legal-texts/${key}/${version}`,
  };
}
