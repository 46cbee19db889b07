import type { Child } from 'hono/jsx';
import type { User } from '../../identity/index.ts';
import type { HttpContext } from '../../kernel/index.ts';
import { partnerText } from './partner-messages.ts';
import { rolesOf } from './require-moderator.ts';

/** On the account page of somebody who moderates: the way there. */
export async function moderatorSection(c: HttpContext, user: User): Promise<Child> {
  const roles = await rolesOf(c.get('k'), user.id);
  if (roles.length === 0) return null;
  const text = partnerText(c.get('locale')).mine;
  return (
    <>
      <h2>{text.title}</h2>
      <ul>
        {roles.map(({ source, partner }) => (
          <li>
            {source === null || partner === null ? (
              <a href="/operator/campaign/queue">{text.campaign}</a>
            ) : (
              <a href={`/partner/${source}`}>{text.partner(partner)}</a>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
