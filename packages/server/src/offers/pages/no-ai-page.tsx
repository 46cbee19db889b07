import { createRouter, formatNumber, formatTime, type Router, readInstance } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { leavesOf } from '../../transparency/index.ts';
import { Facts, renderPage } from '../../web/index.ts';
import { workSubject } from '../../works/index.ts';
import { noAiText } from '../no-ai-messages.ts';
import { readWizard } from '../read-wizard.ts';
import { refusesAll } from '../works-by-standing.ts';

/** `/works/:id/no-ai`: said no, done, with proof. Where the terms say something else it leads to them. */
export function noAiPage(): Router {
  const router = createRouter();
  router.get('/works/:id/no-ai', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    const party = await requireParty(c);
    const workId = c.req.param('id');
    const { work, standing } = await readWizard(k, { workId, partyId: party.id });
    const { inForce } = standing;
    if (!inForce || !refusesAll(inForce.terms)) return c.redirect(`/works/${work.id}/terms`, 303);
    const text = noAiText(locale);
    const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
    const leaf = (await leavesOf(k, workSubject(work.id)))
      .filter(({ type }) => type === 'offer-published')
      .find(({ createdAt }) => createdAt.getTime() >= inForce.publishedAt.getTime());
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead(work.title)}</p>
        <p>{text.complete}</p>
        <Facts
          rows={[
            [text.work, <a href={`/works/${work.id}`}>{work.title}</a>],
            [text.since, formatTime(locale, inForce.publishedAt, zone)],
            [text.version, formatNumber(locale, inForce.version)],
            [text.public, <a href={`/w/${work.id}`}>{text.publicLink}</a>],
          ]}
        />
        <h2>{text.next}</h2>
        <ul>
          <li>
            <a href={`/works/${work.id}/signals`}>{text.tell}</a>
          </li>
          <li>
            <a href="/works/new">{text.another}</a>
          </li>
        </ul>
        <details>
          <summary>{text.proof}</summary>
          <p>{text.proofHint}</p>
          <Facts
            rows={[
              [text.fingerprint, <code>{inForce.sha256}</code>],
              [
                text.log,
                leaf?.index === undefined ? (
                  text.logWaits
                ) : (
                  <a href="/log">{text.logEntry(formatNumber(locale, leaf.index))}</a>
                ),
              ],
              [text.document, <a href={`/w/${work.id}/versions/${inForce.version}`}>{text.documentLink}</a>],
            ]}
          />
        </details>
      </>,
    );
  });
  return router;
}
