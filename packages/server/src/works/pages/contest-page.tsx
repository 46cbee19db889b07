import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Choices, Field, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { contestClaim } from '../contest-claim.ts';
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
  await requireParty(c);
  const { work, holders } = await publicWork(k, c.req.param('id') ?? '');
  const done = c.req.query('done') !== undefined;
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
      <ProblemNotice problem={problem} locale={locale} />
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
