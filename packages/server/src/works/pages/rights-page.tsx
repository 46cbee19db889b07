import { requireUser, safeNext } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { answerAuthority, authorityOf } from '../answer-authority.ts';
import { pageText } from './messages.ts';
import { AuthorityFields } from './work-fields.tsx';
import { readAuthority, type Typed } from './work-form.ts';

/** `/rights`: the first question, who may say yes. */
export function rightsPage(): Router {
  const router = createRouter();
  router.get('/rights', async (c) => page(c, undefined, undefined));
  router.post('/rights', async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const typed = await formFields(c);
    try {
      const answer = readAuthority(typed) ?? { answer: 'unsure', holderKind: null, holderName: null };
      await answerAuthority(c.get('k'), { partyId: party.id, actor: user.id, answer });
    } catch (error) {
      if (error instanceof Problem) return page(c, typed, error);
      throw error;
    }
    const next = c.req.query('next');
    return c.redirect(next === undefined ? '/rights?saved' : safeNext(next), 303);
  });
  return router;
}

async function page(c: HttpContext, typed: Typed | undefined, problem: Problem | undefined) {
  const locale = c.get('locale');
  const text = pageText(locale).rights;
  const party = await requireParty(c);
  const before = await authorityOf(c.get('k'), party.id);
  const known: Typed = before
    ? { answer: before.answer, holderKind: before.holderKind ?? '', holderName: before.holderName ?? '' }
    : {};
  const next = c.req.query('next');
  const action = next === undefined ? '/rights' : `/rights?next=${encodeURIComponent(safeNext(next))}`;
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      {c.req.query('saved') !== undefined && (
        <Notice tone="good">
          <p>{text.saved}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      <p>{text.why}</p>
      <form method="post" action={action}>
        <AuthorityFields locale={locale} typed={typed ?? known} party={party} legend={text.legend} />
        <button type="submit">{text.save}</button>
      </form>
      {before && <p class="hint">{text.answered(formatDate(locale, before.answeredAt))}</p>}
      <p class="hint">
        {text.profile} <a href="/account">{text.profileLink}</a>.
      </p>
    </>,
  );
}
