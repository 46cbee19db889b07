import { z } from 'zod';
import { requireOperator } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatMoney,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { findParties } from '../../parties/index.ts';
import {
  ActionForm,
  Choices,
  Empty,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { nameOf } from '../build-lines.ts';
import { issueStatements } from '../issue-statements.ts';
import { statementsText } from '../messages.ts';
import { answerObjection, listObjections, objectionText } from '../raise-objection.ts';
import { listStatements } from '../read-statements.ts';

const HERE = '/operator/statements';
const answerForm = z.object({ outcome: z.enum(['upheld', 'declined']), answer: objectionText });

/** `/operator/statements`: issue them, and answer objections. */
export function operatorPage(): Router {
  const router = createRouter();
  router.get(HERE, (c) => show(c));
  router.post(HERE, async (c) => {
    await requireOperator(c);
    const k = c.get('k');
    const issued = await issueStatements(k, { to: k.clock.now() });
    return c.redirect(`${HERE}?issued=${issued.length}`, 303);
  });
  router.post(`${HERE}/objections/:id`, async (c) => {
    const { id: userId } = await requireOperator(c);
    try {
      const { outcome, answer } = checkFields(answerForm, await formFields(c));
      await answerObjection(c.get('k'), { id: c.req.param('id') ?? '', outcome, answer, userId });
      return c.redirect(`${HERE}#objections`, 303);
    } catch (error) {
      if (error instanceof Problem) return show(c, error);
      throw error;
    }
  });
  return router;
}

async function show(c: HttpContext, problem?: Problem): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const all = statementsText(locale);
  const text = all.operator;
  const [statements, objections] = [(await listStatements(k)).slice(0, 100), await listObjections(k)];
  const names = await findParties(k, [
    ...new Set([...statements, ...objections].map(({ partyId }) => partyId)),
  ]);
  const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
  const issued = Number(/^[0-9]{1,9}$/.exec(c.req.query('issued') ?? '')?.[0] ?? -1);
  return renderPage(
    c,
    { title: text.title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {issued >= 0 && <Notice tone="good">{issued === 0 ? text.none : text.issued(issued)}</Notice>}
      <p class="lead">{text.intro}</p>
      <ActionForm action={HERE} label={text.issue} tone="main" />
      {statements.length === 0 ? (
        <Empty title={all.statements.title}>
          <p>{text.empty}</p>
        </Empty>
      ) : (
        <Table
          caption={all.statements.title}
          head={[
            all.statements.number,
            all.statements.payee,
            all.statements.to,
            all.statements.earned,
            all.statements.closing,
          ]}
          rows={statements.map((s) => [
            <a href={`/earnings/statements/${s.id}`}>{all.statements.name(s.number, s.currency)}</a>,
            nameOf(names.get(s.partyId)?.name),
            formatDate(locale, new Date(s.toAt.getTime() - 1), zone),
            formatMoney(locale, s.earnedMicro, s.currency),
            formatMoney(locale, s.closingMicro, s.currency),
          ])}
        />
      )}
      <h2 id="objections">{text.objections}</h2>
      {objections.length === 0 && <p>{text.noObjections}</p>}
      {objections.map((o) => (
        <section class="question">
          <h3>
            {nameOf(names.get(o.partyId)?.name)}:{' '}
            <a href={`/earnings/statements/${o.statementId}`}>{all.statements.name(o.number, o.currency)}</a>,{' '}
            {o.position === null ? all.objection.all : `${all.objection.line} ${o.position}`}
          </h3>
          <p>{o.reason}</p>
          <p>
            {all.objection.disputed}: {formatMoney(locale, o.disputedMicro, o.currency)} ·{' '}
            {o.outcome === null ? all.objection.open : all.objection.outcome[o.outcome]}
            {o.answer !== null && <> · {o.answer}</>}
          </p>
          {o.outcome === null && (
            <form method="post" action={`${HERE}/objections/${o.id}`}>
              <Choices
                name="outcome"
                legend={text.outcome}
                required
                options={[
                  { value: 'upheld', label: text.uphold },
                  { value: 'declined', label: text.decline },
                ]}
              />
              <Field
                id={`answer-${o.id}`}
                name="answer"
                label={text.answer}
                rows={3}
                required
                maxLength={2_000}
              />
              <button type="submit">{all.objection.answer}</button>
            </form>
          )}
        </section>
      ))}
    </>,
  );
}
