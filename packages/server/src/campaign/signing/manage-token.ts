import type { Kernel } from '../../kernel/index.ts';

const PURPOSE = 'campaign-manage';

/**
 * The secret of the link `/s/…`: the signatory's id and a keyed hash of it. Nothing is stored for it; it opens its
 * signature from any of our mails as long as the row exists, and nothing after erasure.
 */
export async function manageToken(k: Kernel, signatoryId: string): Promise<string> {
  const id = Buffer.from(signatoryId.replaceAll('-', ''), 'hex');
  const mac = Buffer.from(await k.keys.hmac(PURPOSE, signatoryId), 'hex');
  return Buffer.concat([id, mac]).toString('base64url');
}

/** The signatory whose token this is, or undefined. */
export async function openManageToken(k: Kernel, token: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9_-]{64}$/.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return sameText(await manageToken(k, id), token) ? id : undefined;
}

/** Compares without telling by its time how much was right. */
function sameText(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

/** How tokens of confirmation and account links are kept. */
export function linkHash(k: Kernel, token: string): Promise<string> {
  return k.keys.hmac('campaign-links', token);
}
