import { formatDate, formatTime, type Locale, type Problem } from '../../kernel/index.ts';
import { ActionForm, Badge, Choices, Facts, Field, Notice, ProblemNotice, Table } from '../../web/index.ts';
import { gateText } from '../gate-messages.ts';
import type { SiteDetails, SiteState } from '../list-sites.ts';
import { sitesText } from '../messages.ts';
import type { Check } from '../model.ts';
import { PLATFORMS } from '../platforms.ts';
import { resultText } from '../result-messages.ts';
import type { ProofInstructions } from '../start-proof.ts';
import { ProofSteps } from './proof-steps.tsx';

/** The words carry the meaning; the tone only helps. */
export const STATE_TONE: { readonly [S in SiteState]: 'good' | 'warn' | 'bad' | 'info' } = {
  proven: 'good',
  waiting: 'info',
  lapsed: 'bad',
  open: 'warn',
};

/** What a form held that could not be taken. */
export type Typed = { readonly answer?: string; readonly paths?: string; readonly problem?: Problem };

type Props = {
  readonly locale: Locale;
  readonly details: SiteDetails;
  readonly proof: ProofInstructions | undefined;
  readonly typed: Typed;
};

/** One site: state, how to prove it, what was seen, what is not hers. */
export function SitePage({ locale, details, proof, typed }: Props) {
  const { site, state, checks } = details;
  const text = sitesText(locale);
  const platform = PLATFORMS.find(({ id }) => id === site.platform);
  const newest = checks[0];
  return (
    <>
      <p>
        <a href="/sites">{text.title}</a>
      </p>
      <h1>{`${site.host}${site.path}`}</h1>
      <p>
        <Badge tone={STATE_TONE[state]}>{text.state[state]}</Badge> {text.kind[site.kind]}
        {platform && <> · {platform.name}</>}
      </p>
      <ProblemNotice problem={typed.problem} locale={locale} />
      {site.releasedAt !== undefined && <Notice tone="warn">{text.released}</Notice>}
      <ProofState locale={locale} details={details} />
      {newest && <Result locale={locale} check={newest} />}
      {proof && (
        <ProofSteps
          locale={locale}
          siteId={site.id}
          proof={proof}
          platform={platform}
          waiting={state === 'waiting'}
          open={state !== 'proven'}
          lookedInVain={newest?.method === 'code' && newest.result === 'not-found'}
        />
      )}
      {site.kind === 'host' && proof && <Exclusions locale={locale} details={details} typed={typed} />}
      <SiteWide locale={locale} details={details} />
      {site.kind === 'host' && state === 'proven' && (
        <section>
          <h2>{gateText(locale).section}</h2>
          <p>{gateText(locale).sectionIntro}</p>
          <p>
            <a href={`/sites/${site.id}/gates`}>{gateText(locale).sectionLink}</a>
          </p>
        </section>
      )}
      {checks.length > 0 && <Checks locale={locale} checks={checks} />}
      {site.releasedAt === undefined && (
        <section>
          <h2>{text.release.title}</h2>
          <p>{text.release.body}</p>
          <ActionForm action={`/sites/${site.id}/release`} label={text.release.button} tone="danger" />
        </section>
      )}
    </>
  );
}

function ProofState({ locale, details }: { locale: Locale; details: SiteDetails }) {
  const text = sitesText(locale);
  const { proof, state, contested } = details;
  if (state !== 'proven' || proof?.validUntil === undefined) return null;
  const [at, until] = [formatDate(locale, proof.checkedAt), formatDate(locale, proof.validUntil)];
  return (
    <>
      <p>{text.provenBy(text.method[proof.method], at, until)}</p>
      {proof.method !== 'moderator' && <p>{text.renewed}</p>}
      {contested && <Notice tone="warn">{text.contested}</Notice>}
    </>
  );
}

