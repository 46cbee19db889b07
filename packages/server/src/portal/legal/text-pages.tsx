import {
  createRouter,
  failCommon,
  type HttpContext,
  type Router,
  requireInstance,
  textsInForce,
  textVersions,
} from '../../kernel/index.ts';
import { Notice, renderPage } from '../../web/index.ts';
import { legalText } from './find-legal-text.ts';
import { isLegalKey, type LegalKey } from './legal-keys.ts';
import { legalText as words } from './messages.ts';
import { showText } from './show-text.tsx';

/** `/privacy`, `/participation`, `/accessibility`, and each version of every text at `/legal-texts/:key/:version`. */
export function textPages(): Router {
  const router = createRouter();
  for (const key of ['privacy', 'participation', 'accessibility'] as const)
    router.get(`/${key}`, (c) => current(c, key));

  router.get('/legal-texts/:key/:version', async (c) => {
    const { key, version } = c.req.param();
    const k = c.get('k');
    await requireInstance(k);
    const all = isLegalKey(key) ? await textVersions(k, key) : [];
    const found = all.find((one) => String(one.version) === version);
    if (!found || !isLegalKey(key)) throw failCommon('not-found');
    const text = words(c.get('locale'));
    const applies = (await textsInForce(k, [key])).get(key);
    const past = applies && applies.version !== found.version;
    return renderPage(
      c,
      { title: text.names[key] },
      <>
        <h1>{text.names[key]}</h1>
        {past && (
          <Notice tone="warn">
            {text.older(found.version)} <a href={`/${key}`}>{text.now}</a>
          </Notice>
        )}
        {await showText(c, { key, bodies: found.bodies, version: found })}
      </>,
    );
  });
  return router;
}

async function current(c: HttpContext, key: LegalKey) {
  const found = await legalText(c.get('k'), key);
  const title = words(c.get('locale')).names[key];
  return renderPage(
    c,
    { title },
    <>
      <h1>{title}</h1>
      {await showText(c, found)}
    </>,
  );
}
