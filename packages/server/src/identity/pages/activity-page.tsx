import { z } from 'zod';
import { checkFields, createRouter, formatTime, type Router, readInstance } from '../../kernel/index.ts';
import { Empty, Field, renderPage, Table } from '../../web/index.ts';
import { requireOperator } from '../current-user.ts';
import { text } from '../messages.ts';
import type { Activity } from '../model.ts';
import { listActivity } from '../record-activity.ts';

const PAGE = 50;
const query = z.object({
  subject: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{0,200}$/)
    .optional(),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

/** `/operator/activity`: the activity log, a page at a time. */
export function activityPage(): Router {
  const router = createRouter();
  router.get('/operator/activity', async (c) => {
    await requireOperator(c);
    const locale = c.get('locale');
    const words = text(locale).activity;
    const { subject = '', before } = checkFields(query, c.req.query());
    const filter = subject === '' ? {} : { subject };
    // One more than shown tells whether there is another page.
    const found = await listActivity(c.get('k'), {
      ...filter,
      ...(before === undefined ? {} : { before }),
      limit: PAGE + 1,
    });
    const shown = found.slice(0, PAGE);
    const zone = (await readInstance(c.get('k')))?.instance.zone;
    const link = (more: Record<string, string>) =>
      `/operator/activity?${new URLSearchParams({ ...filter, ...more })}`;
    return renderPage(
      c,
      { title: words.title, wide: true },
      <>
        <h1>{words.title}</h1>
        <form method="get" action="/operator/activity">
          <Field
            name="subject"
            label={words.filter}
            hint={words.filterHint}
            value={subject}
            maxLength={200}
          />
          <button type="submit" class="quiet">
            {words.show}
          </button>
        </form>
        {shown.length === 0 && (
          <Empty title={words.emptyTitle}>
            <p>{words.empty}</p>
          </Empty>
        )}
        {shown.length > 0 && (
          <Table
            caption={words.intro}
            head={[words.at, words.actor, words.action, words.subject, words.detail]}
            rows={shown.map((a) => [
              formatTime(locale, a.at, zone),
              a.actor,
              a.action,
              a.subject,
              detailOf(a),
            ])}
          />
        )}
        {found.length > PAGE && (
          <p>
            <a href={link({ before: shown.at(-1)!.seq })}>{words.older}</a>
          </p>
        )}
        {before !== undefined && (
          <p>
            <a href={link({})}>{words.newest}</a>
          </p>
        )}
      </>,
    );
  });
  return router;
}

function detailOf({ detail }: Activity): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
