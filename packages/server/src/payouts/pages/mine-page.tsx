import type { Child } from 'hono/jsx';
import {
  createRouter,
  formatDate,
  formatMoney,
  type HttpContext,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Badge, Empty, renderPage, Table } from '../../web/index.ts';
import { payoutsText } from '../messages.ts';
import type { Item } from '../model.ts';
import { payoutsOf } from '../read-batches.ts';

const TONE = { proposed: 'info', ordered: 'info', paid: 'good', returned: 'bad', rejected: 'warn' } as const;

/** `/payouts`: what was ordered for the party the session acts for, and what became of it. */
export function minePage(): Router {
  const router = createRouter();
  router.get('/payouts', async (c) => {
    const party = await requireParty(c);
    const words = payoutsText(c.get('locale')).mine;
    return renderPage(
      c,
      { title: words.title },
      <>
        <h1>{words.title}</h1>
        <p class="lead">{words.intro}</p>
        <p>{words.forWhom(party.name)}</p>
        {await payoutsTable(c, party.id)}
        <p>
          <a href="/payout-profile">{words.where}</a>
        </p>
      </>,
    );
  });
  return router;
}

/** The payments to a party as a table, for pages about what it earns. */
export async function payoutsTable(c: HttpContext, partyId: string): Promise<Child> {
  const k = c.get('k');
  const locale = c.get('locale');
  const { mine: words, batch } = payoutsText(locale);
  const zone = (await readInstance(k))?.instance.zone;
  const items = await payoutsOf(k, partyId);
  if (items.length === 0)
    return (
      <Empty title={words.title}>
        <p>{words.none}</p>
      </Empty>
    );
  return (
    <Table
      caption={words.title}
      captionHidden
      head={[words.ordered, batch.amount, batch.account, batch.what, batch.id]}
      rows={items
        .slice(0, 100)
        .map((item) => [
          item.orderedAt ? formatDate(locale, item.orderedAt, zone) : '',
          formatMoney(locale, item.amountMicro, item.currency),
          `… ${item.ibanEnd}`,
          stateOf(locale, item),
          <code>{item.endToEndId}</code>,
        ])}
    />
  );
}

function stateOf(locale: Locale, item: Item): Child {
  const { states, batch } = payoutsText(locale);
  const returned = item.state === 'returned' && `${item.returnedOn}: ${item.returnReason ?? batch.noReason}`;
  return (
    <>
      <Badge tone={TONE[item.state]}>{states[item.state]}</Badge>
      {item.state === 'paid' && <small> {item.paidOn}</small>}
      {returned && <small> {returned}</small>}
    </>
  );
}
