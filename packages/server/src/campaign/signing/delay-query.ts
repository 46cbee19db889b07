import type { MailDelay } from '../floods/limits.ts';

/** For the page after signing: in how many minutes the mail leaves, and because of whom. Empty when it leaves at once. */
export function delayQuery({ waitMs, waitsFor }: MailDelay): string {
  const minutes = String(Math.ceil(waitMs / 60_000));
  return waitsFor ? `?${new URLSearchParams({ minutes, by: waitsFor })}` : '';
}

/** What `delayQuery` wrote; undefined for none. */
export function readDelay(query: {
  readonly [name: string]: string;
}): { readonly minutes: number; readonly by: 'mail-domain' | 'country' } | undefined {
  const minutes = Number(/^\d{1,3}$/.exec(query.minutes ?? '')?.[0] ?? 0);
  if (minutes === 0) return undefined;
  return { minutes, by: query.by === 'country' ? 'country' : 'mail-domain' };
}
