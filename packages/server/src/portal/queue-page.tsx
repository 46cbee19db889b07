import { recordActivity, requireOperator } from '../identity/index.ts';
import {
  createRouter,
  deadJobs,
  failCommon,
  formatNumber,
  formatTime,
  jobCounts,
  type Router,
  retryJob,
} from '../kernel/index.ts';
import { ActionForm, Empty, renderPage, Table } from '../web/index.ts';
import { portalText } from './messages.ts';

/** `/operator/queue`: what runs in the background, and what gave up. */
export function queuePage(): Router {
  const router = createRouter();

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
  return router;
}
