import { sql } from 'kysely';
import type { Kernel } from '../kernel/index.ts';
import { registerSite, type Site, stateExclusions } from '../sites/index.ts';
import { type Person, register } from './register-works.ts';

/** A site whose owner has proven control and said that all of it is hers. */
export async function provenSite(k: Kernel, who: Person, url: string): Promise<Site> {
  const site = await registerSite(k, { partyId: who.party.id, url, actor: who.user.id });
  const now = k.clock.now();
  const until = new Date(now.getTime() + 400 * 86_400_000);
  await sql`insert into sites.checks (id, site_id, method, result, checked_at, valid_until, evidence)
    values (${k.ids.id()}, ${site.id}, 'file', 'proven', ${now}, ${until}, '{"asked":"x"}'::jsonb)`.execute(
    k.db,
  );
  await stateExclusions(k, site.id, { none: true });
  return site;
}

/** A work at an address, all of which one person holds and may say yes to. */
export async function workAt(k: Kernel, who: Person, url: string): Promise<string> {
  const authority = { answer: 'mine', holderKind: null, holderName: null } as const;
  const { work } = await register(k, who, { source: { kind: 'url', url }, authority });
  return work.id;
}
