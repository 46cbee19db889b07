import { requireOperator } from '../identity/index.ts';
import { createRouter, jobCounts, type Router, readInstance } from '../kernel/index.ts';
import { renderPage } from '../web/index.ts';
import { legalTexts } from './legal/find-legal-text.ts';
import { portalText } from './messages.ts';
import { operatorIndex } from './operator-index.ts';
import { outboxPage } from './outbox-page.tsx';
import { queuePage } from './queue-page.tsx';

/** The operator's home, queue and outbox. */
export function operatorPages(): Router {
  const router = createRouter();
  router.route('/', queuePage());
  router.route('/', outboxPage());

  router.get('/operator', async (c) => {
    await requireOperator(c);
    const k = c.get('k');
    if (!(await readInstance(k))) return c.redirect('/operator/setup', 303);
    const text = portalText(c.get('locale')).operator;
    const counts = await jobCounts(k);
    const sum = (state: string) =>
      counts.filter((row) => row.state === state).reduce((n, row) => n + row.count, 0);
    const legal = (await legalTexts(k)).filter(({ current }) => !current).length;
    const waiting = sum('ready') + sum('leased');
    const { has } = await c.get('face')();
    const groups = operatorIndex(text, { waiting, dead: sum('dead'), legal }, has);
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.intro}</p>
        <div class="groups">
          {groups.map(({ title, links }) => (
            <section>
              <h2>{title}</h2>
              <ul class="links">
                {links.map(([href, label, hint]) => (
                  <li>
                    <a href={href}>{label}</a>
                    <small>{hint}</small>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </>,
    );
  });

  return router;
}
