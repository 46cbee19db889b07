import type { Locale } from '../../kernel/index.ts';
import { ActionForm, Badge, Table } from '../../web/index.ts';
import { worksText } from '../messages.ts';
import type { Claim, WorkDetail } from '../model.ts';
import { pageText } from './messages.ts';
import { typedShare } from './work-form.ts';

const TONE = { pending: 'warn', accepted: 'good', declined: 'bad', withdrawn: 'info' } as const;

/** Who holds what, whether they have said so, and what can be done about it. */
export function SharesTable({ locale, detail, mine }: { locale: Locale; detail: WorkDetail; mine: boolean }) {
  const text = pageText(locale).work;
  const words = worksText(locale);
  const { work, claims } = detail;
  const shown = claims.filter(({ state }) => state !== 'withdrawn');
  return (
    <Table
      captionHidden
      caption={text.shares}
      head={[text.holder, text.share, text.answer, text.mayTheySayYes, ...(mine ? [text.next] : [])]}
      rows={shown.map((claim) => [
        <>
          {claim.name} <small>{words.role[claim.role]}</small>
        </>,
        `${typedShare(locale, claim.sharePpm)} %`,
        <>
          <Badge tone={TONE[claim.state]}>{words.claimState[claim.state]}</Badge>{' '}
          {claim.onHold && <Badge tone="bad">{words.onHold}</Badge>}
          {mine && <Wish locale={locale} claim={claim} />}
        </>,
        claim.state === 'accepted' ? words.authority[claim.authority] : '',
        ...(mine ? [<Next locale={locale} claim={claim} open={work.state === 'registered'} />] : []),
      ])}
    />
  );
}

function Wish({ locale, claim }: { locale: Locale; claim: Claim }) {
  const text = pageText(locale).work;
  return (
    <>
      {claim.wishPpm !== null && <p>{text.wants(`${typedShare(locale, claim.wishPpm)} %`)}</p>}
      {claim.note && <p>{text.message(claim.note)}</p>}
    </>
  );
}

function Next({ locale, claim, open }: { locale: Locale; claim: Claim; open: boolean }) {
  const text = pageText(locale).work;
  if (!open || claim.state !== 'pending') return null;
  return (
    <>
      <small>{claim.email}</small>
      <ActionForm action={`/works/${claim.workId}/invite/${claim.id}`} label={text.inviteAgain} />
    </>
  );
}
