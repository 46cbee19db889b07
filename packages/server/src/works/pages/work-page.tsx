import { Readable } from 'node:stream';
import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  type Kernel,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { type Party, requireParty } from '../../parties/index.ts';
import { type Control, controlOf } from '../../sites/index.ts';
import {
  ActionForm,
  AskFirst,
  commonText,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { isSettled } from '../change-shares.ts';
import { openHolds, takeBackContest } from '../contest-claim.ts';
import { reasonSchema } from '../input.ts';
import { judgeLicensability } from '../judge-licensability.ts';
import { worksText } from '../messages.ts';
import type { Claim, Licensability, Manifestation, WorkDetail } from '../model.ts';
import { openFile } from '../open-file.ts';
import { fail } from '../problems.ts';
import { readWork } from '../read-work.ts';
import { inviteAgain } from '../send-invitation.ts';
import { setClaimAuthority } from '../set-authority.ts';
import type { Hold } from '../store-invitations.ts';
import { withdrawWork } from '../withdraw-work.ts';
import { pageText } from './messages.ts';
import { SharesTable } from './shares-table.tsx';
import { AuthorityFields } from './work-fields.tsx';
import { one, readAuthority, typedShare } from './work-form.ts';

type Detail = WorkDetail & { readonly possibleDuplicate: boolean };
type Act = (
  k: Kernel,
  input: { party: Party; actor: string; typed: Record<string, string | string[]> },
) => Promise<void>;

const withdrawForm = z.object({ reason: reasonSchema.default('') });

/** `/works/:id`: the work for those whose it is. */
export function workPage(): Router {
  const router = createRouter();
  router.get('/works/:id', async (c) => page(c, await requireParty(c), undefined));
  router.get('/works/:id/files/:file', async (c) => sendFile(c));
  const action = (path: '/authority' | '/withdraw' | '/take-back', done: string, act: Act) =>
    router.post(`/works/:id${path}`, async (c) => {
      const [user, party] = [await requireUser(c), await requireParty(c)];
      const typed = await formFields(c);
      try {
        await act(c.get('k'), { party, actor: user.id, typed: { ...typed, work: c.req.param('id') ?? '' } });
      } catch (error) {
        if (error instanceof Problem && error.code !== 'work-unknown') return page(c, party, error);
        throw error;
      }
      return c.redirect(`/works/${c.req.param('id')}?done=${done}`, 303);
    });
  action('/withdraw', 'saved', async (k, { party, actor, typed }) => {
    const { reason } = checkFields(withdrawForm, typed);
    await withdrawWork(k, {
      workId: one(typed, 'work'),
      party,
      actor,
      reason,
      version: Number(one(typed, 'version')),
    });
  });
  action('/authority', 'saved', async (k, { party, actor, typed }) => {
    const authority = readAuthority(typed) ?? { answer: 'unsure', holderKind: null, holderName: null };
    const about = { workId: one(typed, 'work'), claimId: one(typed, 'claim'), partyId: party.id };
    await setClaimAuthority(k, { ...about, actor, authority });
  });
  action('/take-back', 'saved', async (k, { party, actor, typed }) => {
    await takeBackContest(k, { holdId: one(typed, 'hold'), partyId: party.id, actor });
  });
  router.post('/works/:id/invite/:claim', async (c) => {
    const party = await requireParty(c);
    const [workId, claimId] = [c.req.param('id'), c.req.param('claim')];
    try {
      await inviteAgain(c.get('k'), { workId, claimId, partyId: party.id, locale: c.get('locale') });
    } catch (error) {
      if (error instanceof Problem && error.code !== 'work-unknown') return page(c, party, error);
      throw error;
    }
    return c.redirect(`/works/${workId}?done=invited`, 303);
  });
  return router;
}

/** Never shown in the browser: what people hand over may be a page with scripts. */
async function sendFile(c: HttpContext): Promise<Response> {
  const party = await requireParty(c);
  const [workId, fileId] = [c.req.param('id') ?? '', c.req.param('file') ?? ''];
  const { file, content } = await openFile(c.get('k'), { workId, fileId, partyId: party.id });
  const name = encodeURIComponent(file.filename ?? 'work').replace(
    /['()*]/g,
    (s) => `%${s.charCodeAt(0).toString(16)}`,
  );
  return new Response(Readable.toWeb(Readable.from(content)) as ReadableStream<Uint8Array>, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(file.bytes),
      'Content-Disposition': `attachment; filename="work"; filename*=UTF-8''${name}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cache-Control': 'private, no-store',
    },
  });
}

async function page(c: HttpContext, party: Party, problem: Problem | undefined): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = pageText(locale).work;
  const workId = c.req.param('id');
  if (workId === undefined) throw fail('work-unknown');
  const detail = await readWork(k, { workId, partyId: party.id });
  const { work, claims } = detail;
  const found = judgeLicensability(work, claims);
  const mine = work.registrantId === party.id;
  const own = claims.find(({ partyId, state }) => partyId === party.id && state === 'accepted');
  const done = c.req.query('done');
  const notices: { [done: string]: string } = {
    registered: text.registered(work.title),
    saved: text.saved,
    invited: text.invited,
    accepted: pageText(locale).invitation.accepted,
    contested: pageText(locale).contest.done,
  };
  const notice = done === undefined ? undefined : notices[done];
  const open = work.state === 'registered';
  const settled = isSettled(claims);
  return renderPage(
    c,
    { title: work.title, status: problem?.status ?? 200, wide: true },
    <>
      <h1>{work.title}</h1>
      {notice && (
        <Notice tone="good">
          <p>{notice}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} locale={locale} />
      {detail.possibleDuplicate && (
        <Notice tone="warn">
          <p>{text.duplicate}</p>
        </Notice>
      )}
      <Standing locale={locale} detail={detail} found={found} mine={mine} />
      <h2>{text.shares}</h2>
      <SharesTable locale={locale} detail={detail} mine={mine} />
      <p>
        {mine && open && !settled && (
          <>
            <a href={`/works/${work.id}/shares`}>{text.change}</a> ·{' '}
          </>
        )}
        {open && <a href={`/works/${work.id}/contest`}>{text.contest}</a>}
      </p>
      <Holds locale={locale} claims={claims} holds={await openHolds(k, work.id)} party={party} />
      <h2>{text.facts}</h2>
      <FactList locale={locale} detail={detail} />
      {mine && open && (
        <p>
          <a href={`/works/${work.id}/edit`}>{text.edit}</a>
        </p>
      )}
      <h2>{text.copies}</h2>
      {await copies(k, locale, detail, mine)}
      {own && open && <MyYes locale={locale} claim={own} party={party} />}
      {mine && open && <Withdraw locale={locale} detail={detail} />}
    </>,
  );
}

type Shown = { readonly locale: Locale; readonly detail: Detail };

function Standing({
  locale,
  detail: { work },
  found,
  mine,
}: Shown & { found: Licensability; mine: boolean }) {
  const text = pageText(locale).work;
  const words = worksText(locale);
  if (work.state === 'withdrawn') {
    return (
      <Notice>
        <p>{text.withdrawn}</p>
        {work.withdrawnReason && <p>{text.withdrawnReason(work.withdrawnReason)}</p>}
      </Notice>
    );
  }
  const waiting = found.reasons.some(({ code }) => code === 'claim-pending');
  return (
    <>
      <h2>{text.standing}</h2>
      {found.reasons.length === 0 && <p>{text.ready}</p>}
      <ul>
        {found.reasons.map(({ code, names }) => (
          <li>
            {words.reason[code]}
            {names.length > 0 && ` (${names.join(', ')})`}
          </li>
        ))}
      </ul>
      {mine && found.reasons.length > 0 && (
        <>
          <h3>{text.meanwhile}</h3>
          <ul>
            <li>{text.reserve}</li>
            {waiting && <li>{text.remind}</li>}
            {waiting && <li>{text.changeShare}</li>}
          </ul>
        </>
      )}
      <p>
        <a class="button" href={`/works/${work.id}/terms`}>
          {text.terms}
        </a>{' '}
        <a href={`/w/${work.id}`}>{text.public}</a>
      </p>
    </>
  );
}

function Holds(props: { locale: Locale; claims: readonly Claim[]; holds: readonly Hold[]; party: Party }) {
  const { locale, claims, holds, party } = props;
  const text = pageText(locale).work;
  if (holds.length === 0) return null;
  return (
    <>
      <h2>{text.holds}</h2>
      {holds.map((hold) => {
        const claim = claims.find(({ id }) => id === hold.claimId);
        return (
          <Notice tone="warn">
            <p>{text.hold(claim?.name ?? '', formatDate(locale, hold.answerDueAt))}</p>
            <p>{text.holdReason(hold.reason)}</p>
            {hold.raisedBy === party.id && claim && (
              <ActionForm action={`/works/${claim.workId}/take-back`} label={text.takeBack}>
                <input type="hidden" name="hold" value={hold.id} />
              </ActionForm>
            )}
          </Notice>
        );
      })}
    </>
  );
}

function FactList({ locale, detail: { work, identifiers } }: Shown) {
  const text = pageText(locale).new;
  const words = worksText(locale);
  const rows: (readonly [string, string | number | null])[] = [
    [text.type, words.type[work.type]],
    [text.language, work.language],
    [text.createdYear, work.createdYear],
    [text.createdPlace, work.createdPlace],
    [text.firstPublished, work.firstPublished],
    [text.making, work.making && words.making[work.making]],
    ...identifiers.map(({ scheme, display }) => [scheme.toUpperCase(), display] as const),
    [pageText(locale).list.date, formatDate(locale, work.createdAt)],
  ];
  return <Facts rows={rows.filter(([, value]) => value !== null)} />;
}

async function copies(k: Kernel, locale: Locale, { work, manifestations }: WorkDetail, mine: boolean) {
  const text = pageText(locale).work;
  const rows = [];
  for (const m of manifestations) {
    const size = m.bytes === null ? '' : `${formatNumber(locale, m.bytes)} B`;
    rows.push([
      text.kind[m.kind],
      m.kind === 'url' ? await address(k, locale, work.registrantId, m) : <code>{m.sha256}</code>,
      size,
      m.kind === 'file' && mine ? (
        <a href={`/works/${work.id}/files/${m.id}`}>
          {text.download} ({m.filename})
        </a>
      ) : (
        ''
      ),
    ]);
  }
  return (
    <Table
      captionHidden
      caption={text.copies}
      head={[text.where, text.fingerprint, text.size, text.next]}
      rows={rows}
    />
  );
}

async function address(k: Kernel, locale: Locale, partyId: string, m: Manifestation) {
  const text = pageText(locale).work;
  const control = await knownControl(k, partyId, m.url ?? '');
  return (
    <>
      <a href={m.url ?? ''} rel="nofollow noopener">
        {m.url}
      </a>
      <br />
      <small>
        {control ? (
          text.control(text.method[control.method], formatDate(locale, control.checkedAt))
        ) : (
          <>
            {text.noControl}. <a href="/sites">{text.prove}</a>
          </>
        )}
      </small>
    </>
  );
}

/** An address that cannot be anybody's site, such as one in a private network, is simply not controlled. */
async function knownControl(k: Kernel, partyId: string, url: string): Promise<Control | undefined> {
  try {
    return await controlOf(k, { partyId, url });
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

function MyYes({ locale, claim, party }: { locale: Locale; claim: Claim; party: Party }) {
  const text = pageText(locale).work;
  const typed = {
    answer: claim.authority,
    holderKind: claim.authorityHolderKind ?? '',
    holderName: claim.authorityHolderName ?? '',
  };
  return (
    <>
      <h2>{text.myYes}</h2>
      <form method="post" action={`/works/${claim.workId}/authority`}>
        <input type="hidden" name="claim" value={claim.id} />
        <AuthorityFields
          locale={locale}
          typed={typed}
          party={party}
          legend={`${typedShare(locale, claim.sharePpm)} %`}
        />
        <button type="submit" class="quiet">
          {text.saveYes}
        </button>
      </form>
    </>
  );
}

function Withdraw({ locale, detail: { work } }: Shown) {
  const text = pageText(locale).work;
  return (
    <>
      <h2>{text.withdraw}</h2>
      <AskFirst
        label={text.withdraw}
        title={text.withdrawSure(work.title)}
        cancel={commonText(locale).keep}
        tone="danger"
      >
        <p>{text.withdrawHint}</p>
        <form method="post" action={`/works/${work.id}/withdraw`}>
          <input type="hidden" name="version" value={String(work.version)} />
          <Field name="reason" label={text.withdrawReason} rows={2} maxLength={2000} />
          <button type="submit" class="danger">
            {text.withdrawButton}
          </button>
        </form>
      </AskFirst>
    </>
  );
}
