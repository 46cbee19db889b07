import { type HttpContext, inTx, queueMail } from '../kernel/index.ts';
import { requireSession } from './current-user.ts';
import { limitMailTo } from './limits.ts';
import { text } from './messages.ts';
import { CODE_MS, CODE_TRIES } from './model.ts';
import { proofText } from './proof-messages.ts';
import { failProof } from './proof-problems.ts';
import { recordActivity } from './record-activity.ts';
import { instanceName } from './send-sign-in-link.ts';
import { countTry, markProven, saveCode } from './store-proof.ts';

const DIGITS = 8;

/**
 * Mails eight digits to the person signed in, good for 15 minutes, five tries and this session only. A code and no link: it
 * is typed where the form waits, also when the mail is read on another device. Throws `sign-in-required`,
 * `step-up-no-mailbox`, `too-many-requests`.
 */
export async function sendCode(c: HttpContext): Promise<void> {
  const { user, sessionId } = await requireSession(c);
  if (user.emailConfirmedAt === null) throw failProof('step-up-no-mailbox');
  limitMailTo(c, user.email);
  await inTx(c.get('k'), async (t) => {
    const code = digits(t.random(8));
    const expires_at = new Date(t.clock.now().getTime() + CODE_MS);
    await saveCode(t.db, { session_id: sessionId, code_hash: await hashOf(t, sessionId, code), expires_at });
    const words = proofText(user.locale).codeMail;
    await queueMail(t, {
      to: user.email,
      category: 'transactional',
      locale: user.locale,
      subject: words.subject(await instanceName(t)),
      paragraphs: [
        text(user.locale).signInMail.hello(user.name),
        words.body,
        `${code.slice(0, 4)} ${code.slice(4)}`,
      ],
      footer: [words.limits, words.notYou],
    });
  });
}

/** Takes the digits somebody typed, blanks or not. Throws `sign-in-required`, `step-up-code-wrong`, `step-up-code-over`. */
export async function proveByCode(c: HttpContext, typed: string): Promise<void> {
  const { sessionId } = await requireSession(c);
  const k = c.get('k');
  const found = await countTry(k.db, sessionId);
  if (!found || found.expires_at <= k.clock.now() || found.tries > CODE_TRIES)
    throw failProof('step-up-code-over');
  const code = typed.replace(/\D/g, '');
  if (found.code_hash !== (await hashOf(k, sessionId, code))) throw failProof('step-up-code-wrong');
  await markRecent(c, 'code');
}

/** Notes that the session has just proved who it is. */
export async function markRecent(c: HttpContext, by: 'code' | 'passkey' | 'demo'): Promise<void> {
  const { user, sessionId } = await requireSession(c);
  await inTx(c.get('k'), async (t) => {
    await markProven(t.db, sessionId, t.clock.now());
    const subject = `user:${user.id}`;
    await recordActivity(t, { actor: user.id, action: 'identity.proved', subject, detail: { by } });
  });
}

function hashOf(
  k: { keys: { hmac(purpose: string, text: string): Promise<string> } },
  sessionId: string,
  code: string,
): Promise<string> {
  return k.keys.hmac('step-up-code', `${sessionId} ${code}`);
}

/** So many more numbers than codes that none is noticeably likelier. */
function digits(random: Uint8Array): string {
  const number = Buffer.from(random).readBigUInt64BE() % 10n ** BigInt(DIGITS);
  return number.toString().padStart(DIGITS, '0');
}
