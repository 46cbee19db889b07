import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { ActionForm, Choices, Field, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { contestClaim, openHolds, takeBackContest } from '../contest-claim.ts';
import { reasonSchema } from '../input.ts';
import { worksText } from '../messages.ts';
import { publicWork } from '../read-work.ts';
import { pageText } from './messages.ts';
import { one, type Typed, typedShare } from './work-form.ts';

const contestForm = z.object({
  claim: z.uuid(),
  reason: reasonSchema.refine((text) => text.length >= 10, 'at least 10 characters'),
});

/** `/works/:id/contest`: for anybody signed in who says that a share is wrong. */
export function contestPage(): Router {
  const router = createRouter();
  router.get('/works/:id/contest', async (c) => page(c, {}, undefined));
  router.post('/works/:id/contest', async (c) => {
    const [user, party, typed] = [await requireUser(c), await requireParty(c), await formFields(c)];
    const workId = c.req.param('id');
    try {
      const holdId = one(typed, 'takeBack');
      if (holdId !== '') {
        await takeBackContest(c.get('k'), { holdId, partyId: party.id, actor: user.id });
        return c.redirect(`/works/${workId}/contest?takenBack`, 303);
      }
      const { claim: claimId, reason } = checkFields(contestForm, typed);
      await contestClaim(c.get('k'), { workId, claimId, partyId: party.id, actor: user.id, reason });
    } catch (error) {
      if (error instanceof Problem && error.code !== 'work-unknown') return page(c, typed, error);
      throw error;
    }
    return c.redirect(`/works/${workId}/contest?done`, 303);
  });
  return router;
}

async function page(c: HttpContext, typed: Typed, problem: Problem | undefined): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = pageText(locale).contest;
  const words = worksText(locale);
  const party = await requireParty(c);
  const { work, holders } = await publicWork(k, c.req.param('id') ?? '');
  const done = c.req.query('done') !== undefined;
  const mine = (await openHolds(k, work.id)).filter(({ raisedBy }) => raisedBy === party.id);
  const nameOf = (id: string) => holders.find(({ claimId }) => claimId === id)?.name ?? text.someone;
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p>
        <a href={`/w/${work.id}`}>{work.title}</a>
      </p>
      {done && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      {c.req.query('takenBack') !== undefined && (
        <Notice tone="good">
          <p>{text.takenBack}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      {mine.map((hold) => (
        <Notice tone="warn">
          <p>{text.mine(nameOf(hold.claimId), formatDate(locale, hold.answerDueAt))}</p>
          <p>{pageText(locale).work.holdReason(hold.reason)}</p>
          <ActionForm action={`/works/${work.id}/contest`} label={pageText(locale).work.takeBack}>
            <input type="hidden" name="takeBack" value={hold.id} />
          </ActionForm>
        </Notice>
      ))}
      {!done && (
        <form method="post" action={`/works/${work.id}/contest`}>
          <p>{text.lead}</p>
          <Choices
            name="claim"
            legend={text.which}
            required
            value={one(typed, 'claim')}
            options={holders.map(({ claimId, name, role, sharePpm }) => ({
              value: claimId,
              label: `${name ?? text.someone}, ${typedShare(locale, sharePpm)} %`,
              hint: words.role[role],
            }))}
          />
          <Field
            name="reason"
            label={text.reason}
            rows={5}
            required
            maxLength={2000}
            value={one(typed, 'reason')}
          />
          <button type="submit">{text.send}</button>
        </form>
      )}
    </>,
  );
}
