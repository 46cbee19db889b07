import type { Purse } from './budget.ts';
import type { Client } from './buy-token.ts';
import type { Option } from './decide-terms.ts';
import { formatAmount, parseAmount, priceOfOne } from './money.ts';
import { Stop, type Stopped } from './result.ts';

/** An option the crawler may take by itself. `client` is set when a token is needed. */
export type Choice = {
  readonly option: Option;
  readonly client: Client | undefined;
  /** What each fetch costs, in 10⁻¹². */
  readonly cost: bigint;
};

/** `priceOfOne` buys one of whatever is counted; -1 as rank is free of money. */
type Cost = { readonly cost: bigint; readonly rank: number; readonly priceOfOne: bigint };

/** What the company has agreed to beforehand. */
export type Standing = {
  readonly purse: Purse;
  readonly clients: readonly Client[];
  /** Payment types without money that the company lives up to, such as `attribution`. */
  readonly obligations: readonly string[];
  /** Frameworks (`payment/standard`) the company has joined; their server knows the price. */
  readonly standards: readonly string[];
};

/**
 * The option that nobody has to be asked about: first what costs nothing, then in the order of the ceilings, then the
 * cheapest. Throws Stop `needs-quote` or `over-budget` when there is none.
 */
export function chooseOption(options: readonly Option[], standing: Standing): Choice {
  const verdicts = options.map((option) => judge(option, standing));
  const choices = verdicts.filter((one): one is Choice & Cost => 'option' in one);
  const [best] = choices.sort((a, b) => a.rank - b.rank || (a.priceOfOne < b.priceOfOne ? -1 : 1));
  if (best) return best;
  const stopped = verdicts.filter((one): one is Stopped => 'state' in one);
  const detail = 'The terms name no way to be licensed.';
  throw new Stop(
    stopped.find((one) => one.state === 'over-budget') ??
      stopped.find((one) => 'quoteUri' in one) ??
      stopped[0] ?? { state: 'not-licensed', reason: 'no-terms', detail },
  );
}

function judge(option: Option, standing: Standing): (Choice & Cost) | Stopped {
  const { payment } = option;
  const price = costOf(option, standing);
  if ('state' in price) return price;
  if (payment.server === undefined) {
    const free = payment.type === 'free' || standing.obligations.includes(payment.type);
    if (free) return { option, client: undefined, ...NOTHING };
    return ask(option, `The terms ask for ${payment.type}, and name no license server.`);
  }
  const client = standing.clients.find((one) => isUnder(payment.server!, one.server));
  if (!client) return ask(option, `There is no account at ${payment.server}.`);
  return { option, client, ...price };
}

const NOTHING: Cost = { cost: 0n, rank: -1, priceOfOne: 0n };

/** What a fetch costs by itself; other units are reported and paid later, and only held against their ceiling. */
function costOf(option: Option, { purse, obligations, standards }: Standing): Cost | Stopped {
  const { type, amount, standard } = option.payment;
  if (!amount) {
    const known = type === 'free' || obligations.includes(type);
    if (known || (standard !== undefined && standards.includes(standard))) return NOTHING;
    return ask(option, `The terms ask for ${type} and name no price.`);
  }
  const ceiling = purse.ceilingFor(type);
  if (ceiling === undefined) return ask(option, `Nobody has agreed to pay by ${type}.`);
  if (amount.currency !== purse.currency)
    return ask(option, `The price is in ${amount.currency ?? 'no currency'}.`);
  const parsed = parseAmount(amount.decimal);
  if (parsed === undefined) return ask(option, 'The price is not readable.');
  const one = priceOfOne(parsed, option.price?.per ?? 1);
  if (one > ceiling) {
    const price = `${formatAmount(one)} ${purse.currency}`;
    const detail = `The price is ${price} by ${type}, the ceiling ${formatAmount(ceiling)}.`;
    return { state: 'over-budget', reason: 'price', detail, price };
  }
  const counted = option.price ? option.price.unit === 'fetch' : type === 'crawl';
  return { cost: counted ? one : 0n, rank: purse.rankOf(type), priceOfOne: one };
}

function ask({ payment, content, price }: Option, detail: string): Stopped {
  const place = payment.custom ?? content.terms?.url ?? payment.standard;
  const quoteUri =
    place !== undefined && /^https?:\/\//i.test(place) && URL.canParse(place) ? place : undefined;
  const more = price ? ` It is priced by ${price.unit}.` : '';
  return {
    state: 'needs-quote',
    reason: 'agreement',
    detail: detail + more,
    ...(quoteUri !== undefined && { quoteUri }),
  };
}

/** Same origin and a path at or below: a secret goes nowhere else. */
function isUnder(server: string, base: string): boolean {
  if (!URL.canParse(server)) return false;
  const [at, allowed] = [new URL(server), new URL(base)];
  if (at.origin !== allowed.origin || at.username !== '' || at.password !== '') return false;
  const prefix = allowed.pathname.endsWith('/') ? allowed.pathname : `${allowed.pathname}/`;
  return `${at.pathname}/`.startsWith(prefix);
}
