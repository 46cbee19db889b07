import type { BundlePrice } from '@clearway/protocol';
import { type Locale, pageTexts, type RefusalReason, reasonTexts } from './answer-texts.ts';
import { formatMicro } from './format-price.ts';

/** What a refusal says, in whichever form the client asked for. */
export interface Answer {
  readonly status: number;
  readonly reason: RefusalReason;
  readonly licenseUrl?: string | undefined;
  readonly quoteUrl?: string | undefined;
  readonly prices: readonly BundlePrice[];
}

/** A body with the headers that belong to it. */
export interface RenderedAnswer {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Writes a refusal as a page, a problem document (RFC 9457) or plain text, by `Accept`, in German or English, by
 * `Accept-Language`. The page has no script, no style and loads nothing.
 */
export function renderAnswer(
  answer: Answer,
  accept: string | undefined,
  acceptLanguage: string | undefined,
): RenderedAnswer {
  const locale = chooseLocale(acceptLanguage);
  switch (chooseForm(accept)) {
    case 'html':
      return {
        body: page(answer, locale),
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-language': locale,
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        },
      };
    case 'json':
      return { body: problem(answer), headers: { 'content-type': 'application/problem+json' } };
    case 'text':
      return {
        body: plain(answer, locale),
        headers: { 'content-type': 'text/plain; charset=utf-8', 'content-language': locale },
      };
  }
}

/** The form with the highest weight; a page before JSON before text where weights are equal, text where none is named. */
export function chooseForm(accept: string | undefined): 'html' | 'json' | 'text' {
  const weights = readWeights(accept);
  const html = Math.max(weights.get('text/html') ?? 0, weights.get('application/xhtml+xml') ?? 0);
  const json = Math.max(weights.get('application/json') ?? 0, weights.get('application/problem+json') ?? 0);
  const text = weights.get('text/plain') ?? 0;
  if (html > 0 && html >= json && html >= text) return 'html';
  return json > 0 && json >= text ? 'json' : 'text';
}

/** German if it is asked for before English; else English. */
export function chooseLocale(acceptLanguage: string | undefined): Locale {
  const weights = readWeights(acceptLanguage);
  let en = 0;
  let de = 0;
  for (const [tag, weight] of weights) {
    const language = tag.split('-', 1)[0];
    if (language === 'en') en = Math.max(en, weight);
    if (language === 'de') de = Math.max(de, weight);
  }
  return de > en ? 'de' : 'en';
}

/** Of names with equal weight the first counts a little more, so that order decides. */
function readWeights(header: string | undefined): Map<string, number> {
  const weights = new Map<string, number>();
  const entries = (header ?? '').slice(0, 1_000).toLowerCase().split(',').slice(0, 30);
  for (const [index, entry] of entries.entries()) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    const weight = q === undefined ? 1 : Number(q);
    if (name !== '' && weight > 0 && weight <= 1 && !weights.has(name))
      weights.set(name, weight - index / 1_000_000);
  }
  return weights;
}

function page(answer: Answer, locale: Locale): string {
  const { title, body } = reasonTexts[locale][answer.reason];
  const words = pageTexts[locale];
  const prices = answer.prices.map((price) => `<li>${escapeHtml(priceLine(price, locale))}</li>`).join('');
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(body)}</p>
${prices === '' ? '' : `<h2>${words.price}</h2>\n<ul>${prices}</ul>\n`}${link(answer.licenseUrl, words.terms)}${link(answer.quoteUrl, words.offer)}<p>${escapeHtml(words.people)}</p></main></body>
</html>
`;
}

function plain(answer: Answer, locale: Locale): string {
  const { title, body } = reasonTexts[locale][answer.reason];
  const words = pageTexts[locale];
  return [
    `${title}.`,
    body,
    ...answer.prices.map((price) => `${words.price}: ${priceLine(price, locale)}`),
    ...(answer.licenseUrl ? [`${words.terms}: ${answer.licenseUrl}`] : []),
    ...(answer.quoteUrl ? [`${words.offer}: ${answer.quoteUrl}`] : []),
    '',
  ].join('\n');
}

function problem(answer: Answer): string {
  const { title, body } = reasonTexts.en[answer.reason];
  return JSON.stringify({
    type: 'about:blank',
    title,
    status: answer.status,
    detail: body,
    code: answer.reason,
    ...(answer.licenseUrl ? { license: answer.licenseUrl } : {}),
    ...(answer.quoteUrl ? { quote: answer.quoteUrl } : {}),
    prices: answer.prices,
  });
}

function priceLine({ use, unit, amountMicro, perUnits, currency }: BundlePrice, locale: Locale): string {
  const amount = `${formatMicro(amountMicro, locale === 'de' ? ',' : '.')} ${currency}`;
  return `${use}: ${amount} ${pageTexts[locale].units[unit](perUnits)}`;
}

function link(address: string | undefined, label: string): string {
  return address ? `<p><a href="${escapeHtml(address)}">${escapeHtml(label)}</a></p>\n` : '';
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
