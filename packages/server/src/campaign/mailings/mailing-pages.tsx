import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { Empty, renderPage, Table } from '../../web/index.ts';
import { currentDeclaration } from '../declaration/declaration.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { testMailing } from './compose-mailing.ts';
import {
  approveMailing,
  discardMailing,
  findMailing,
  pauseMailing,
  proposeMailing,
  resumeMailing,
  saveMailing,
  stopMailing,
} from './edit-mailing.ts';
import { localesOf, type Mailing, perMinuteSchema } from './mailing.ts';
import { firstWords, kindOf, mailingForm, readMailing, toFields } from './mailing-form-page.tsx';
import { mailingText } from './mailing-messages.ts';
import { mailingPage } from './mailing-page.tsx';
import { fail } from './mailing-problems.ts';
import { listMailings } from './show-mailing.ts';

const PATH = '/operator/campaign/mailings';

/** `/operator/campaign/mailings`: write, test, approve, send, pause, stop; and how far each is. */
export function mailingPages(): Router {
  const router = createRouter();
  router.get(PATH, list);
  router.get(`${PATH}/new`, async (c) => {
    await requireOperator(c);
    const target = /^\d{1,9}$/.exec(c.req.query('target') ?? '')?.[0] ?? '0';
    return mailingForm(c, `${PATH}/new`, await firstWords(c, kindOf(c.req.query('as')), Number(target)));
  });
  router.post(`${PATH}/new`, (c) => save(c));
  router.get(`${PATH}/:id`, (c) => mailingPage(c));
  router.get(`${PATH}/:id/edit`, async (c) => {
    await requireOperator(c);
    const mailing = await findMailing(c.get('k'), c.req.param('id'));
    return mailingForm(c, `${PATH}/${mailing.id}/edit`, toFields(mailing));
  });
  router.post(`${PATH}/:id/edit`, (c) => save(c, c.req.param('id')));
  router.post(`${PATH}/:id`, async (c) => {
    const operator = await requireOperator(c);
    const fields = await formFields(c);
    try {
      const next = await act(c, c.req.param('id'), fields, operator);
      return c.redirect(next, 303);
    } catch (error) {
      if (error instanceof Problem && error.code !== 'mailing-unknown') return mailingPage(c, error);
      throw error;
    }
  });
  return router;
}

async function act(
  c: HttpContext,
  id: string,
  fields: FormValues,
  { id: by }: { id: string },
): Promise<string> {
  const k = c.get('k');
  const about = { id, edition: Number(fields.edition), by };
  const here = `${PATH}/${id}`;
  switch (fields.action) {
    case 'test':
      await testMailing(k, { id, to: String(fields.to ?? '') });
      return `${here}?tested`;
    case 'propose':
      await proposeMailing(k, {
        ...about,
        startAt: minute(fields),
        perMinute: checkFields(perMinuteSchema, fields.perMinute),
      });
      return here;
    case 'approve':
      await approveMailing(k, about);
      return here;
    case 'pause':
      await pauseMailing(k, about);
      return here;
    case 'resume':
      await resumeMailing(k, about);
      return here;
    case 'stop':
      await stopMailing(k, about);
      return here;
    case 'discard':
      await discardMailing(k, about);
      return PATH;
    default:
      throw fail('mailing-not-under-way');
  }
}

function minute(fields: FormValues): Date | null {
  const [date, time] = [String(fields.date ?? '').trim(), String(fields.time ?? '').trim()];
  if (date === '' && time === '') return null;
  const text = `${date}T${time}:00Z`;
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/.test(text) || Number.isNaN(at.getTime()))
    throw fail('mailing-time-wrong');
  return at;
}

async function save(c: HttpContext, id?: string) {
  const { id: by } = await requireOperator(c);
  const fields = await formFields(c);
  try {
    const given = { ...readMailing(fields), by };
    const saved = await saveMailing(c.get('k'), id === undefined ? given : { ...given, id });
    return c.redirect(`${PATH}/${saved}`, 303);
  } catch (error) {
    if (error instanceof Problem && error.code !== 'mailing-unknown')
      return mailingForm(c, c.req.path, fields, error);
    throw error;
  }
}

async function list(c: HttpContext) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = mailingText(locale);
  const number = (n: number) => formatNumber(locale, n);
  const mailings = await listMailings(k);
  const { version } = await currentDeclaration(k);
  return renderPage(
    c,
    { title: text.title, wide: true },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <p>
        <a class="button" href={`${PATH}/new`}>
          {text.write}
        </a>
        {version > 1 && <a href={`${PATH}/new?as=agree-again`}>{text.writeAgain}</a>}
        <a href="/operator/campaign/goals">{text.goalsLink}</a>
        <a href="/operator/campaign/returns">{text.returnsLink}</a>
      </p>
      {mailings.length === 0 && <Empty title={text.listNone}>{<p>{text.bodyHint}</p>}</Empty>}
      {mailings.length > 0 && (
        <Table
          caption={text.list}
          head={[text.subject, text.kindOf, text.state, text.progress, text.returned, text.writtenAt]}
          rows={mailings.map(({ mailing, progress }) => [
            <a href={`${PATH}/${mailing.id}`}>{titleOf(mailing, locale)}</a>,
            text.kinds[mailing.kind],
            text.states[mailing.state],
            mailing.startedAt ? text.of(number(progress.written), number(progress.total)) : '–',
            number(progress.bounced),
            formatTime(locale, mailing.writtenAt),
          ])}
        />
      )}
    </>,
  );
}

function titleOf({ texts, audience }: Mailing, locale: 'en' | 'de'): string {
  return (texts[locale] ?? texts[localesOf({ audience })[0]!])?.subject ?? '–';
}
