import { requireOperator } from '../../identity/index.ts';
import { formatNumber, formatTime, type HttpContext, type Locale, type Problem } from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { AskFirst, Facts, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { findMailing, needsSecondPerson } from './edit-mailing.ts';
import { type Audience, localesOf, type Mailing } from './mailing.ts';
import { mailingText } from './mailing-messages.ts';
import { type AudiencePreview, type Progress, previewAudience, reportMailing } from './show-mailing.ts';

/** One mailing: before approval whom it would reach, afterwards how far it is. */
export async function mailingPage(c: HttpContext, problem?: Problem) {
  const operator = await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = mailingText(locale);
  const mailing = await findMailing(k, c.req.param('id') ?? '');
  const open = mailing.state === 'draft' || mailing.state === 'proposed';
  const preview = open ? await previewAudience(k, mailing.audience) : undefined;
  const second = open && (await needsSecondPerson(k));
  const mayApprove = !second || mailing.writtenBy !== operator.id;
  const underWay = mailing.state === 'sending' || mailing.state === 'scheduled';
  const watching = underWay && c.req.query('watch') !== undefined;
  return renderPage(
    c,
    {
      title: text.kinds[mailing.kind],
      wide: true,
      ...(problem ? { status: problem.status } : {}),
      ...(watching ? { headers: { Refresh: '10' } } : {}),
    },
    <>
      <p>
        <a href="/operator/campaign/mailings">{text.back}</a>
      </p>
      <h1>{text.kinds[mailing.kind]}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {c.req.query('tested') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.testDone}</p>
        </Notice>
      )}
      <Facts rows={factsOf(mailing, locale)} />
      {preview && <Reach locale={locale} preview={preview} />}
      {preview && mailing.state === 'draft' && <Propose locale={locale} mailing={mailing} second={second} />}
      {preview && mailing.state === 'proposed' && mayApprove && (
        <Approve locale={locale} mailing={mailing} count={preview.count} />
      )}
      {preview && mailing.state === 'proposed' && !mayApprove && <p>{text.proposeTwo}</p>}
      {!open && (
        <Report locale={locale} mailing={mailing} progress={(await reportMailing(k, mailing.id)).progress} />
      )}
      {underWay && (
        <p>
          {watching ? (
            <a href={c.req.path}>{text.watchEnd}</a>
          ) : (
            <a href={`${c.req.path}?watch`}>{text.watch}</a>
          )}
        </p>
      )}
      <Steering locale={locale} mailing={mailing} email={operator.email} />
      <Words locale={locale} mailing={mailing} />
    </>,
  );
}

