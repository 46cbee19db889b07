import type { Kernel } from '../kernel.ts';

const TOKEN = /^([0-9a-z]{25})([0-9a-f]{12})$/;

/**
 * The envelope sender of a mail: the address for returns with a token after a plus sign (RFC 5233), so that whatever
 * comes back says by its address which mail it is about. The token has 37 characters of the 64 (RFC 5321). Undefined where the instance names no address for returns.
 */
export async function returnPath(k: Kernel, mailId: string): Promise<string | undefined> {
  const to = k.site.mailReturns;
  if (to === undefined) return undefined;
  const at = to.lastIndexOf('@');
  return `${to.slice(0, at)}+${await tokenOf(k, mailId)}${to.slice(at)}`;
}

/** The mail whose return path this address is, or undefined. */
export async function readReturnPath(k: Kernel, address: string): Promise<string | undefined> {
  const token = /\+([0-9a-z]{37})@/i.exec(address)?.[1]?.toLowerCase() ?? '';
  const [, short = '', mac] = TOKEN.exec(token) ?? [];
  if (mac === undefined) return undefined;
  const hex = [...short]
    .reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
    .toString(16);
  const id = hex.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return id.length === 36 && (await tokenOf(k, id)) === token ? id : undefined;
}

/** Lower case only: mail servers on the way may fold it. */
async function tokenOf(k: Kernel, mailId: string): Promise<string> {
  const short = BigInt(`0x${mailId.replaceAll('-', '')}`)
    .toString(36)
    .padStart(25, '0');
  return `${short}${(await k.keys.hmac('mail-return', mailId)).slice(0, 12)}`;
}
