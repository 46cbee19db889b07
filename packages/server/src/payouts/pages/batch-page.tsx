import { z } from 'zod';
import { findUsers, recordActivity, requireOperator, type User } from '../../identity/index.ts';
import {
  checkFields,
  cleanLine,
  createRouter,
  formatDate,
  formatMoney,
  formatNumber,
  formatTime,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { findParties } from '../../parties/index.ts';
import { ActionForm, Badge, Facts, Notice, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { approveBatch } from '../approve-batch.ts';
import { readBatchFile } from '../batch-file.ts';
import { discardBatch } from '../discard-batch.ts';
import { payoutsText } from '../messages.ts';
import type { Batch, Item, LeftOut } from '../model.ts';
import { findItem, itemsOfBatch, leftOutOfBatch, readBatch } from '../read-batches.ts';
import { fileHeaders } from '../routes.ts';
import { matchItem, rejectItem } from '../settle-item.ts';
import { byHand } from './by-hand.tsx';

const LIST = '/operator/payouts';
const PAGE = 100;
const TONE = { proposed: 'info', ordered: 'info', paid: 'good', returned: 'bad', rejected: 'warn' } as const;

const matchForm = z.object({ payment: cleanLine(35), entry: z.string().max(100) });
const rejectForm = z.object({ payment: cleanLine(35), reason: cleanLine(200) });
type Action = (about: { batchId: string; actor: string }) => Promise<unknown>;

/** `/operator/payouts/:id`: one batch, its decision, its file and what became of each payment. */
export function batchPage(): Router {
  const router = createRouter();
  router.get(`${LIST}/:id`, async (c) => render(c, await requireOperator(c)));
  router.post(`${LIST}/:id/approval`, (c) => act(c, (about) => approveBatch(c.get('k'), about)));
  router.post(`${LIST}/:id/discard`, (c) => act(c, (about) => discardBatch(c.get('k'), about)));
  router.post(`${LIST}/:id/match`, (c) =>
    act(c, async ({ batchId, actor }) => {
      const { payment, entry } = checkFields(matchForm, await formFields(c));
      const { id: itemId } = await findItem(c.get('k'), { batchId, endToEndId: payment });
      await matchItem(c.get('k'), { itemId, entryId: entry.trim(), actor });
    }),
  );
  router.post(`${LIST}/:id/rejection`, (c) =>
    act(c, async ({ batchId, actor }) => {
      const { payment, reason } = checkFields(rejectForm, await formFields(c));
      const { id: itemId } = await findItem(c.get('k'), { batchId, endToEndId: payment });
      await rejectItem(c.get('k'), { itemId, reason, actor });
    }),
  );
  router.get(`${LIST}/:id/pain001.xml`, async (c) => {
    const { id: actor } = await requireOperator(c);
    const batchId = c.req.param('id');
    const { text, name } = await readBatchFile(c.get('k'), batchId);
    const subject = `payout-batch:${batchId}`;
    await recordActivity(c.get('k'), { actor, action: 'payouts.file-downloaded', subject });
    return c.body(text, 200, fileHeaders(name));
  });
  return router;
}

async function act(c: HttpContext, action: Action): Promise<Response> {
  const user = await requireOperator(c);
  const batchId = c.req.param('id') ?? '';
  try {
    await action({ batchId, actor: user.id });
    return c.redirect(`${LIST}/${batchId}`, 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return render(c, user, error);
  }
}

async function render(c: HttpContext, user: User, problem?: Problem) {
  const k = c.get('k');
  const locale = c.get('locale');
  const words = payoutsText(locale).batch;
  const batch = await readBatch(k, c.req.param('id') ?? '');
  const { zone } = await requireInstance(k);
  const items = await itemsOfBatch(k, batch.id, {
    after: c.req.query('after')?.slice(0, 35),
    limit: PAGE + 1,
  });
  const leftOut = (await leftOutOfBatch(k, batch.id)).slice(0, PAGE);
  const parties = await findParties(
    k,
    [...items, ...leftOut].map(({ partyId }) => partyId),
  );
  const names = new Map([...parties].map(([id, { name }]) => [id, name]));
  const title = words.title(formatDate(locale, batch.proposedAt, zone));
  return renderPage(
    c,
    { title, wide: true, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <Facts rows={await factsOf(c, batch, zone)} />
      {batch.state === 'proposed' && <Decision locale={locale} batch={batch} user={user} />}
      {batch.state === 'ordered' && (
        <p>
          <a class="button" href={`${LIST}/${batch.id}/pain001.xml`}>
            {words.download}
          </a>{' '}
          <small>{words.downloadHint}</small>
        </p>
      )}
      <Items locale={locale} items={items} names={names} />
      {items.length > PAGE && (
        <p>
          <a href={`${LIST}/${batch.id}?after=${items[PAGE - 1]!.endToEndId}`}>{words.next}</a>
        </p>
      )}
      <NotIn locale={locale} leftOut={leftOut} currency={batch.currency} names={names} />
      {await byHand(c, batch, { items: items.slice(0, PAGE), names })}
      <p>
        <a href={LIST}>{words.back}</a>
      </p>
    </>,
  );
}

async function factsOf(c: HttpContext, batch: Batch, zone: string) {
  const locale = c.get('locale');
  const { batch: words, batchStates } = payoutsText(locale);
  const { proposedBy, decidedBy, decidedAt } = batch;
  const users = await findUsers(c.get('k'), [proposedBy, ...(decidedBy ? [decidedBy] : [])]);
  const by = (id: string, at: Date) => words.by(users.get(id)?.name ?? id, formatTime(locale, at, zone));
  const decision = batch.state === 'ordered' ? words.orderedBy : words.discardedBy;
  const rows: [string, string][] = [
    [words.state, batchStates[batch.state]],
    [words.total, formatMoney(locale, batch.totalMicro, batch.currency)],
    [words.payments, formatNumber(locale, batch.items)],
    [words.from, words.end(batch.debtorIbanEnd)],
    [words.proposedBy, by(proposedBy, batch.proposedAt)],
  ];
  if (decidedBy && decidedAt) rows.push([decision, by(decidedBy, decidedAt)]);
  if (batch.executionDate && batch.fileSha256)
    rows.push(
      [words.day, batch.executionDate],
      [words.reference, batch.messageId],
      [words.hash, batch.fileSha256],
    );
  return rows;
}

function Decision({ locale, batch, user }: { locale: Locale; batch: Batch; user: User }) {
  const words = payoutsText(locale).batch;
  const here = `${LIST}/${batch.id}`;
  return (
    <>
      {batch.proposedBy === user.id ? (
        <Notice>
          <p>
            {words.own} <a href="/operator/people">/operator/people</a>
          </p>
        </Notice>
      ) : (
        <>
          <p>{words.orderHint}</p>
          <ActionForm action={`${here}/approval`} label={words.order} tone="main" />
        </>
      )}
      <ActionForm action={`${here}/discard`} label={words.discard} tone="danger" />
    </>
  );
}

type Names = ReadonlyMap<string, string>;

function Items({ locale, items, names }: { locale: Locale; items: readonly Item[]; names: Names }) {
  const { batch: words, states } = payoutsText(locale);
  return (
    <Table
      caption={words.items}
      head={[words.payee, words.amount, words.account, words.id, words.what]}
      rows={items.slice(0, PAGE).map((item) => [
        names.get(item.partyId) || item.partyId,
        formatMoney(locale, item.amountMicro, item.currency),
        `… ${item.ibanEnd}`,
        <code>{item.endToEndId}</code>,
        <>
          <Badge tone={TONE[item.state]}>{states[item.state]}</Badge>
          {item.state !== 'ordered' && <small> {whatOf(locale, item)}</small>}
        </>,
      ])}
    />
  );
}

function whatOf(locale: Locale, item: Item): string {
  const { noReason } = payoutsText(locale).batch;
  if (item.state === 'returned') return `${item.returnedOn}: ${item.returnReason ?? noReason}`;
  if (item.state === 'rejected') return item.rejectReason ?? noReason;
  return item.paidOn ?? '';
}

function NotIn(props: { locale: Locale; leftOut: readonly LeftOut[]; currency: string; names: Names }) {
  const { locale, leftOut, currency, names } = props;
  const { batch: words, reasons } = payoutsText(locale);
  if (leftOut.length === 0) return null;
  return (
    <Table
      caption={words.leftOut}
      head={[words.payee, words.balance, words.reason]}
      rows={leftOut.map(({ partyId, balanceMicro, reason }) => [
        names.get(partyId) || partyId,
        formatMoney(locale, balanceMicro, currency),
        reasons[reason],
      ])}
    />
  );
}
