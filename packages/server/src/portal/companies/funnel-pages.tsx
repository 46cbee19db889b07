import { failCompany, funnelPublicSince, publishFunnel } from '../../campaign/index.ts';
import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formatNumber,
  formatTime,
  type HttpContext,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { AskFirst, Notice, renderPage, Table } from '../../web/index.ts';
import { impactText } from './impact-messages.ts';
import { readFunnel } from './read-funnel.ts';

/** `/operator/funnel`, and `/funnel` once the organiser has made it public, for good. */
export function funnelPages(): Router {
  const router = createRouter();

  router.get('/operator/funnel', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const { desk, funnel } = impactText(locale);
    const since = await funnelPublicSince(c.get('k'));
    return renderPage(
      c,
      { title: desk.title, wide: true },
      <>
        <h1>{funnel.title}</h1>
        <p class="lead">{funnel.lead}</p>
        {since ? (
          <Notice tone="good">
            <p>
              {desk.publicSince(formatDate(locale, since))}
              <a href="/funnel">/funnel</a>
            </p>
          </Notice>
        ) : (
          <p>{desk.notPublic}</p>
        )}
        {await rowsOf(c)}
        {!since && (
          <AskFirst label={desk.publish} title={desk.publishTitle} cancel={desk.cancel}>
            <p>{desk.publishText}</p>
            <form method="post" action="/operator/funnel">
              <button type="submit" name="action" value="publish">
                {desk.publishButton}
              </button>
            </form>
          </AskFirst>
        )}
      </>,
    );
  });

  router.post('/operator/funnel', async (c) => {
    const user = await requireOperator(c);
    await publishFunnel(c.get('k'), user.id);
    return c.redirect('/operator/funnel', 303);
  });

  router.get('/funnel', async (c) => {
    const text = impactText(c.get('locale')).funnel;
    if (!(await funnelPublicSince(c.get('k')))) throw failCompany('funnel-not-public');
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {await rowsOf(c)}
      </>,
    );
  });
  return router;
}

async function rowsOf(c: HttpContext) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = impactText(locale).funnel;
  const { rows, refused } = await readFunnel(k);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const number = (n: number | undefined) => (n === undefined ? '–' : formatNumber(locale, n));
  return (
    <>
      <Table
        caption={text.caption(formatTime(locale, k.clock.now(), zone))}
        head={[text.head.step, text.head.signed, text.head.all, text.head.means]}
        numbers={[1, 2]}
        rows={[
          ...rows.map(({ step, ofSigned, all }) => [
            text.steps[step],
            number(ofSigned),
            number(all),
            text.means[step],
          ]),
          [text.refused, number(refused.ofSigned), number(refused.all), text.refusedMeans],
        ]}
      />
      <p class="hint">{text.notASum}</p>
    </>
  );
}
