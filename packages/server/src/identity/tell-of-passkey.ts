import { type Kernel, queueMail } from '../kernel/index.ts';
import { text } from './messages.ts';
import type { User } from './model.ts';
import { proofText } from './proof-messages.ts';
import { instanceName } from './send-sign-in-link.ts';

/** Tells the owner of an account that a way in was added or removed; who did not do it learns it so. */
export async function tellOfPasskey(
  t: Kernel,
  user: User,
  what: 'added' | 'removed',
  name: string,
): Promise<void> {
  if (user.emailConfirmedAt === null) return;
  const words = proofText(user.locale).mail;
  await queueMail(t, {
    to: user.email,
    category: 'transactional',
    locale: user.locale,
    subject: words[what].subject(await instanceName(t)),
    paragraphs: [text(user.locale).signInMail.hello(user.name), words[what].body(name), words.notYou],
    action: { label: words.look, url: `${t.site.baseUrl}/account/passkeys` },
  });
}
