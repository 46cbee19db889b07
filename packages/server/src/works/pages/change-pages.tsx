import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { type Party, requireParty } from '../../parties/index.ts';
import { Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { changeShares, type PlannedShare } from '../change-shares.ts';
import { editWork } from '../edit-work.ts';
import { holdersSchema } from '../input.ts';
import type { Claim, WorkDetail } from '../model.ts';
import { fail } from '../problems.ts';
import { readWork } from '../read-work.ts';
import { parseShare } from '../shares.ts';
import { pageText } from './messages.ts';
import { FactFields, HolderRow } from './work-fields.tsx';
import { one, readFacts, type Typed, typedFacts, typedShare } from './work-form.ts';

const NEW_ROWS = 3;

/** `/works/:id/edit` and `/works/:id/shares`: changes by the registrant, safe against a second tab. */
export function changePages(): Router {
  const router = createRouter();
  router.get('/works/:id/edit', async (c) => factsPage(c, await ownWork(c), undefined, undefined));
  router.post('/works/:id/edit', async (c) => {
    const [user, party, typed] = [await requireUser(c), await requireParty(c), await formFields(c)];
    const workId = c.req.param('id');
    try {
      const version = Number(one(typed, 'version'));
      await editWork(c.get('k'), { workId, party, actor: user.id, version, facts: readFacts(typed) });
    } catch (error) {
      if (isOurs(error)) return factsPage(c, await ownWork(c), typed, error);
      throw error;
    }
    return c.redirect(`/works/${workId}?done=saved`, 303);
  });
  router.get('/works/:id/shares', async (c) => sharesPage(c, await ownWork(c), undefined, undefined));
  router.post('/works/:id/shares', async (c) => {
    const [user, party, typed] = [await requireUser(c), await requireParty(c), await formFields(c)];
    const detail = await ownWork(c);
    try {
      await changeShares(c.get('k'), {
        workId: detail.work.id,
        party,
        actor: user.id,
        locale: c.get('locale'),
        version: Number(one(typed, 'version')),
        shares: readPlan(typed, detail),
      });
    } catch (error) {
      if (isOurs(error)) return sharesPage(c, await ownWork(c), typed, error);
      throw error;
    }
    return c.redirect(`/works/${detail.work.id}?done=saved`, 303);
  });
  return router;
}

const isOurs = (error: unknown): error is Problem =>
  error instanceof Problem && error.code !== 'work-unknown';

async function ownWork(c: HttpContext): Promise<WorkDetail & { party: Party }> {
  const party = await requireParty(c);
  const detail = await readWork(c.get('k'), { workId: c.req.param('id') ?? '', partyId: party.id });
  if (detail.work.registrantId !== party.id) throw fail('not-the-registrant');
  return { ...detail, party };
}

const present = ({ claims }: WorkDetail) => claims.filter(({ state }) => state !== 'withdrawn');

function readPlan(typed: Typed, detail: WorkDetail): PlannedShare[] {
  const kept = present(detail).flatMap((claim): PlannedShare[] => {
    const text = one(typed, `claim-${claim.id}`).trim();
    return text === '' ? [] : [{ claimId: claim.id, sharePpm: parseShare(text), role: claim.role }];
  });
  const added = Array.from({ length: NEW_ROWS }, (_, i) => i + 1)
    .filter((n) => ['name', 'email', 'share'].some((field) => one(typed, `${field}${n}`).trim() !== ''))
    .map((n) => ({
      me: false,
      name: one(typed, `name${n}`),
      email: one(typed, `email${n}`),
      role: one(typed, `role${n}`) || 'author',
      sharePpm: parseShare(one(typed, `share${n}`)),
    }));
  return [...kept, ...checkFields(holdersSchema, added)];
}

/** After a clash the form keeps what was typed, and the version is the new one: sending again is a choice. */
function Version({ detail }: { detail: WorkDetail }) {
  return <input type="hidden" name="version" value={String(detail.work.version)} />;
}

function factsPage(
  c: HttpContext,
  detail: WorkDetail,
  typed: Typed | undefined,
  problem: Problem | undefined,
): Promise<Response> {
  const locale = c.get('locale');
  const text = pageText(locale).edit;
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p>
        <a href={`/works/${detail.work.id}`}>{detail.work.title}</a>
      </p>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={`/works/${detail.work.id}/edit`}>
        <Version detail={detail} />
        <FactFields locale={locale} typed={typed ?? typedFacts(detail)} />
        <button type="submit">{text.save}</button>
      </form>
    </>,
  );
}

function sharesPage(
  c: HttpContext,
  detail: WorkDetail,
  typed: Typed | undefined,
  problem: Problem | undefined,
): Promise<Response> {
  const locale = c.get('locale');
  const text = pageText(locale).shares;
  return renderPage(
    c,
    { title: text.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p>
        <a href={`/works/${detail.work.id}`}>{detail.work.title}</a>
      </p>
      <p>{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={`/works/${detail.work.id}/shares`}>
        <Version detail={detail} />
        {present(detail).map((claim) => (
          <ClaimShare locale={locale} claim={claim} typed={typed} />
        ))}
        {Array.from({ length: NEW_ROWS }, (_, i) => (
          <HolderRow locale={locale} typed={typed ?? {}} n={i + 1} />
        ))}
        <button type="submit">{text.save}</button>
      </form>
    </>,
  );
}

function ClaimShare(props: { locale: Locale; claim: Claim; typed: Typed | undefined }) {
  const { locale, claim, typed } = props;
  const words = pageText(locale);
  const name = `claim-${claim.id}`;
  const wish =
    claim.wishPpm === null ? undefined : words.work.wants(`${typedShare(locale, claim.wishPpm)} %`);
  return (
    <Field
      name={name}
      label={claim.name}
      hint={wish}
      value={typed ? one(typed, name) : typedShare(locale, claim.sharePpm)}
      inputMode="decimal"
      maxLength={12}
    />
  );
}
