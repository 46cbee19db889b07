import { recordActivity, requireOperator } from '../identity/index.ts';
import {
  createRouter,
  deadJobs,
  failCommon,
  formatNumber,
  formatTime,
  jobCounts,
  listMails,
  type Router,
  readInstance,
  retryJob,
} from '../kernel/index.ts';
import { ActionForm, Badge, Empty, renderPage, Table } from '../web/index.ts';
import { legalTexts } from './legal/find-legal-text.ts';
import { portalText } from './messages.ts';
import { operatorIndex } from './operator-index.ts';

const TONE = { queued: 'info', sent: 'good', suppressed: 'warn', bounced: 'bad', failed: 'bad' } as const;

/** So many mails, with their words, are a page of reasonable weight. */
const MAILS = 25;

/** The operator's home, queue and outbox. */
export function operatorPages(): Router {
  const router = createRouter();

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

  router.get('/operator/queue', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const text = portalText(locale).queue;
    const [counts, dead] = [await jobCounts(c.get('k')), await deadJobs(c.get('k'))];
    const states = text.states as { readonly [state: string]: string };
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        {counts.length === 0 && (
          <Empty title={text.title}>
            <p>{text.empty}</p>
          </Empty>
        )}
        {counts.length > 0 && (
          <Table
            caption={text.counts}
            head={[text.kind, text.state, text.count]}
            rows={counts.map((r) => [r.kind, states[r.state] ?? r.state, formatNumber(locale, r.count)])}
          />
        )}
        {dead.length > 0 && (
          <Table
            caption={text.dead}
            head={[text.kind, text.reason, text.at, '']}
            rows={dead.map((job) => [
              job.kind,
              <code>{job.last_error.split('\n')[0]}</code>,
              formatTime(locale, job.finished_at),
              <ActionForm action={`/operator/queue/${job.id}/retry`} label={text.retry} />,
            ])}
          />
        )}
      </>,
    );
  });

  router.post('/operator/queue/:id/retry', async (c) => {
    const user = await requireOperator(c);
    const id = c.req.param('id');
    if (!/^[0-9a-f-]{36}$/.test(id) || !(await retryJob(c.get('k'), id))) throw failCommon('not-found');
    await recordActivity(c.get('k'), { actor: user.id, action: 'job.retried', subject: `job:${id}` });
    return c.redirect('/operator/queue', 303);
  });

  router.get('/operator/outbox', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const text = portalText(locale).outbox;
    const skip = Number(/^\d{1,6}$/.exec(c.req.query('skip') ?? '')?.[0] ?? 0);
    const mails = await listMails(c.get('k'), MAILS, skip);
    return renderPage(
      c,
      { title: text.title, wide: true },
      <>
        <h1>{text.title}</h1>
        {mails.length === 0 && (
          <Empty title={text.title}>
            <p>{text.empty}</p>
          </Empty>
        )}
        {mails.length > 0 && (
          <Table
            caption={text.intro}
            head={[text.subject, text.to, text.state, text.at]}
            rows={mails.map((mail) => [
              <details>
                <summary>{mail.subject}</summary>
                <pre>{mail.body_text}</pre>
              </details>,
              mail.recipient,
              <>
                <Badge tone={TONE[mail.state]}>{text.states[mail.state]}</Badge>
                {mail.detail && <small>{mail.detail}</small>}
                {mails.length === MAILS && (
                  <p>
                    <a rel="next" href={`/operator/outbox?skip=${skip + MAILS}`}>
                      {text.older}
                    </a>
                  </p>
                )}
              </>,
              formatTime(locale, mail.created_at),
            ])}
          />
        )}
      </>,
    );
  });
  return router;
}
