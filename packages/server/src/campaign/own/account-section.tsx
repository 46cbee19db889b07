import type { Child } from 'hono/jsx';
import type { User } from '../../identity/index.ts';
import type { HttpContext } from '../../kernel/index.ts';
import { campaignText } from '../messages.ts';
import { signatureOfUser } from '../signing/find-signature.ts';

/** The signature on the account page: there or not, and that account and signature are two things. */
export async function signatureSection(c: HttpContext, user: User): Promise<Child> {
  const text = campaignText(c.get('locale')).manage;
  const signature = await signatureOfUser(c.get('k'), user.id);
  return (
    <>
      <h2>{text.title}</h2>
      <p>{signature ? text.states[signature.state] : text.noneTitle}</p>
      <p>
        <a href="/me/signature">{signature ? text.open : text.more}</a>
      </p>
      <p class="hint">{text.two}</p>
    </>
  );
}
