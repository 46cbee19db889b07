import {
  createRouter,
  failCommon,
  type HttpContext,
  type ProblemDefinition,
  type Router,
  requireInstance,
} from '../kernel/index.ts';
import { type Face, Facts, renderPage } from '../web/index.ts';
import { legalText } from './legal/find-legal-text.ts';
import { showText } from './legal/show-text.tsx';
import { portalText } from './messages.ts';
import { ppmToPercent } from './read-setup.ts';

/** The imprint, and a page for every problem code. */
export function legalPages(problems: readonly ProblemDefinition[]): Router {
  const router = createRouter();
  const byCode = new Map(problems.map((problem) => [problem.code, problem]));

  router.get('/imprint', async (c) => {
    const { operator, feePpm } = await requireInstance(c.get('k'));
    const text = portalText(c.get('locale')).legal;
    const { voice } = await c.get('face')();
    if (voice) return imprintOf(c, voice, operator);
    return renderPage(
      c,
      { title: text.imprint },
      <>
        <h1>{text.imprint}</h1>
        <Facts
          rows={[
            [text.operator, operator.name],
            [text.legalForm, operator.legalForm],
            [text.role, text.roles[operator.role]],
            [text.fee, text.feeValue(`${ppmToPercent(feePpm)} %`)],
            [text.complaints, operator.complaintsContact],
          ]}
        />
        <pre class="plain">{operator.imprint}</pre>
        <p class="hint">{text.status}</p>
        {await showText(c, await legalText(c.get('k'), 'imprint'))}
      </>,
    );
  });

  router.get('/problems/:code', (c) => {
    const problem = byCode.get(c.req.param('code'));
    if (!problem) throw failCommon('not-found');
    const locale = c.get('locale');
    const text = portalText(locale).problem;
    return renderPage(
      c,
      { title: `${text.title}: ${problem.code}` },
      <>
        <h1>{problem[locale].title}</h1>
        <Facts
          rows={[
            [text.cure, problem[locale].cure],
            [text.code, <code>{problem.code}</code>],
            [text.status, String(problem.status)],
          ]}
        />
      </>,
    );
  });
  return router;
}

/** The campaign's own imprint on its own host, and who is behind the licences. */
function imprintOf(c: HttpContext, campaign: NonNullable<Face['voice']>, house: { name: string }) {
  const text = portalText(c.get('locale')).legal;
  return renderPage(
    c,
    { title: text.imprint },
    <>
      <h1>{text.imprint}</h1>
      <Facts
        rows={[
          [text.operator, campaign.operator],
          [text.licences, <a href={`${c.get('k').site.baseUrl}/imprint`}>{house.name}</a>],
        ]}
      />
      <pre class="plain">{campaign.imprint}</pre>
      <p>
        <a href="/privacy">{text.privacy}</a>
      </p>
    </>,
  );
}
