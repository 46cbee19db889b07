import { z } from 'zod';
import { findUsers, requireOperator, type User } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatMoney,
  formatTime,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { findParties } from '../../parties/index.ts';
import {
  ActionForm,
  Badge,
  Choices,
  Field,
  issueText,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { bankText } from '../messages.ts';
import type { HandPayment } from '../model.ts';
import { confirmPayment, listPayments, proposePayment, withdrawPayment } from '../payments-by-hand.ts';

const AMOUNT = /^([0-9]{1,10})(?:[.,]([0-9]{1,2}))?$/;
const form = z.object({
  kind: z.enum(['invoice', 'prepaid']),
  target: cleanLine(100),
  amount: z
    .string()
    .trim()
    .regex(AMOUNT, 'an amount such as 12.50')
    .transform(microOf)
    .refine((micro) => micro > 0n, 'an amount such as 12.50'),
  note: cleanLine(200),
});
type Typed = { readonly [name: string]: string | string[] | undefined };
const TONE = { proposed: 'info', confirmed: 'good', withdrawn: 'warn' } as const;

/** `/operator/bank/payments`: money no bank record shows, on the word of two operators. */
export function paymentsPage(): Router {
  const router = createRouter();
  router.get('/operator/bank/payments', async (c) => page(c));
  router.post('/operator/bank/payments', async (c) => {
    const typed = await formFields(c);
    return act(c, typed, async (user) => {
      const { amount, ...said } = checkFields(form, typed);
      await proposePayment(c.get('k'), { ...said, amountMicro: amount, actor: user.id });
    });
  });
  router.post('/operator/bank/payments/:id/confirm', async (c) =>
    act(c, {}, async (user) => {
      await confirmPayment(c.get('k'), { id: c.req.param('id'), actor: user.id });
    }),
  );
  router.post('/operator/bank/payments/:id/withdraw', async (c) =>
    act(c, {}, (user) => withdrawPayment(c.get('k'), { id: c.req.param('id'), actor: user.id })),
  );
  return router;
}

async function act(c: HttpContext, typed: Typed, action: (user: User) => Promise<void>): Promise<Response> {
  const user = await requireOperator(c);
  try {
    await action(user);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return page(c, error, typed);
  }
  return c.redirect('/operator/bank/payments', 303);
}

function microOf(text: string): bigint {
  const [, whole = '0', fraction = ''] = AMOUNT.exec(text) ?? [];
  return BigInt(whole + fraction.padEnd(6, '0'));
}

async function page(c: HttpContext, problem?: Problem, typed: Typed = {}): Promise<Response> {
  const me = await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = bankText(locale).hand;
  const { currency } = await requireInstance(k);
  const errors = new Map(
    ((problem?.fields.errors ?? []) as { path: string; message: string }[]).map(({ path, message }) => [
      path,
      path === 'amount' ? text.amountFault : issueText(locale, message),
    ]),
  );
  const field = (name: string) => ({
    name,
    value: String(typed[name] ?? ''),
    error: errors.get(name),
    required: true,
  });
  return renderPage(
    c,
    { title: text.title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} beside />
      <p class="lead">{text.intro}</p>
      <Payments c={c} payments={await listPayments(k)} me={me} />
      <h2>{text.propose}</h2>
      <form method="post" action="/operator/bank/payments">
        <Choices
          name="kind"
          legend={text.kind}
          value={String(typed.kind ?? 'invoice')}
          required
          options={(['invoice', 'prepaid'] as const).map((value) => ({ value, label: text.kinds[value] }))}
        />
        <Field {...field('target')} label={text.target} hint={text.targetHint} maxLength={100} />
        <Field {...field('amount')} label={text.amount(currency)} inputMode="decimal" maxLength={14} />
        <Field {...field('note')} label={text.note} maxLength={200} />
        <button type="submit" class="main">
          {text.button}
        </button>
      </form>
    </>,
  );
}

async function Payments({ c, payments, me }: { c: HttpContext; payments: readonly HandPayment[]; me: User }) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = bankText(locale).hand;
  if (payments.length === 0) return <p>{text.none}</p>;
  const users = await findUsers(k, [
    ...new Set(payments.flatMap((p) => [p.proposedBy, p.decidedBy ?? p.proposedBy])),
  ]);
  const companies = await findParties(k, [
    ...new Set(payments.flatMap(({ kind, target }) => (kind === 'prepaid' ? [target] : []))),
  ]);
  const nameOf = (id: string | null) => (id === null ? '' : (users.get(id)?.name ?? id));
  return (
    <Table
      caption={text.title}
      captionHidden
      head={[bankText(locale).bank.head.amount, text.target, text.note, text.by, text.decided, text.stands]}
      rows={payments.map((p) => [
        <>
          {formatMoney(locale, p.amountMicro, p.currency)}{' '}
          <Badge tone="warn">{bankText(locale).bank.word}</Badge>
        </>,
        <>
          {text.kinds[p.kind]}: {companies.get(p.target)?.name ?? p.target}
        </>,
        p.note,
        `${nameOf(p.proposedBy)}, ${formatTime(locale, p.proposedAt)}`,
        nameOf(p.decidedBy),
        <>
          <Badge tone={TONE[p.state]}>{text.state[p.state]}</Badge>{' '}
          {p.shownBy && <a href={`/operator/bank/entries/${p.shownBy}`}>{text.shown}</a>}
          {p.state === 'confirmed' && !p.shownBy && (
            <small>
              {text.id}: <code>{p.id}</code>
            </small>
          )}
          {p.state === 'proposed' && p.proposedBy !== me.id && (
            <ActionForm action={`/operator/bank/payments/${p.id}/confirm`} label={text.confirm} tone="main" />
          )}
          {p.state === 'proposed' && (
            <ActionForm action={`/operator/bank/payments/${p.id}/withdraw`} label={text.withdraw} />
          )}
        </>,
      ])}
    />
  );
}
