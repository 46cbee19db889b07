/** The one namespace of RSL 1.0 (and of its 0.9 drafts); an exact string, RSL 1.0 §2.2. */
export const rslNamespace = 'https://rslstandard.org/rsl';

/** The media type a server must use for an RSL document, RSL 1.0 §2.2. */
export const rslMediaType = 'application/rsl+xml';

/** The usage tokens of RSL 1.0 §3.4.1.1, from broad to narrow. */
export const usageTokens = ['all', 'ai-all', 'ai-train', 'ai-input', 'ai-index', 'search'] as const;
/** What may be done with content; `all` covers every token, `ai-all` covers the three `ai-` ones. */
export type UsageToken = (typeof usageTokens)[number];

/** The user classes of RSL 1.0 §3.4.1.2: who is responsible for the automated use. */
export const userTokens = ['commercial', 'non-commercial', 'education', 'government', 'personal'] as const;
/** One of the user classes RSL itself names. */
export type UserToken = (typeof userTokens)[number];

/** The payment types of RSL 1.0 §3.7. */
export const paymentTypes = [
  'purchase',
  'subscription',
  'training',
  'crawl',
  'use',
  'contribution',
  'attribution',
  'free',
] as const;
/** How content is paid for. */
export type PaymentType = (typeof paymentTypes)[number];

/** The three dimensions a licence can permit or prohibit in, RSL 1.0 §3.5. */
export const permissionTypes = ['usage', 'user', 'geo'] as const;

/** Closed list for `legal type="warranty"`, RSL 1.0 §3.13. */
export const warrantyTokens = [
  'ownership',
  'authority',
  'no-infringement',
  'privacy-consent',
  'no-malware',
] as const;
/** What a licensor warrants. */
export type WarrantyToken = (typeof warrantyTokens)[number];

/** Closed list for `legal type="disclaimer"`, RSL 1.0 §3.13. */
export const disclaimerTokens = ['as-is', 'no-warranty', 'no-liability', 'no-indemnity'] as const;
/** What a licensor disclaims. */
export type DisclaimerToken = (typeof disclaimerTokens)[number];

export const legalTypes = ['warranty', 'disclaimer', 'attestation', 'contact', 'proof'] as const;
export const reportingTypes = ['telemetry', 'provenance', 'audit'] as const;
export const copyrightTypes = ['person', 'organization'] as const;

/** Days a document and its association may be trusted when it does not say, RSL 1.0 §3.2. */
export const defaultMaxAgeDays = 30;

const parents: Readonly<Record<UsageToken, UsageToken | undefined>> = {
  all: undefined,
  'ai-all': 'all',
  'ai-train': 'ai-all',
  'ai-input': 'ai-all',
  'ai-index': 'ai-all',
  search: 'all',
};

/**
 * Does the first usage include the second? Every token covers itself; `ai-all` does not cover `search`. RSL 1.0 §3.4.1.1.
 *
 * @example
 * ```ts
 * import { covers } from '@clearway/rsl';
 *
 * covers('ai-all', 'ai-train') // => true
 * covers('ai-all', 'search') // => false
 * ```
 */
export function covers(broad: UsageToken, narrow: UsageToken): boolean {
  for (let token: UsageToken | undefined = narrow; token !== undefined; token = parents[token]) {
    if (token === broad) return true;
  }
  return false;
}

/**
 * Is this text one of the six usage tokens? Case matters.
 *
 * @example
 * ```ts
 * import { isUsageToken } from '@clearway/rsl';
 *
 * isUsageToken('train-ai') // => false
 * ```
 */
export function isUsageToken(text: string): text is UsageToken {
  return (usageTokens as readonly string[]).includes(text);
}

/** Is this text one of the user classes RSL itself names? */
export function isUserToken(text: string): boolean {
  return (userTokens as readonly string[]).includes(text);
}

/** What earlier drafts called a usage. Used to explain an error, and to honour a prohibition; never to grant. */
export const legacyUsageTokens: Readonly<Record<string, UsageToken>> = {
  'train-ai': 'ai-train',
  'train-genai': 'ai-train',
  'ai-summarize': 'ai-input',
  'ai-include': 'ai-input',
  'ai-use': 'ai-input',
};

/** Payment types of earlier drafts and what they are called now, where they still exist. */
export const legacyPaymentTypes: Readonly<Record<string, PaymentType | undefined>> = {
  inference: 'use',
  royalty: undefined,
};

/** Attributes that products write though RSL has none of them; they restrict nothing. */
export const inventedAttributes: readonly string[] = ['urn', 'id', 'version'];

/** ISO 4217 codes of money in circulation. Metals, funds, test codes and cryptocurrencies are not prices. */
export const currencies: ReadonlySet<string> = new Set(
  spellOut(
    'AEDFNLLMDOARSUDWGZN BAMBDDTGNHDIFMDNDOBRLSDTNWPYNZD CADDFHFLPNYOPRCUPVEZK DJFKKOPZD EGPRNTBUR FJDKP ' +
      'GBPELHSIPMDNFTQYD HKDNLTGUF IDRLSNRQDRRSK JMDODPY KESGSHRMFPWRWWDYDZT LAKBPKRRDSLYD ' +
      'MADDLGAKDMKNTOPRUURVRWKXNYRZN NADGNIOOKPRZD OMR PABENGKHPKRLNYG QAR RONSDUBWF ' +
      'SARBDCRDGEKGDHPLEOSRDSPTNVCYPZL THBJSMTNDOPRYTDWDZS UAHGXSDYUZS VESNDUV WST XAFCDCGOFPF YER ZARMWWG',
    2,
  ),
);

/** Codes written short: each word is a first letter and what follows it in each code, so many letters at a time. */
export function spellOut(words: string, step: number): string[] {
  return words.split(' ').flatMap((word) => {
    const codes: string[] = [];
    for (let at = 1; at < word.length; at += step) codes.push(word[0] + word.slice(at, at + step));
    return codes;
  });
}

/** An xsd:decimal without sign: digits, at most one point, at least one digit; no exponent, no grouping. */
export function isUnsignedDecimal(text: string): boolean {
  let digits = 0;
  let points = 0;
  for (const char of text) {
    if (char >= '0' && char <= '9') digits += 1;
    else if (char === '.') points += 1;
    else return false;
  }
  return digits > 0 && points <= 1;
}
