import {
  enqueue,
  inTx,
  type JobHandler,
  type Kernel,
  type Locale,
  queueMail,
  readInstance,
} from '../kernel/index.ts';
import { readAddress } from './address.ts';
import { findUserByEmail } from './find-user.ts';
import { makeLink } from './make-link.ts';
import { text } from './messages.ts';
import { safeNext } from './model.ts';
import { insertSignInRequest, type SignInRequestRow, takeSignInRequest } from './store.ts';

const SEND = 'identity.send-sign-in-link';

/**
 * Sends a sign-in link to the address if there is an account for it; with a `name`, a link that makes the account where
 * there is none. Whether there is one is looked up by a job, so
 * that the answer is the same, and takes the same time, for every address. Throws `email-invalid`.
 */
export async function sendSignInLink(
  t: Kernel,
  {
    email,
    locale,
    next,
    name,
  }: { email: string; locale: Locale; next?: string | undefined; name?: string | undefined },
): Promise<void> {
  const { address } = readAddress(email);
  await inTx(t, async (t) => {
    const id = t.ids.id();
    await insertSignInRequest(t.db, {
      id,
      email: address,
      name: name ?? null,
      locale,
      next: safeNext(next),
      created_at: t.clock.now(),
    });
    await enqueue(t, { kind: SEND, payload: { request: id } });
  });
}

/** The job behind `sendSignInLink`; the wish is forgotten with it. */
export const sendSignInLinkJob: JobHandler = {
  kind: SEND,
  handle: (_k, job) =>
    job.finish(async (t) => {
      const request = await takeSignInRequest(t.db, String(job.payload.request));
      if (!request) return;
      const user = await findUserByEmail(t, request.email);
      if (!user) return request.name === null ? undefined : sendSignUpLink(t, request, request.name);
      const words = text(user.locale).signInMail;
      const url = await makeLink(t, { purpose: 'sign-in', user_id: user.id, next: request.next });
      await queueMail(t, {
        to: user.email,
        category: 'transactional',
        locale: user.locale,
        subject: words.subject(await instanceName(t)),
        paragraphs: [words.hello(user.name), words.body],
        action: { label: words.button, url },
        footer: [words.limits, words.notYou],
      });
    }),
};

async function sendSignUpLink(t: Kernel, request: SignInRequestRow, name: string): Promise<void> {
  const { email, locale, next } = request;
  const words = text(locale).signUpMail;
  const { key } = readAddress(email);
  const url = await makeLink(t, {
    purpose: 'sign-up',
    user_id: null,
    email,
    email_key: key,
    name,
    locale,
    next,
  });
  await queueMail(t, {
    to: email,
    category: 'transactional',
    locale,
    subject: words.subject(await instanceName(t)),
    paragraphs: [words.body],
    action: { label: words.button, url },
    footer: [text(locale).signInMail.limits, words.notYou],
  });
}

/** The instance's name for mails. */
export async function instanceName(k: Kernel): Promise<string> {
  return (await readInstance(k))?.instance.name ?? new URL(k.site.baseUrl).host;
}
