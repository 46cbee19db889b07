import { bankAccount } from '../../bank/index.ts';
import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  failCommon,
  formatDate,
  formatMoney,
  formatNumber,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { parsePrice } from '../../offers/index.ts';
import { findParties } from '../../parties/index.ts';
import { Empty, Field, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { type Chosen, choosePayees } from '../choose-payees.ts';
import { payoutsText } from '../messages.ts';
import { type Batch, type LeftOut, MINIMUM_MICRO } from '../model.ts';
import { proposeBatch } from '../propose-batch.ts';
import { listBatches } from '../read-batches.ts';

const HERE = '/operator/payouts';
const SHOWN = 50;

/** `/operator/payouts`: who would be paid now, who waits and why, and the batches so far. */
export function payoutsPage(): Router {
  const router = createRouter();
  router.get(HERE, (c) => page(c));
  router.post(HERE, async (c) => {
    const { id: actor } = await requireOperator(c);
    const k = c.get('k');
    const typed = await formFields(c);
    try {
      const { currency } = await requireInstance(k);
      const minimumMicro = readMinimum(c.get('locale'), String(typed.minimum ?? ''));
      const batch = await proposeBatch(k, { currency, minimumMicro, actor });
      return c.redirect(`${HERE}/${batch.id}`, 303);
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    }
  });
  return router;
}

function readMinimum(locale: Locale, text: string): bigint {
  const read = parsePrice(locale, text);
  if ('fault' in read)
    throw failCommon('invalid-input', {
      detail: `${payoutsText(locale).list.minimum}: ${text.slice(0, 40)}`,
    });
  return read.micro;
}

async function page(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const k = c.get('k');
  const locale = c.get('locale');
  const words = payoutsText(locale).list;
  const { currency, zone } = await requireInstance(k);
  const batches = await listBatches(k);
  const pending = batches.find((batch) => batch.state === 'proposed');
  const { chosen, leftOut } = await choosePayees(k, { currency, minimumMicro: MINIMUM_MICRO });
  const account = await bankAccount(k);
  return renderPage(
    c,
    { title: words.title, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{words.intro}</p>
      {!account && (
        <p>
          <a href="/operator/bank-account">{words.noAccount}</a>
        </p>
      )}
      {pending ? (
        <Notice tone="warn">
          <p>
            <a href={`${HERE}/${pending.id}`}>{words.pending}</a>
          </p>
        </Notice>
      ) : (
        <Now c={c} chosen={chosen} currency={currency} names={await namesOf(c, chosen)} />
      )}
      <Waiting c={c} leftOut={leftOut} currency={currency} names={await namesOf(c, leftOut)} />
      {batches.length === 0 ? (
        <Empty title={words.batches}>
          <p>{words.none}</p>
        </Empty>
      ) : (
        <Batches locale={locale} batches={batches} zone={zone} />
      )}
      <p>
        <a href="/operator">{words.back}</a>
      </p>
    </>,
  );
}

type Names = ReadonlyMap<string, string>;

/** Names of the first of a list. */
async function namesOf(c: HttpContext, list: readonly { partyId: string }[]): Promise<Names> {
  const ids = list.slice(0, SHOWN).map(({ partyId }) => partyId);
  const parties = await findParties(c.get('k'), ids);
  return new Map([...parties].map(([id, { name }]) => [id, name]));
}

type Part<T> = { c: HttpContext; currency: string; names: Names } & T;

function Now({ c, chosen, currency, names }: Part<{ chosen: readonly Chosen[] }>) {
  const locale = c.get('locale');
  const words = payoutsText(locale).list;
  const total = chosen.reduce((sum, { amountMicro }) => sum + amountMicro, 0n);
  return (
    <>
      <h2>{words.now}</h2>
      {chosen.length === 0 && <p>{words.nobody}</p>}
      {chosen.length > 0 && (
        <>
          <p>{words.sum(formatNumber(locale, chosen.length), formatMoney(locale, total, currency))}</p>
          <Table
            caption={words.now}
            captionHidden
            head={[words.payee, words.amount, words.account]}
            rows={chosen
              .slice(0, SHOWN)
              .map(({ partyId, amountMicro, profile }) => [
                names.get(partyId) ?? partyId,
                formatMoney(locale, amountMicro, currency),
                `… ${profile.iban.slice(-4)}`,
              ])}
          />
          <More locale={locale} of={chosen.length} />
        </>
      )}
      <form method="post" action={HERE}>
        <Field
          name="minimum"
          label={`${words.minimum} (${currency})`}
          hint={words.minimumHint}
          value={String(MINIMUM_MICRO / 1_000_000n)}
          inputMode="decimal"
          maxLength={20}
          required
        />
        <button type="submit">{words.propose}</button>
      </form>
    </>
  );
}

function Waiting({ c, leftOut, currency, names }: Part<{ leftOut: readonly LeftOut[] }>) {
  const locale = c.get('locale');
  const { list: words, reasons } = payoutsText(locale);
  if (leftOut.length === 0) return null;
  return (
    <>
      <Table
        caption={words.waiting}
        head={[words.payee, words.amount, words.reason]}
        rows={leftOut
          .slice(0, SHOWN)
          .map(({ partyId, balanceMicro, reason }) => [
            names.get(partyId) || partyId,
            formatMoney(locale, balanceMicro, currency),
            reasons[reason],
          ])}
      />
      <More locale={locale} of={leftOut.length} />
    </>
  );
}

function More({ locale, of }: { locale: Locale; of: number }) {
  if (of <= SHOWN) return null;
  return <p>{payoutsText(locale).list.more(formatNumber(locale, of - SHOWN))}</p>;
}

function Batches({ locale, batches, zone }: { locale: Locale; batches: readonly Batch[]; zone: string }) {
  const { list: words, batchStates } = payoutsText(locale);
  return (
    <Table
      caption={words.batches}
      head={[words.proposed, words.state, words.items, words.amount, words.settled]}
      rows={batches.map((batch) => [
        <a href={`${HERE}/${batch.id}`}>{formatDate(locale, batch.proposedAt, zone)}</a>,
        batchStates[batch.state],
        formatNumber(locale, batch.items),
        formatMoney(locale, batch.totalMicro, batch.currency),
        formatNumber(locale, batch.counts.paid),
      ])}
    />
  );
}
