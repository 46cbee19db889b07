import { createRouter, type Router } from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { facesText } from './messages.ts';

/** `/` where the licences stand alone; it carries no word of the campaign. */
export function licensingHome(): Router {
  const router = createRouter();
  // The address belongs to the campaign; this page stands before it where the campaign does not show.
  router.use('/', async (c, next) => {
    if (c.req.method !== 'GET' || (await c.get('face')()).shows !== 'licensing') return next();
    const text = facesText(c.get('locale')).home;
    const ways = [
      [text.creators, text.creatorsText, '/rights', text.creatorsLink],
      [text.companies, text.companiesText, '/catalogue', text.companiesLink],
      [text.anyone, text.anyoneText, '/verify', text.anyoneLink],
    ] as const;
    return renderPage(
      c,
      { title: text.title, description: text.lead },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {ways.map(([title, about, href, link]) => (
          <section>
            <h2>{title}</h2>
            <p>{about}</p>
            <p>
              <a class="button quiet" href={href}>
                {link}
              </a>
            </p>
          </section>
        ))}
        <p>
          <a href="/numbers">{text.numbersLink}</a>
        </p>
      </>,
    );
  });
  return router;
}
