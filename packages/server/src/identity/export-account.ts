import type { Kernel } from '../kernel/index.ts';
import { listSessions } from './end-session.ts';
import { organisationsOf } from './find-members.ts';
import { findUser } from './find-user.ts';
import { listPasskeys } from './list-passkeys.ts';
import { fail } from './problems.ts';
import { listActivity } from './record-activity.ts';

/** What one module keeps about a user, under a name of its own; `app.ts` lists them. */
export type AccountExporter = {
  readonly name: string;
  export(k: Kernel, userId: string): Promise<unknown>;
};

/** All that is kept about a user, as plain data (dates as ISO 8601). */
export async function exportAccount(
  k: Kernel,
  userId: string,
  exporters: readonly AccountExporter[],
): Promise<{ readonly [name: string]: unknown }> {
  const user = await findUser(k, userId);
  if (!user) throw fail('sign-in-required');
  const parts: [string, unknown][] = [];
  for (const exporter of exporters) parts.push([exporter.name, await exporter.export(k, userId)]);
  return {
    exportedAt: k.clock.now(),
    instance: k.site.baseUrl,
    user,
    organisations: await organisationsOf(k, userId),
    sessions: await listSessions(k, userId),
    passkeys: await listPasskeys(k, userId),
    activity: await allActivity(k, userId),
    ...Object.fromEntries(parts),
  };
}

async function allActivity(k: Kernel, actor: string) {
  const all = [];
  let page = await listActivity(k, { actor, limit: 200 });
  while (page.length > 0) {
    all.push(...page);
    page = await listActivity(k, { actor, before: page.at(-1)!.seq, limit: 200 });
  }
  return all;
}
