import { formatNumber, formatTime, type HttpContext, type Locale } from '../../kernel/index.ts';
import { AskFirst, Checkbox, Facts, Field, Notice, Table } from '../../web/index.ts';
import { countRosterStates, rosterLines } from './find-roster.ts';
import { currentStatement } from './model.ts';
import { namesOf } from './roster-files.ts';
import { rosterText } from './roster-messages.ts';
import { rowText } from './row-messages.ts';
import type { RosterLine, RosterRow } from './store-rosters.ts';

const PAGE = 100;

/** A list as those who brought it see it; `path` is its own address. */
export async function rosterView(c: HttpContext, roster: RosterRow, path: string) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = rosterText(locale).show;
  const after = Number(/^\d{1,9}$/.exec(c.req.query('after') ?? '')?.[0] ?? 0);
  const bad = await rosterLines(k, roster.id, { bad: true, after, limit: PAGE });
  const number = (n: number) => formatNumber(locale, n);
  const states = (await countRosterStates(k, roster.id)).filter(({ state }) => state !== 'checked');
  return (
    <>
      {roster.state === 'checking' && (
        <Notice>
          <p>{text.progress(number(roster.done), number(roster.lines))}</p>
        </Notice>
      )}
      {roster.state === 'publishing' && (
        <Notice>
          <p>{text.publishing}</p>
        </Notice>
      )}
      {(roster.state === 'checking' || roster.state === 'publishing') && (
        <p>
          <a class="button quiet" href={path}>
            {text.again}
          </a>
        </p>
      )}
      <RosterFacts locale={locale} roster={roster} />
      <Table
        caption={text.counts}
        head={[text.outcome, text.count]}
        numbers={[1]}
        rows={(['fine', 'duplicate', 'wrong'] as const).map((one) => [
          rosterText(locale).verdicts[one],
          number({ fine: roster.fine, duplicate: roster.duplicates, wrong: roster.wrong }[one]),
        ])}
      />
      {roster.published_at && states.length > 0 && (
        <Table
          caption={text.states}
          head={[text.outcome, text.count]}
          numbers={[1]}
          rows={states.map(({ state, count }) => [rosterText(locale).rowStates[state], number(count)])}
        />
      )}
      <h2>{text.bad}</h2>
      {bad.length === 0 ? (
        <p>{text.allGood}</p>
      ) : (
        <Lines locale={locale} rows={bad} names={await namesOf(k, bad)} />
      )}
      {bad.length === PAGE && (
        <p>
          <a class="button quiet" rel="next" href={`${path}?after=${bad.at(-1)!.line}`}>
            {text.more}
          </a>
        </p>
      )}
      <p>
        <a href={`${path}/report.csv`} download>
          {text.report}
        </a>
      </p>
      {roster.state === 'checked' && <Submit locale={locale} roster={roster} path={path} />}
      {roster.state === 'waiting' && <p>{text.waiting}</p>}
      <End locale={locale} roster={roster} path={path} />
    </>
  );
}

/** What is known of a list. */
export function RosterFacts({ locale, roster }: { locale: Locale; roster: RosterRow }) {
  const text = rosterText(locale);
  const { show } = text;
  const at = (label: string, date: Date | null) =>
    date ? ([[label, formatTime(locale, date)]] as const) : [];
  return (
    <Facts
      rows={[
        [show.role, `${roster.through_name} (${text.roles[roster.role]})`],
        [show.origin, <bdi>{roster.file_name}</bdi>],
        [show.version, show.versionValue(roster.declaration_version)],
        [text.list.state, <strong>{text.states[roster.state]}</strong>],
        ...at(show.sent, roster.submitted_at),
        ...at(show.decided, roster.decided_at),
        ...(roster.answer ? [[show.answer, roster.answer] as const] : []),
      ]}
    />
  );
}

function Lines(props: { locale: Locale; rows: readonly RosterLine[]; names: ReadonlyMap<string, string> }) {
  const { locale, rows, names } = props;
  const text = rosterText(locale).show;
  return (
    <Table
      caption={text.bad}
      captionHidden
      head={[text.line, text.name, text.what, text.todo]}
      rows={rows.map((row) => {
        const problem = row.problem && rowText(locale)[row.problem];
        return [
          String(row.line),
          <bdi>{names.get(row.id) || '–'}</bdi>,
          <>
            {problem?.what}
            {row.problem_about && (
              <>
                {' '}
                (<bdi>{row.problem_about}</bdi>)
              </>
            )}
          </>,
          problem?.cure,
        ];
      })}
    />
  );
}

function Submit({ locale, roster, path }: { locale: Locale; roster: RosterRow; path: string }) {
  const text = rosterText(locale).show;
  const statement = currentStatement(roster.origin);
  const imported = roster.origin === 'import';
  return (
    <>
      <h2>{text.document}</h2>
      {roster.document_name && (
        <p>
          <bdi>{text.documentHere(roster.document_name)}</bdi>
        </p>
      )}
      <form method="post" action={`${path}/document`} enctype="multipart/form-data">
        <Field
          name="file"
          type="file"
          label={text.document}
          hint={text.documentHint}
          accept=".pdf,image/png,image/jpeg"
          required
        />
        <button type="submit" class="quiet">
          {text.documentButton}
        </button>
      </form>
      <h2>{text.submit}</h2>
      <form method="post" action={path}>
        <input type="hidden" name="statementVersion" value={String(statement.version)} />
        <Checkbox name="statement" label={statement.texts[locale]} required />
        {roster.fine < roster.lines && (
          <Checkbox name="onlyGood" label={text.onlyGood(formatNumber(locale, roster.fine))} />
        )}
        {!imported && <p class="hint">{text.direct}</p>}
        <button type="submit" name="action" value="submit">
          {imported ? text.importButton : text.submitButton}
        </button>
      </form>
    </>
  );
}

function End({ locale, roster, path }: { locale: Locale; roster: RosterRow; path: string }) {
  const text = rosterText(locale).show;
  if (roster.state === 'refused' || roster.state === 'withdrawn') return null;
  const draft = roster.state === 'checked' || roster.state === 'checking';
  return (
    <AskFirst
      label={draft ? text.discard : text.withdraw}
      title={draft ? text.discard : text.withdraw}
      cancel={text.keep}
      tone="danger"
    >
      <p>{draft ? text.discardText : text.withdrawText}</p>
      <form method="post" action={path}>
        <button type="submit" name="action" value="withdraw" class="danger">
          {draft ? text.discardButton : text.withdrawButton}
        </button>
      </form>
    </AskFirst>
  );
}
