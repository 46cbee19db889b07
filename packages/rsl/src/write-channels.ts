import { webAddress } from './addresses.ts';
import { escapeAttribute } from './render-xml.ts';
import { rslMediaType } from './vocabulary.ts';
import { RslWriteError } from './write.ts';

/** Input of {@link robotsBlock}. */
export interface RobotsBlockInput {
  /** Absolute address of the RSL document. */
  readonly licenseUrl: string;
  /** Product tokens of agents that shall not fetch anything. */
  readonly disallowAgents?: readonly string[];
}

/**
 * The lines that point robots.txt at an RSL document (RSL 1.0 §4.4). They belong at the very top of the file: a
 * `License` line further down is part of the group above it. Throws {@link RslWriteError} `bad-address` or `bad-agent`.
 *
 * @example
 * ```ts
 * import { robotsBlock } from '@clearway/rsl';
 *
 * robotsBlock({ licenseUrl: 'https://example.org/license.xml' }) // => 'License: https://example.org/license.xml\n'
 * robotsBlock({ licenseUrl: '/license.xml' }) // => throws bad-address
 * ```
 */
export function robotsBlock(input: RobotsBlockInput): string {
  const lines = [`License: ${checked(input.licenseUrl)}`];
  const agents = input.disallowAgents ?? [];
  for (const agent of agents) {
    if (!isProductToken(agent))
      throw new RslWriteError('bad-agent', 'disallowAgents', `"${agent}" is no product token`);
  }
  if (agents.length > 0) lines.push('', ...agents.map((agent) => `User-agent: ${agent}`), 'Disallow: /');
  return `${lines.join('\n')}\n`;
}

/**
 * The value of a `Link` header for an RSL document (RSL 1.0 §4.5, RFC 8288). Throws `bad-address`.
 *
 * @example
 * ```ts
 * import { linkHeader } from '@clearway/rsl';
 *
 * linkHeader('https://example.org/l.xml') // => '<https://example.org/l.xml>; rel="license"; type="application/rsl+xml"'
 * ```
 */
export function linkHeader(licenseUrl: string): string {
  return `<${checked(licenseUrl)}>; rel="license"; type="${rslMediaType}"`;
}

/**
 * The HTML element for an RSL document, for the `<head>` (RSL 1.0 §4.6.1). Throws `bad-address`.
 *
 * @example
 * ```ts
 * import { htmlLink } from '@clearway/rsl';
 *
 * htmlLink('https://example.org/?a=1&b=2').includes('href="https://example.org/?a=1&amp;b=2"') // => true
 * ```
 */
export function htmlLink(licenseUrl: string): string {
  return `<link rel="license" type="${rslMediaType}" href="${escapeAttribute(checked(licenseUrl))}">`;
}

/**
 * A robots.txt product token as it is used: letters, digits, `_` and `-` (RFC 9309 has no digits, real names do).
 *
 * @example
 * ```ts
 * import { isProductToken } from '@clearway/rsl';
 *
 * isProductToken('GPTBot') // => true
 * isProductToken('Kangaroo Bot') // => false
 * ```
 */
export function isProductToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** The parsed spelling holds no white space, quote or angle bracket that could end the line or the value. */
function checked(address: string): string {
  const url = webAddress(address);
  if (!url) throw new RslWriteError('bad-address', 'licenseUrl', 'must be an absolute web address');
  return url.href.replaceAll('"', '%22').replaceAll('<', '%3C').replaceAll('>', '%3E');
}
