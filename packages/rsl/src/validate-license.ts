import { isAbsoluteUri, isPrintable, looksLikeEmail, webAddress } from './addresses.ts';
import { quote, type Report } from './issues.ts';
import type { Legal, License, Payment, Permission, Reporting, Token } from './model.ts';
import { isCountry } from './places.ts';
import {
  currencies,
  disclaimerTokens,
  isUnsignedDecimal,
  isUsageToken,
  isUserToken,
  legacyPaymentTypes,
  legacyUsageTokens,
  legalTypes,
  paymentTypes,
  permissionTypes,
  reportingTypes,
  rslNamespace,
  warrantyTokens,
} from './vocabulary.ts';
import type { Position } from './xml.ts';

export function validateLicense(license: License, report: Report): void {
  validatePermissions(license.permits, 'permits', report);
  validatePermissions(license.prohibits, 'prohibits', report);
  if (license.prohibits.length > 0) reportMirrors(license, report);
  if (license.payment) validatePayment(license.payment, report);
  validateLegal(license.legal, report);
  for (const one of license.reporting) validateReporting(one, report);
}

function reportMirrors({ permits, prohibits }: License, report: Report): void {
  const prohibited = new Map<string | undefined, Set<string>>();
  for (const { type, tokens } of prohibits) {
    const texts = prohibited.get(type) ?? new Set();
    prohibited.set(type, texts);
    for (const token of tokens) texts.add(token.text);
  }
  for (const { type, tokens, position } of permits) {
    for (const { text } of tokens) {
      if (prohibited.get(type)?.has(text))
        report('R27-grants-nothing', `"${quote(text)}" is both permitted and prohibited.`, position);
    }
  }
}

function validatePermissions(list: readonly Permission[], name: string, report: Report): void {
  const seen = list.length > 1 ? new Set<string | undefined>() : undefined;
  for (const one of list) {
    if (seen?.has(one.type))
      report('R30-repeated', `There is more than one <${name}> of type "${one.type}".`, one.position);
    seen?.add(one.type);
    if (one.type === undefined || !includes(permissionTypes, one.type)) {
      const message = one.type === undefined ? `<${name}> has no type.` : `The type is "${quote(one.type)}".`;
      report('R31-permission-type', message, one.position);
      continue;
    }
    if (one.tokens.length === 0) report('R32-token-list', `<${name}> names no token.`, one.position);
    if (one.text.includes(',')) {
      report('R32-token-list', `"${quote(one.text)}" is separated by commas.`, one.position);
      continue;
    }
    for (const token of one.tokens) validateToken(one.type, token, one, report);
  }
}

function validateToken(type: string, token: Token, where: Permission, report: Report): void {
  const { text } = token;
  if (type === 'geo') {
    if (!/^[A-Z]{2}$/.test(text)) report('R35-geo-token', `"${quote(text)}" is no country.`, where.position);
    else if (text !== 'EU' && !isCountry(text))
      report('R35-no-country', `"${text}" is no country, so it licenses nobody.`, where.position);
  } else if (type === 'user') {
    if (!isUserToken(text) && !isExtensionName(token)) {
      report('R34-user-token', `"${quote(text)}" is no user class.`, where.position);
    }
  } else if (!isUsageToken(text) && !isExtensionName(token)) {
    const now = Object.hasOwn(legacyUsageTokens, text)
      ? ` It is called "${legacyUsageTokens[text]}" now.`
      : '';
    report('R33-usage-token', `"${quote(text)}" is no usage.${now}`, where.position);
  }
}

