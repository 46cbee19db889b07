import { actFor, organisationsOf, startSession } from '../identity/index.ts';
import {
  createRouter,
  failCommon,
  formatTime,
  type Locale,
  openMails,
  type Router,
} from '../kernel/index.ts';
import { ActionForm, Badge, Empty, renderPage } from '../web/index.ts';
import { designPage } from './design-page.tsx';
import { portalText } from './messages.ts';

type About = { readonly [L in Locale]: string };

/** Who lives in a demo world. */
export type DemoCast = {
  readonly cast: readonly {
    readonly key: string;
    readonly name: string;
    readonly email: string;
    readonly about: About;
  }[];
  /** Those without an account. */
  readonly others: readonly { readonly name: string; readonly about: About }[];
  userOf(email: string): Promise<string | undefined>;
};

const MAILS = 20;

/**
 * `/demo`: walk in as one of the invented people; `/demo/mail`: what was written to them and to whoever tries something out;
 * `/_design`: every component. Mounted in a demo world only.
 */
export function demoPages({ cast, others, userOf }: DemoCast): Router {
  const router = createRouter();
  router.route('/', designPage());
  router.get('/demo', (c) => {
    const locale = c.get('locale');
    const text = portalText(locale).demo;
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.intro}</p>
        <ul class="links">
          {cast.map(({ key, name, about }) => (
            <li>
              <h2>{name}</h2>
              <p>{about[locale]}</p>
              <ActionForm action={`/demo/as/${key}`} label={text.walkIn(name)} />
            </li>
          ))}
          {others.map(({ name, about }) => (
            <li>
              <h2>
                {name} <Badge>{text.noAccount}</Badge>
              </h2>
              <p>{about[locale]}</p>
            </li>
          ))}
        </ul>
      </>,
    );
  });
  router.get('/demo/mail', async (c) => {
    const [k, locale] = [c.get('k'), c.get('locale')];
    if (!k.site.demo) throw failCommon('not-found');
    const text = portalText(locale).demo;
    const mails = await openMails(k, MAILS);
    return renderPage(
      c,
      { title: text.mail },
      <>
        <h1>{text.mail}</h1>
        <p class="lead">{text.mailIntro}</p>
        {mails.length === 0 && (
          <Empty title={text.mail}>
            <p>{text.noMail}</p>
          </Empty>
        )}
        {mails.map((mail) => (
          <details>
            <summary>
              {mail.subject} <small>{text.mailTo(mail.recipient, formatTime(locale, mail.created_at))}</small>
            </summary>
            <pre class="plain">{withLinks(mail.text)}</pre>
          </details>
        ))}
      </>,
    );
  });
  router.post('/demo/as/:key', async (c) => {
    if (!c.get('k').site.demo) throw failCommon('not-found');
    const person = cast.find(({ key }) => key === c.req.param('key'));
    const userId = person && (await userOf(person.email));
    if (!userId) throw failCommon('not-found');
    await startSession(c, userId);
    const [membership] = await organisationsOf(c.get('k'), userId);
    if (membership) await actFor(c, membership.organisationId);
    return c.redirect('/works', 303);
  });
  return router;
}

/** The text of a mail as a mail program shows it: its addresses can be followed. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => (i % 2 === 1 ? <a href={part}>{part}</a> : part));
}