function Result({ locale, check }: { locale: Locale; check: Check }) {
  const { title, cure } = resultText(locale)[check.result];
  const tone = check.result === 'proven' ? 'good' : check.result === 'needs-moderator' ? 'info' : 'warn';
  return (
    <Notice tone={tone}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{cure}</p>
      <Seen locale={locale} check={check} />
    </Notice>
  );
}

/** What was seen where; never what a stranger's page says beyond the value found. */
function Seen({ locale, check }: { locale: Locale; check: Check }) {
  const text = sitesText(locale).seen;
  const { asked, status, redirectedTo, found, note } = check.evidence;
  const reasons: { readonly [reason: string]: string } = sitesText(locale).reviews.reasons;
  const rows: [string, string][] = [[text.asked, asked]];
  if (status !== undefined) rows.push([text.status, String(status)]);
  if (redirectedTo !== undefined) rows.push([text.redirectedTo, redirectedTo]);
  if (found !== undefined) rows.push([text.found, found.join(' · ')]);
  if (note !== undefined) rows.push([text.note, reasons[note] ?? note]);
  return <Facts rows={rows} />;
}

function Checks({ locale, checks }: { locale: Locale; checks: readonly Check[] }) {
  const text = sitesText(locale);
  return (
    <section id="checks">
      <h2>{text.checks.title}</h2>
      <Table
        caption={text.checks.title}
        head={[text.checks.at, text.checks.how, text.checks.result, text.checks.seen]}
        rows={checks.map((check) => [
          formatTime(locale, check.checkedAt),
          text.method[check.method],
          resultText(locale)[check.result].title,
          <Seen locale={locale} check={check} />,
        ])}
      />
    </section>
  );
}

function SiteWide({ locale, details }: { locale: Locale; details: SiteDetails }) {
  const text = sitesText(locale).siteWide;
  const { ready, reasons } = details.siteWide;
  return (
    <section>
      <h2>{text.title}</h2>
      <p>{ready ? text.ready : text.not}</p>
      {ready && (
        <p>
          <a href={`/sites/${details.site.id}/terms`}>{text.see}</a>
        </p>
      )}
      {!ready && (
        <ul>
          {reasons.map((reason) => (
            <li>{text.reasons[reason]}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Exclusions({ locale, details, typed }: { locale: Locale; details: SiteDetails; typed: Typed }) {
  const text = sitesText(locale).exclusions;
  const { site, statement, sweep } = details;
  const date = statement ? formatDate(locale, statement.statedAt) : '';
  const before = statement?.exclusions
    .map(({ kind, pattern, what }) =>
      kind === 'path' ? `${pattern} ${what}` : `${text.kind[kind]}${pattern} | ${what}`,
    )
    .join('\n');
  const answer = typed.answer ?? (statement && (statement.none ? 'none' : 'some'));
  return (
    <section id="exclusions">
      <h2>{text.title}</h2>
      <p>{text.intro}</p>
      {!statement && <p>{text.not}</p>}
      {statement?.none && <p>{text.statedNone(date)}</p>}
      {statement && !statement.none && (
        <>
          <p>{text.statedSome(date)}</p>
          <Table
            caption={text.paths}
            head={[text.path, text.what]}
            rows={statement.exclusions.map(({ kind, pattern, what }) => [
              <>
                {text.kind[kind]}
                <code>{pattern}</code>
              </>,
              what,
            ])}
          />
        </>
      )}
      {sweep && <p>{text.found(sweep.found, formatDate(locale, sweep.lookedAt))}</p>}
      <form method="post" action={`/sites/${site.id}/exclusions`}>
        <Choices
          name="answer"
          legend={text.choose}
          value={answer}
          required
          options={[
            { value: 'none', label: text.none },
            { value: 'some', label: text.some },
          ]}
        />
        <Field
          name="paths"
          label={text.paths}
          hint={text.pathsHint}
          value={typed.paths ?? before}
          rows={5}
          maxLength={60_000}
        />
        <button type="submit" class="main">
          {text.button}
        </button>
      </form>
    </section>
  );
}
