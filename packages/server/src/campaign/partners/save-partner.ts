import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { checkFields, cleanLine, inTx, type Kernel } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import { endPartner, insertConsent, insertPartner, lockPartner, updatePartner } from './store-partners.ts';

const MAX_HOSTS = 20;
const PUBLIC_HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const LOCAL_HOST = /^[a-z0-9.-]+(?::\d{1,5})?$/;

export const partnerSchema = z.object({
  name: cleanLine(120),
  hosts: z.string().max(4_000),
  consentEn: cleanLine(400),
  consentDe: cleanLine(400),
});
export const newPartnerSchema = partnerSchema.extend({
  source: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'a-z, 0-9 and hyphens'),
});

/** Whether the instance is one for trying out, where partners may be on ports and without TLS. */
export function isLocal(k: Kernel): boolean {
  return k.site.baseUrl.startsWith('http:');
}

/**
 * Adds a partner with its source code, hosts (one a line) and consent line. Answers its id. Throws `invalid-input`,
 * `partner-host-invalid`, `partner-source-taken`.
 */
export async function createPartner(
  k: Kernel,
  { by, ...input }: z.input<typeof newPartnerSchema> & { by: string },
): Promise<string> {
  const { source, name, hosts, consentEn, consentDe } = checkFields(newPartnerSchema, input);
  const read = readHosts(k, hosts);
  return inTx(k, async (t) => {
    const [id, at] = [t.ids.id(), t.clock.now()];
    if (!(await insertPartner(t.db, { id, source, name, hosts: read, createdAt: at, by })))
      throw fail('partner-source-taken');
    await insertConsent(t.db, {
      partnerId: id,
      version: 1,
      texts: { en: consentEn, de: consentDe },
      by,
      at,
    });
    await recordActivity(t, { actor: by, action: 'campaign.partner-added', subject: `partner:${id}` });
    return id;
  });
}

/** Changes a partner; another consent line is a new version of it. Throws as `createPartner`, `partner-unknown`, `partner-left`. */
export async function changePartner(
  k: Kernel,
  { id, by, ...input }: z.input<typeof partnerSchema> & { id: string; by: string },
): Promise<void> {
  const { name, hosts, consentEn, consentDe } = checkFields(partnerSchema, input);
  const read = readHosts(k, hosts);
  await inTx(k, async (t) => {
    const { consent } = await lockActive(t, id);
    await updatePartner(t.db, id, { name, hosts: read });
    if (consent.texts.en !== consentEn || consent.texts.de !== consentDe)
      await insertConsent(t.db, {
        partnerId: id,
        version: consent.version + 1,
        texts: { en: consentEn, de: consentDe },
        by,
        at: t.clock.now(),
      });
    await recordActivity(t, { actor: by, action: 'campaign.partner-changed', subject: `partner:${id}` });
  });
}

/** Ends a partnership for good: frame and export close, consents go to nobody. Throws `partner-unknown`, `partner-left`. */
export async function leavePartner(k: Kernel, { id, by }: { id: string; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    await lockActive(t, id);
    await endPartner(t.db, id, by, t.clock.now());
    await recordActivity(t, { actor: by, action: 'campaign.partner-left', subject: `partner:${id}` });
  });
}

/** A partner that takes part, held until the transaction ends. Throws `partner-unknown`, `partner-left`. */
export async function lockActive(t: Kernel, id: string) {
  const partner = z.uuid().safeParse(id).success ? await lockPartner(t.db, id) : undefined;
  if (!partner) throw fail('partner-unknown');
  if (partner.leftAt) throw fail('partner-left');
  return partner;
}

/** Host names as they go into a header: what is not one never gets there. */
export function readHosts(k: Kernel, text: string): string[] {
  const lines = text.split(/[\s,]+/).filter((line) => line !== '');
  const hosts = [...new Set(lines.map((line) => readHost(k, line)))];
  if (hosts.length === 0 || hosts.length > MAX_HOSTS) throw fail('partner-host-invalid');
  return hosts;
}

function readHost(k: Kernel, line: string): string {
  const given = /^https?:\/\//.test(line) ? line : `https://${line}`;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const bare = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  const host = url?.host ?? '';
  if (!bare || !(isLocal(k) ? LOCAL_HOST : PUBLIC_HOST).test(host))
    throw fail('partner-host-invalid', { detail: line.slice(0, 100) });
  return host;
}
