import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { addDocument } from './add-document.ts';
import { withdrawRoster } from './end-roster.ts';
import { findRoster } from './find-roster.ts';
import { MAX_DOCUMENT_BYTES } from './model.ts';
import { reportCsv } from './roster-files.ts';
import { rosterText } from './roster-messages.ts';
import { fail } from './roster-problems.ts';
import { rosterView } from './roster-view.tsx';
import { submitRoster } from './submit-roster.ts';

const box = z
  .literal('yes')
  .optional()
  .transform((value) => value === 'yes');
const submitForm = z.object({
  statement: z.literal('yes').transform(() => true as const),
  statementVersion: z.coerce.number().int(),
  onlyGood: box,
});

/** Whose list a request is about, and who asks. */
export type Asks = (c: HttpContext) => Promise<{ partyId: string; userId: string }>;

/** `/rosters/:id`: what the check says, confirming, and what became of the people. */
export function rosterPage(): Router {
  const router = createRouter();
  showRoster(router, '/rosters', '/rosters', async (c) => ({
    userId: (await requireUser(c)).id,
    partyId: (await requireParty(c)).id,
  }));
  return router;
}

/** The same pages below another address; `home` is where one is after throwing a list away. */
export function showRoster(router: Router, base: string, home: string, asks: Asks): void {
  router.get(`${base}/:id`, (c) => show(c, base, asks));

  router.get(`${base}/:id/report.csv`, async (c) => {
    const { partyId } = await asks(c);
    const text = await reportCsv(c.get('k'), c.get('locale'), { id: c.req.param('id'), partyId });
    return c.body(`\ufeff${text}`, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="report.csv"',
      'Cache-Control': 'no-store',
    });
  });

  router.post(`${base}/:id`, async (c) => {
    const about = { id: c.req.param('id'), ...(await asks(c)) };
    const fields = await formFields(c);
    try {
      if (fields.action === 'withdraw') {
        const before = await findRoster(c.get('k'), about);
        await withdrawRoster(c.get('k'), about);
        const draft = before.state === 'checked' || before.state === 'checking';
        return c.redirect(draft ? `${home}?done=discarded` : `${base}/${about.id}?done=withdrawn`, 303);
      }
      await submitRoster(c.get('k'), { ...checkFields(submitForm, fields), ...about });
      return c.redirect(`${base}/${about.id}?done=submitted`, 303);
    } catch (error) {
      if (error instanceof Problem && error.code !== 'roster-unknown') return show(c, base, asks, error);
      throw error;
    }
  });

  router.post(`${base}/:id/document`, async (c) => {
    const about = { id: c.req.param('id'), ...(await asks(c)) };
    const upload = await readUpload(c, { maxBytes: MAX_DOCUMENT_BYTES });
    try {
      if (!upload.file) throw fail('roster-file-missing');
      await addDocument(c.get('k'), { ...about, file: upload.file });
      return c.redirect(`${base}/${about.id}?done=document`, 303);
    } catch (error) {
      if (error instanceof Problem && error.code !== 'roster-unknown') return show(c, base, asks, error);
      throw error;
    } finally {
      await upload.discard();
    }
  });
}

async function show(c: HttpContext, base: string, asks: Asks, problem?: Problem) {
  const { partyId } = await asks(c);
  const roster = await findRoster(c.get('k'), { id: c.req.param('id') ?? '', partyId });
  const locale = c.get('locale');
  const { show: text, list, desk } = rosterText(locale);
  const done = c.req.query('done') ?? '';
  const words: { readonly [done: string]: string } = { ...text.done, known: text.known };
  const title = list.title;
  return renderPage(
    c,
    { title: `${roster.file_name} · ${title}`, ...(problem ? { status: problem.status } : {}) },
    <>
      {base !== '/rosters' && (
        <p>
          <a href="/operator/campaign/rosters">{desk.title}</a>
        </p>
      )}
      <h1>
        <bdi>{roster.file_name}</bdi>
      </h1>
      {words[done] && !problem && (
        <Notice tone="good">
          <p>{words[done]}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      {await rosterView(c, roster, `${base}/${roster.id}`)}
    </>,
  );
}
