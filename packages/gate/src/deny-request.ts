import { type BundlePrice, challenge } from '@clearway/protocol';
import { linkHeader } from '@clearway/rsl';
import { type RefusalReason, reasonTexts } from './answer-texts.ts';
import type { Deny, GateRequest } from './decision.ts';
import { formatMicro } from './format-price.ts';
import type { Gate } from './gate.ts';
import { renderAnswer } from './render-answer.ts';

type CapError = 'invalid_request' | 'invalid_token' | 'insufficient_scope' | 'server_error';

/** Status and CAP error code (RSL 1.0 §6.3) of each reason. */
const outcomes: Readonly<Record<RefusalReason, readonly [Deny['status'], CapError]>> = {
  'ambiguous-request': [400, 'invalid_request'],
  'license-required': [401, 'invalid_request'],
  'payment-required': [402, 'invalid_request'],
  'credentials-malformed': [401, 'invalid_request'],
  'token-invalid': [401, 'invalid_token'],
  'token-expired': [401, 'invalid_token'],
  'token-revoked': [401, 'invalid_token'],
  'token-elsewhere': [403, 'insufficient_scope'],
  'token-scope': [403, 'insufficient_scope'],
  'token-use': [403, 'insufficient_scope'],
  'token-exhausted': [402, 'insufficient_scope'],
  'cannot-decide': [503, 'server_error'],
};

/** Refuses a request with everything a machine and a person need to do better, and counts it. */
export function deny(
  gate: Gate,
  request: GateRequest,
  reason: RefusalReason,
  agentName: string,
  more: { prices?: readonly BundlePrice[]; retryAfterS?: number } = {},
): Deny {
  const [status, error] = outcomes[reason];
  const prices = more.prices ?? [];
  const { licenseUrl, quoteUrl } = gate.rules?.bundle ?? {};
  const { body, headers } = renderAnswer(
    { status, reason, licenseUrl, quoteUrl, prices },
    one(request.headers.accept),
    one(request.headers['accept-language']),
  );
  const { now, usage } = gate.options;
  usage.refused(reason, agentName === '' ? 'unknown' : agentName, now(), gate.rules?.bundle.number);
  const price = crawlerPrice(prices);
  return {
    kind: 'deny',
    status,
    reason,
    body: request.method === 'HEAD' ? '' : body,
    headers: {
      ...headers,
      'cache-control': 'no-store',
      vary: 'Accept, Accept-Language, Authorization, Signature-Agent, User-Agent',
      'x-content-type-options': 'nosniff',
      'www-authenticate': challenge({ error, description: reasonTexts.en[reason].title }),
      ...(licenseUrl ? { link: linkHeader(licenseUrl) } : {}),
      ...(price ? { 'crawler-price': price } : {}),
      ...(status === 503 ? { 'retry-after': String(more.retryAfterS ?? 60) } : {}),
    },
  };
}

/** The header that pay-per-crawl clients know has room for one price of one fetch only. */
function crawlerPrice(prices: readonly BundlePrice[]): string | undefined {
  const [price, ...others] = prices.filter(({ unit }) => unit === 'fetch');
  if (!price || others.length > 0 || price.perUnits !== 1) return undefined;
  return `${price.currency} ${formatMicro(price.amountMicro)}`;
}

export function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}