function factsOf(m: Mailing, locale: Locale) {
  const text = mailingText(locale);
  const at = (time: Date) => formatTime(locale, time);
  const rows: (readonly [string, string | null])[] = [
    [text.state, text.states[m.state]],
    [text.audience, describe(m.audience, locale)],
    [text.startAt, m.state === 'draft' || m.startedAt ? null : m.startAt ? at(m.startAt) : text.atOnce],
    [text.perMinute, m.state === 'draft' ? null : formatNumber(locale, m.perMinute)],
    [text.startedAt, m.startedAt && at(m.startedAt)],
    [text.finishedAt, m.finishedAt && at(m.finishedAt)],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

function describe(a: Audience, locale: Locale): string {
  const text = mailingText(locale);
  const parts = [
    a.locale && `${text.locale}: ${text.languages[a.locale]}`,
    a.craft && `${text.craft}: ${craftName(locale, a.craft)}`,
    a.country && `${text.country}: ${countryName(locale, a.country)}`,
    a.kind && `${text.kind}: ${text.kindNames[a.kind]}`,
    a.version && `${text.version}: ${a.version}`,
    a.before && text.before(a.before),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(' · ') : text.everybody;
}

function Reach({ locale, preview }: { locale: Locale; preview: AudiencePreview }) {
  const text = mailingText(locale);
  const { count, byLocale, sample } = preview;
  const number = (n: number) => formatNumber(locale, n);
  const said = count === 0 ? text.reachesNone : count === 1 ? text.reachesOne : text.reaches(number(count));
  return (
    <section aria-labelledby="reach">
      <h2 id="reach">{said}</h2>
      <p>{text.byLocale(number(byLocale.en), number(byLocale.de))}</p>
      {sample.length > 0 && (
        <Table
          caption={text.sample}
          head={[text.name, text.kind, text.craft, text.country, text.locale, text.version]}
          rows={sample.map((one) => [
            <bdi>{one.name}</bdi>,
            text.kindNames[one.kind],
            craftName(locale, one.craft),
            countryName(locale, one.country),
            text.languages[one.locale],
            String(one.version),
          ])}
        />
      )}
    </section>
  );
}

type Part = { readonly locale: Locale; readonly mailing: Mailing };
const actionOf = ({ id }: Mailing) => `/operator/campaign/mailings/${id}`;
const Edition = ({ mailing }: { mailing: Mailing }) => (
  <input type="hidden" name="edition" value={String(mailing.edition)} />
);

function Propose({ locale, mailing, second }: Part & { second: boolean }) {
  const text = mailingText(locale);
  return (
    <form method="post" action={actionOf(mailing)}>
      <h2>{text.propose}</h2>
      <p>{second ? text.proposeTwo : text.proposeAlone}</p>
      <Edition mailing={mailing} />
      <Field name="date" label={text.date} maxLength={10} />
      <Field name="time" label={text.time} maxLength={5} />
      <Field
        name="perMinute"
        label={text.perMinute}
        hint={text.perMinuteHint}
        inputMode="numeric"
        value={String(mailing.perMinute)}
        required
        maxLength={4}
      />
      <button type="submit" name="action" value="propose">
        {text.proposeButton}
      </button>
    </form>
  );
}

function Approve({ locale, mailing, count }: Part & { count: number }) {
  const text = mailingText(locale);
  const { startAt } = mailing;
  return (
    <form method="post" action={actionOf(mailing)}>
      <h2>{text.approve}</h2>
      <p>
        {startAt ? text.approveAt(formatTime(locale, startAt)) : text.approveNow} {text.approveText}
      </p>
      <Edition mailing={mailing} />
      <button type="submit" name="action" value="approve">
        {text.approveButton(formatNumber(locale, count))}
      </button>
    </form>
  );
}

const COUNTS = ['sent', 'queued', 'suppressed', 'bounced', 'failed'] as const;

function Report({ locale, progress }: Part & { progress: Progress }) {
  const text = mailingText(locale);
  const number = (n: number) => formatNumber(locale, n);
  const { written, total } = progress;
  return (
    <section aria-labelledby="report">
      <h2 id="report">{text.report}</h2>
      <p>
        <label for="written">{text.bar(number(written), number(total))}</label>
        <progress id="written" value={written} max={Math.max(total, 1)} />
      </p>
      <Facts rows={COUNTS.map((state) => [text.counts[state], number(progress[state])] as const)} />
    </section>
  );
}

function Steering({ locale, mailing, email }: Part & { email: string }) {
  const text = mailingText(locale);
  const { state } = mailing;
  const open = state === 'draft' || state === 'proposed';
  const stoppable = state === 'scheduled' || state === 'sending' || state === 'paused';
  const button = (action: string, label: string, tone = 'quiet') => (
    <form method="post" action={actionOf(mailing)} class="inline">
      <button type="submit" name="action" value={action} class={tone}>
        {label}
      </button>
    </form>
  );
  return (
    <>
      {open && (
        <p>
          <a href={`${actionOf(mailing)}/edit`}>{text.edit}</a>
        </p>
      )}
      {open && (
        <form method="post" action={actionOf(mailing)}>
          <Field name="to" type="email" label={text.testTo} value={email} required maxLength={300} />
          <button type="submit" name="action" value="test" class="quiet">
            {text.test}
          </button>
        </form>
      )}
      {open && button('discard', text.discard, 'danger')}
      {state === 'sending' && button('pause', text.pause)}
      {state === 'paused' && button('resume', text.resume, 'main')}
      {stoppable && (
        <AskFirst label={text.stop} title={text.stopTitle} cancel={text.cancel} tone="danger">
          <p>{text.stopText}</p>
          {button('stop', text.stop, 'danger')}
        </AskFirst>
      )}
    </>
  );
}

function Words({ locale, mailing }: Part) {
  const text = mailingText(locale);
  return (
    <>
      <h2>{text.preview}</h2>
      {localesOf(mailing).map((lang) => {
        const words = mailing.texts[lang];
        if (!words) return null;
        return (
          <article lang={lang}>
            <h3>{words.subject}</h3>
            {words.body.split(/\n\s*\n/).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </article>
        );
      })}
    </>
  );
}
