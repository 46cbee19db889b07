import type { Kernel } from '../../kernel/index.ts';

const MANAGE = 'campaign-manage';
const INVITATION = 'campaign-invitation';

/**
 * The secret of the link `/s/…`: the signatory's id and a keyed hash of it. Nothing is stored for it; it opens its
 * signature from any of our mails as long as the row exists, and nothing after erasure.
 */
export function manageToken(k: Kernel, signatoryId: string): Promise<string> {
  return tokenOf(k, MANAGE, signatoryId);
}

/** The signatory whose token this is, or undefined. */
export function openManageToken(k: Kernel, token: string): Promise<string | undefined> {
  return openToken(k, MANAGE, token);
}

/** The same for the link `/i/…`, with which somebody on a list answers an invitation. */
export function invitationToken(k: Kernel, rowId: string): Promise<string> {
  return tokenOf(k, INVITATION, rowId);
}

/** The row of a list whose token this is, or undefined. */
export function openInvitationToken(k: Kernel, token: string): Promise<string | undefined> {
  return openToken(k, INVITATION, token);
}

async function tokenOf(k: Kernel, purpose: string, uuid: string): Promise<string> {
  const id = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  const mac = Buffer.from(await k.keys.hmac(purpose, uuid), 'hex');
  return Buffer.concat([id, mac]).toString('base64url');
}

async function openToken(k: Kernel, purpose: string, token: string): Promise<string | undefined> {
  if (!/^[A-Za-z0-9_-]{64}$/.test(token)) return undefined;
  const hex = Buffer.from(token, 'base64url').subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return sameText(await tokenOf(k, purpose, id), token) ? id : undefined;
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
