import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  formatDate,
  formatMoney,
  type HttpContext,
  type Locale,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Empty, renderPage, Table } from '../../web/index.ts';
import { distributionText } from '../messages.ts';
import { type NamedWaiting, suspenseOf, waitingFor, withNames } from '../read-suspense.ts';

/** `/operator/suspense`: all money that waits; `/earnings/waiting`: what waits for the person who looks, and why. */
export function suspensePages(): Router {
  const router = createRouter();
  router.get('/operator/suspense', operatorPage);
  router.get('/earnings/waiting', holderPage);
  return router;
}

async function operatorPage(c: HttpContext): Promise<Response> {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = distributionText(locale);
  const { zone } = await requireInstance(k);
  const items = await withNames(k, await suspenseOf(k));
  return renderPage(
    c,
    { title: text.suspense.title, wide: true },
    <>
      <h1>{text.suspense.title}</h1>
      <p class="lead">{text.suspense.intro}</p>
      {items.length === 0 ? (
        <Empty title={text.suspense.empty}>
          <p>{text.suspense.emptyHint}</p>
        </Empty>
      ) : (
        <>
          {[...totals(items)].map(([currency, micro]) => (
            <p>{text.suspense.total(formatMoney(locale, micro, currency))}</p>
          ))}
          <Waiting items={items} caption={text.suspense.title} locale={locale} zone={zone} />
        </>
      )}
      <p>
        <a href="/operator/runs">{text.suspense.runs}</a>
      </p>
    </>,
  );
}

function totals(items: readonly NamedWaiting[]): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMicro } of items) sums.set(currency, (sums.get(currency) ?? 0n) + amountMicro);
  return sums;
}

async function holderPage(c: HttpContext): Promise<Response> {
  const party = await requireParty(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = distributionText(locale);
  const { zone } = await requireInstance(k);
  const items = await waitingFor(k, party.id);
  const [own, others] = [items.filter((item) => item.mine), items.filter((item) => !item.mine)];
  return renderPage(
    c,
    { title: text.waiting.title, wide: true },
    <>
      <h1>{text.waiting.title}</h1>
      <p class="lead">{text.waiting.intro}</p>
      {own.length === 0 ? (
        <Empty title={text.waiting.empty}>
          <p>{text.waiting.emptyHint}</p>
          <p>
            <a href="/works">{text.waiting.earnings}</a>
          </p>
        </Empty>
      ) : (
        <Waiting items={own} caption={text.waiting.own} locale={locale} zone={zone} />
      )}
      {others.length > 0 && (
        <>
          <Waiting items={others} caption={text.waiting.others} locale={locale} zone={zone} />
          <p>{text.waiting.othersHint}</p>
        </>
      )}
    </>,
  );
}

function Waiting(props: { items: readonly NamedWaiting[]; caption: string; locale: Locale; zone: string }) {
  const { items, caption, locale, zone } = props;
  const text = distributionText(locale);
  return (
    <Table
      caption={caption}
      head={[text.head.work, text.head.holder, text.head.total, text.head.since, text.head.reason]}
      rows={items.map((item) => [
        <a href={`/w/${item.workId}`}>{item.title}</a>,
        item.holder ?? text.suspense.nobody,
        formatMoney(locale, item.amountMicro, item.currency),
        formatDate(locale, item.since, zone),
        text.reason[item.reason],
      ])}
    />
  );
}
