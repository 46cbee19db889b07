import type { Kernel, Locale } from '../kernel/index.ts';
import { findUser } from './find-user.ts';
import { hashLink } from './make-link.ts';
import type { User } from './model.ts';
import { fail } from './problems.ts';
import { type LinkRow, markLinkUsed, selectLink } from './store.ts';

/** A link that may still be used. */
export type OpenLink =
  | { readonly id: string; readonly purpose: 'sign-in'; readonly user: User; readonly next: string }
  | {
      readonly id: string;
      readonly purpose: 'change-address';
      readonly user: User;
      readonly email: string;
      readonly emailKey: string;
    }
  | { readonly id: string; readonly purpose: 'operator' }
  | {
      readonly id: string;
      readonly purpose: 'sign-up';
      readonly email: string;
      readonly name: string;
      readonly locale: Locale;
      readonly next: string;
    };

/**
 * Looks at a link without using it up: mail scanners open links, so opening must do nothing.
 * Throws `link-unknown`, `link-used` or `link-expired`.
 */
export async function readLink(k: Kernel, token: string): Promise<OpenLink> {
  const row = /^[\w-]{43}$/.test(token) ? await selectLink(k.db, await hashLink(k, token)) : undefined;
  if (!row) throw fail('link-unknown');
  if (row.used_at) throw fail('link-used');
  if (row.expires_at <= k.clock.now()) throw fail('link-expired');
  return describe(k, row);
}

/** Uses the link up in the open transaction; of two tries at once the second throws `link-used`. */
export async function takeLink(t: Kernel, token: string): Promise<OpenLink> {
  const link = await readLink(t, token);
  if (!(await markLinkUsed(t.db, link.id, t.clock.now()))) throw fail('link-used');
  return link;
}

async function describe(k: Kernel, row: LinkRow): Promise<OpenLink> {
  const { id } = row;
  if (row.purpose === 'operator') return { id, purpose: 'operator' };
  if (row.purpose === 'sign-up') {
    const { email, name, locale, next } = row;
    return { id, purpose: 'sign-up', email: email!, name: name!, locale: locale!, next };
  }
  const user = row.user_id === null ? undefined : await findUser(k, row.user_id);
  if (!user) throw fail('link-unknown');
  if (row.purpose === 'sign-in') return { id, purpose: 'sign-in', user, next: row.next };
  return { id, purpose: 'change-address', user, email: row.email!, emailKey: row.email_key! };
}
