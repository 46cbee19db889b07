import { bankAccount } from '../../bank/index.ts';
import {
  formatDate,
  formatMoney,
  formatNumber,
  formatTime,
  type HttpContext,
  type Instance,
  type Locale,
  type Problem,
  requireInstance,
} from '../../kernel/index.ts';
import { offersText, priceInWords } from '../../offers/index.ts';
import { findParties } from '../../parties/index.ts';
import { usageText } from '../../usage/index.ts';
import {
  ActionForm,
  Badge,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { billingText } from '../messages.ts';
import type { BillingLine, CreditNote, Invoice, Payment } from '../model.ts';
import { readPeriod } from '../open-period.ts';
import { linesOfInvoice, settlementOf } from '../read-invoice.ts';
import type { Seen } from '../viewer.ts';

export const TONE = { open: 'warn', 'partly-paid': 'warn', settled: 'good' } as const;
/** So many lines of an invoice are on one page; all are in its files. */
const LINES = 100;

type Props = {
  readonly locale: Locale;
  readonly invoice: Invoice;
  readonly zone: string;
  readonly operator: boolean;
};

/** One invoice: what is owed, for what, what came in, and what can be done. */
export async function invoicePage(
  c: HttpContext,
  { invoice, operator }: Seen,
  problem?: Problem,
): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = billingText(locale).invoice;
  const instance = await requireInstance(k);
  const period = await readPeriod(k, invoice.periodId);
  const lines = await linesOfInvoice(k, invoice.id);
  const { payments, credits } = await settlementOf(k, invoice.id);
  const licensee = (await findParties(k, [invoice.licenseeId])).get(invoice.licenseeId)?.name ?? '';
  const account = invoice.openMicro > 0n ? await bankAccount(k) : undefined;
  const first = Math.min(Number(/^[0-9]{1,6}$/.exec(c.req.query('line') ?? '')?.[0] ?? 0), lines.length);
  const shown = lines.slice(first, first + LINES);
  const props = { locale, invoice, zone: instance.zone, operator };
  const title = text.title(invoice.number);
  return renderPage(
    c,
    { title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{title}</h1>
      {c.req.query('done') === 'yes' && <Notice tone="good">{text.done}</Notice>}
      <ProblemNotice problem={problem} locale={locale} />
      <Notice tone="warn">{text.proForma}</Notice>
      <Facts
        rows={[
          [text.licensee, licensee],
          [
            text.period,
            `${formatTime(locale, period.from, period.zone)} – ${formatTime(locale, period.to, period.zone)}`,
          ],
          [text.issued, formatDate(locale, invoice.issuedAt, instance.zone)],
          [text.issuer, nameOf(locale, instance)],
          ...amounts(props),
          [text.hash, <code>{invoice.sha256}</code>],
        ]}
      />
      {invoice.openMicro > 0n && <HowToPay {...props} iban={account?.iban} name={account?.name} />}
      <Lines {...props} lines={shown} />
      {first + LINES < lines.length && (
        <p>
          <a href={`/invoices/${invoice.id}?line=${first + LINES}`}>{text.more}</a>
        </p>
      )}
      <Payments {...props} payments={payments} />
      <Credits {...props} credits={credits} />
      {operator && <CreditForm {...props} lines={shown} />}
      <section>
        <h2>{text.download}</h2>
        <ul>
          <li>
            <a href={`/invoices/${invoice.id}/invoice.jws`}>{text.signed}</a>
          </li>
          <li>
            <a href={`/invoices/${invoice.id}/invoice.json`}>{text.json}</a>
          </li>
          <li>
            <a href={`/invoices/${invoice.id}/lines.csv`}>{text.csv}</a>
          </li>
        </ul>
        <p class="hint">
          <a href="/numbers">{text.key}</a>
        </p>
      </section>
      <p>
        <a href={operator ? '/operator/invoices' : '/invoices'}>{text.back}</a>
      </p>
    </>,
  );
}

function nameOf(locale: Locale, { operator }: Instance): string {
  return operator.role === 'agent' ? billingText(locale).invoice.holders(operator.name) : operator.name;
}

function amounts({ locale, invoice }: Props) {
  const { invoice: text, invoices } = billingText(locale);
  const money = (micro: bigint) => formatMoney(locale, micro, invoice.currency);
  const carry = invoice.exactMicro + invoice.carriedMicro - invoice.totalMicro;
  return [
    [text.exact, money(invoice.exactMicro)],
    ...(invoice.carriedMicro === 0n ? [] : [[text.carried, money(invoice.carriedMicro)] as const]),
    [text.total, <strong>{money(invoice.totalMicro)}</strong>],
    ...(carry === 0n ? [] : [[text.carry, money(carry)] as const]),
    ...(invoice.paidMicro === 0n ? [] : [[text.paid, money(invoice.paidMicro)] as const]),
    ...(invoice.creditedMicro === 0n ? [] : [[text.credited, money(invoice.creditedMicro)] as const]),
    [
      text.open,
      <>
        {money(invoice.openMicro)} <Badge tone={TONE[invoice.state]}>{invoices.state[invoice.state]}</Badge>
      </>,
    ],
  ] as const;
}

function HowToPay(props: Props & { iban: string | undefined; name: string | undefined }) {
  const { locale, invoice, operator, iban, name } = props;
  const text = billingText(locale).invoice;
  return (
    <section>
      <h2>{text.pay}</h2>
      {iban === undefined ? (
        <p>{text.noAccount}</p>
      ) : (
        <>
          <p>{text.payHint(invoice.number)}</p>
          <p>
            {text.account}: {name}, <code>{iban}</code>
          </p>
        </>
      )}
      {!operator && <ActionForm action={`/invoices/${invoice.id}/pay`} label={text.fromPrepaid} />}
    </section>
  );
}

function Lines({ locale, invoice, lines }: Props & { lines: readonly BillingLine[] }) {
  const text = billingText(locale).invoice;
  const { head } = text;
  const [words, use] = [usageText(locale), offersText(locale).use];
  return (
    <Table
      caption={text.lines}
      head={[head.work, head.what, head.units, head.known, head.price, head.amount, head.usage]}
      rows={lines.map((line) => [
        <a href={`/w/${line.workId}`}>{line.title}</a>,
        use[line.use as keyof typeof use] ?? line.use,
        `${formatNumber(locale, line.units)} ${words.unit[line.unit as keyof typeof words.unit] ?? line.unit}`,
        words.grade[line.grade as keyof typeof words.grade] ?? text.agreed,
        priceOf(locale, line),
        formatMoney(locale, line.amountMicro, invoice.currency),
        <a href={`/invoices/${invoice.id}/lines/${line.id}`}>{text.use}</a>,
      ])}
    />
  );
}

function priceOf(locale: Locale, line: BillingLine): string {
  const { unit, priceAmountMicro, pricePerUnits, currency } = line;
  if (priceAmountMicro === 0n) return formatMoney(locale, 0n, currency);
  const price = {
    unit: unit as Parameters<typeof priceInWords>[1]['unit'],
    amountMicro: priceAmountMicro.toString(),
    perUnits: pricePerUnits.toString(),
  };
  return priceInWords(locale, price, currency);
}

function Payments({ locale, invoice, zone, payments }: Props & { payments: readonly Payment[] }) {
  const text = billingText(locale).invoice;
  if (payments.length === 0) return null;
  return (
    <Table
      caption={text.payments}
      head={[text.payHead.date, text.payHead.source, text.payHead.amount]}
      rows={payments.map(({ paidAt, source, amountMicro }) => [
        formatDate(locale, paidAt, zone),
        source === 'operator-word' ? <Badge tone="warn">{text.source[source]}</Badge> : text.source[source],
        formatMoney(locale, amountMicro, invoice.currency),
      ])}
    />
  );
}

function Credits({ locale, invoice, zone, credits }: Props & { credits: readonly CreditNote[] }) {
  const text = billingText(locale).invoice;
  const head = text.creditHead;
  if (credits.length === 0) return null;
  return (
    <Table
      caption={text.credits}
      head={[head.number, head.date, head.reason, head.amount, head.file]}
      rows={credits.map((note) => [
        note.number,
        formatDate(locale, note.issuedAt, zone),
        note.reason,
        formatMoney(locale, note.totalMicro, invoice.currency),
        <a href={`/invoices/${invoice.id}/credits/${note.id}/credit-note.jws`}>{text.signed}</a>,
      ])}
    />
  );
}

function CreditForm({ locale, invoice, lines }: Props & { lines: readonly BillingLine[] }) {
  const text = billingText(locale).invoice;
  return (
    <details>
      <summary>{text.credit}</summary>
      <p>{text.creditHint}</p>
      <form method="post" action={`/invoices/${invoice.id}/credits`}>
        {lines.map(({ id, title }) => (
          <Field name={`units-${id}`} label={text.creditUnits(title)} inputMode="numeric" maxLength={18} />
        ))}
        <Field name="reason" label={text.reason} maxLength={2_000} rows={2} required />
        <button type="submit" class="danger">
          {text.creditButton}
        </button>
      </form>
    </details>
  );
}
