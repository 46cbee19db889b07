import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  cleanLine,
  createRouter,
  failCommon,
  formatNumber,
  formatTime,
  type HttpContext,
  type Locale,
  type Router,
  readForm,
} from '../../kernel/index.ts';
import { ActionForm, Choices, Empty, Field, Notice, renderPage, Table } from '../../web/index.ts';
import { acceptHeldOfDomain, type HeldDomain, listHeldDomains } from '../checks/hold-signatures.ts';
import { ruleMailDomain } from '../checks/mail-domains.ts';
import type { Alarm } from './alarm.ts';
import { floodText } from './flood-messages.ts';
import { alarmLine, keyName } from './operator-mails.ts';
import type { AlarmKind } from './store-floods.ts';
import { closeAlarm, listAlarms, topSources } from './watch-trend.ts';

const PATH = '/operator/campaign/floods';
const MARGIN_MS = 60 * 60_000;

const mailDomain = cleanLine(253)
  .transform((text) => text.toLowerCase().replace(/^@/, ''))
  .pipe(z.string().regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/));
const ruleForm = z.object({
  domain: mailDomain,
  ruling: z.enum(['held', 'accepted']),
  reason: cleanLine(500),
});

/** `/operator/campaign/floods`: alarms, where sign-ups come from, what is held for its mail domain. */
export function floodPages(): Router {
  const router = createRouter();
  router.get(PATH, async (c) => {
    await requireOperator(c);
    return show(c);
  });
  router.post(`${PATH}/alarms/:id/close`, async (c) => {
    const { id: operatorId } = await requireOperator(c);
    const id = c.req.param('id');
    if (!z.uuid().safeParse(id).success || !(await closeAlarm(c.get('k'), id, operatorId)))
      throw failCommon('not-found');
    return c.redirect(PATH, 303);
  });
  router.post(`${PATH}/held`, async (c) => {
    const { id: operatorId } = await requireOperator(c);
    const { domain } = await readForm(c, z.object({ domain: mailDomain }));
    const accepted = await acceptHeldOfDomain(c.get('k'), domain, operatorId);
    return c.redirect(`${PATH}?accepted=${accepted}`, 303);
  });
  router.post(`${PATH}/domains`, async (c) => {
    const { id: operatorId } = await requireOperator(c);
    await ruleMailDomain(c.get('k'), { ...(await readForm(c, ruleForm)), operatorId });
    return c.redirect(`${PATH}?ruled`, 303);
  });
  return router;
}

async function show(c: HttpContext) {
  const k = c.get('k');
  const locale = c.get('locale');
  const text = floodText(locale);
  const accepted = /^\d{1,9}$/.exec(c.req.query('accepted') ?? '')?.[0];
  return renderPage(
    c,
    { title: text.title, wide: true },
    <>
      <h1>{text.title}</h1>
      {accepted && (
        <Notice tone="good">
          <p>{text.acceptedCount(formatNumber(locale, Number(accepted)))}</p>
        </Notice>
      )}
      {c.req.query('ruled') !== undefined && (
        <Notice tone="good">
          <p>{text.ruled}</p>
        </Notice>
      )}
      <p class="lead">{text.intro}</p>
      <p>
        <a class="button quiet" href="/operator/campaign/clean-up">
          {text.cleanUp}
        </a>
      </p>
      <Alarms locale={locale} alarms={await listAlarms(k)} />
      <Sources locale={locale} sources={await topSources(k)} />
      <Held locale={locale} domains={await listHeldDomains(k)} />
    </>,
  );
}

function Alarms({ locale, alarms }: { locale: Locale; alarms: readonly Alarm[] }) {
  const text = floodText(locale);
  if (alarms.length === 0)
    return (
      <Empty title={text.noAlarms}>
        <p>{text.noAlarmsText}</p>
      </Empty>
    );
  return (
    <Table
      caption={text.alarms}
      head={[text.alarm, text.since, text.last, text.what]}
      rows={alarms.map((alarm) => [
        alarmLine(locale, alarm),
        formatTime(locale, alarm.raisedAt),
        formatTime(locale, alarm.lastSeenAt),
        alarm.closedAt ? (
          `${text.closed} ${formatTime(locale, alarm.closedAt)}`
        ) : (
          <>
            {!alarm.key.startsWith('forgotten') && (
              <a href={cleanUpHref(alarm.kind, alarm.key, alarm.raisedAt)}>{text.look}</a>
            )}
            <ActionForm action={`${PATH}/alarms/${alarm.id}/close`} label={text.close} />
          </>
        ),
      ])}
    />
  );
}

type Source = { readonly kind: AlarmKind; readonly key: string; readonly count: number };

function Sources({ locale, sources }: { locale: Locale; sources: readonly Source[] }) {
  const text = floodText(locale);
  if (sources.length === 0)
    return (
      <section aria-labelledby="sources">
        <h2 id="sources">{text.top}</h2>
        <p>{text.topNone}</p>
      </section>
    );
  return (
    <Table
      caption={text.top}
      head={[text.source, text.count, text.what]}
      rows={sources.map((source) => [
        text.kinds[source.kind](keyName(locale, source)),
        formatNumber(locale, source.count),
        <a href={cleanUpHref(source.kind, source.key)}>{text.look}</a>,
      ])}
    />
  );
}

function Held({ locale, domains }: { locale: Locale; domains: readonly HeldDomain[] }) {
  const text = floodText(locale);
  return (
    <section aria-labelledby="held">
      <h2 id="held">{text.heldTitle}</h2>
      <p>{domains.length === 0 ? text.heldNone : text.heldText}</p>
      {domains.length > 0 && (
        <Table
          caption={text.heldTitle}
          captionHidden
          head={[text.domain, text.waiting, text.examples, text.what]}
          rows={domains.map(({ domain, count, names }) => [
            domain,
            formatNumber(locale, count),
            <bdi>{names.join(' · ')}</bdi>,
            <>
              <ActionForm action={`${PATH}/held`} label={text.accept}>
                <input type="hidden" name="domain" value={domain} />
              </ActionForm>
              <a href={cleanUpHref('domain', domain)}>{text.look}</a>
            </>,
          ])}
        />
      )}
      <h3>{text.ruleTitle}</h3>
      <p>{text.ruleText}</p>
      <form method="post" action={`${PATH}/domains`}>
        <Field name="domain" label={text.domain} required maxLength={253} />
        <Choices
          name="ruling"
          legend={text.ruling}
          required
          options={[
            { value: 'held', label: text.held },
            { value: 'accepted', label: text.accepted },
          ]}
        />
        <Field name="reason" label={text.reason} hint={text.reasonHint} required maxLength={500} />
        <button type="submit">{text.ruleButton}</button>
      </form>
    </section>
  );
}

/** The dry run about one source; for an alarm from an hour before it was raised. */
function cleanUpHref(kind: AlarmKind, key: string, raisedAt?: Date): string {
  const name = kind === 'refused' ? 'network' : kind;
  const query = new URLSearchParams(name === 'all' ? {} : { [name]: key });
  if (raisedAt)
    query.set('from', new Date(raisedAt.getTime() - MARGIN_MS).toISOString().slice(0, 16).replace('T', ' '));
  return `/operator/campaign/clean-up?${query}`;
}