function validatePayment(payment: Payment, report: Report): void {
  const { type, amount, standard, accepts, position } = payment;
  if (type && !includes(paymentTypes, type.text) && !isExtensionName(type)) {
    const now = Object.hasOwn(legacyPaymentTypes, type.text) ? legacyPaymentTypes[type.text] : undefined;
    const hint = now ? ` It is called "${now}" now.` : '';
    report('R43-payment-type', `The payment type is "${quote(type.text)}".${hint}`, position);
  }
  if (standard !== undefined && !isAbsoluteUri(standard)) {
    report('R46-standard', `The standard is "${quote(standard)}".`, position);
  }
  if (accepts) validateAccepts(accepts, accepts.position ?? position, report);
  if (!amount) return;
  if (amount.currency === undefined || !currencies.has(amount.currency)) {
    report('R48-currency', `The currency is "${quote(amount.currency ?? '')}".`, amount.position);
  }
  const digits =
    amount.decimal.startsWith('-') || amount.decimal.startsWith('+')
      ? amount.decimal.slice(1)
      : amount.decimal;
  if (!isUnsignedDecimal(digits)) {
    report('R49-amount', `The amount is "${quote(amount.decimal)}".`, amount.position);
  } else if (amount.decimal.startsWith('-')) {
    report('R49-amount-negative', `The amount is "${quote(amount.decimal)}".`, amount.position);
  } else if (type?.text === 'free') {
    report('R49-amount-with-free', 'A free licence states an amount.', amount.position);
  } else if (!/[1-9]/.test(digits)) {
    report('R49-amount-zero', 'The price is zero, but the type is not free.', amount.position);
  }
}

function validateAccepts(
  { type, payload }: NonNullable<Payment['accepts']>,
  position: Position,
  report: Report,
): void {
  const lower = (type ?? '').toLowerCase();
  const words = lower.split('/');
  if (words.length !== 2 || !words.every(isPrintable)) {
    report('R51-accepts-type', `accepts has the media type "${quote(type ?? '')}".`, position);
  } else if (lower.includes('x402') && type !== 'application/x402+json') {
    report('R51-x402-type', `The media type of x402 is "${quote(type ?? '')}".`, position);
  }
  if (lower.endsWith('json') && payload !== '' && !isJson(payload)) {
    report('R51-accepts-type', 'The payload is not the JSON its media type promises.', position);
  }
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** `first.last@`: the address of a person rather than of a role. */
export function isPersonalAddress(text: string): boolean {
  const local = text.replace(/^mailto:/i, '').split('@')[0] ?? '';
  return /^[a-z]{2,40}\.[a-z]{2,40}$/i.test(local);
}

function validateLegal(list: readonly Legal[], report: Report): void {
  const seen = new Set<string>();
  for (const { type, text, position } of list) {
    if (type === undefined || !includes(legalTypes, type)) {
      report('R56-legal-type', `The legal type is "${quote(type ?? '')}".`, position);
      continue;
    }
    if (seen.has(type)) report('R56-repeated', `There is more than one <legal> of type "${type}".`, position);
    seen.add(type);
    const words = text.split(/\s/).filter((word) => word !== '');
    if (type === 'warranty' || type === 'disclaimer') {
      const known: readonly string[] = type === 'warranty' ? warrantyTokens : disclaimerTokens;
      const strange = words.find((word) => !known.includes(word));
      if (words.length === 0 || strange !== undefined) {
        report('R57-legal-token', `"${quote(strange ?? '')}" is no ${type}.`, position);
      }
    } else if (type === 'attestation') {
      if (text !== 'true' && text !== 'false')
        report('R58-attestation', `The attestation is "${quote(text)}".`, position);
    } else if (type === 'contact') {
      const fits =
        isPrintable(text) && (webAddress(text) || text.startsWith('mailto:') || looksLikeEmail(text));
      if (!fits) report('R59-legal-address', `The contact is "${quote(text)}".`, position);
      else if (!text.includes('://') && isPersonalAddress(text)) {
        report('R102-personal-address', `${quote(text)} looks like a person.`, position);
      }
    } else if (words.length === 0 || !words.every(isAbsoluteUri)) {
      report('R59-legal-address', `The proof is "${quote(text)}".`, position);
    }
  }
}

function validateReporting({ type, profile, endpoint, position }: Reporting, report: Report): void {
  function say(what: string, value: string | undefined): void {
    const says = value === undefined ? 'is missing' : `is "${quote(value)}"`;
    report('R54-reporting', `The ${what} of the report ${says}.`, position);
  }
  if (type === undefined || !includes(reportingTypes, type)) say('type', type);
  if (profile === undefined || !isAbsoluteUri(profile)) say('profile', profile);
  if (endpoint !== undefined && webAddress(endpoint)?.protocol !== 'https:') say('endpoint', endpoint);
}

/** A QName whose prefix is bound to a namespace that is not RSL's own. */
export function isExtensionName(token: Token): boolean {
  return token.namespace !== undefined && token.namespace !== rslNamespace;
}

function includes(list: readonly string[], text: string): boolean {
  return list.includes(text);
}
