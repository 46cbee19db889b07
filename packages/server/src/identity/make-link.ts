import type { Kernel } from '../kernel/index.ts';
import { LINK_MS } from './model.ts';
import { insertLink, type LinkRow } from './store.ts';

/** Only the keyed hash of a link's token is kept. */
export function hashLink(k: Kernel, token: string): Promise<string> {
  return k.keys.hmac('login-link', token);
}

/** Writes a link and answers its address; the token is in it and nowhere else. */
export async function makeLink(
  t: Kernel,
  about: Pick<LinkRow, 'purpose' | 'user_id' | 'next'> &
    Partial<Pick<LinkRow, 'email' | 'email_key' | 'name' | 'locale'>>,
  lifeMs = LINK_MS,
): Promise<string> {
  const now = t.clock.now();
  const token = t.ids.secret();
  await insertLink(t.db, {
    email: null,
    email_key: null,
    name: null,
    locale: null,
    ...about,
    id: t.ids.id(),
    token_hash: await hashLink(t, token),
    created_at: now,
    expires_at: new Date(now.getTime() + lifeMs),
    used_at: null,
  });
  return `${t.site.baseUrl}/l/${token}`;
}
