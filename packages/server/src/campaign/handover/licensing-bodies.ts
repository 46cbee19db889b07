import { z } from 'zod';
import { recordActivity } from '../../identity/index.ts';
import { cleanLine, inTx, type Kernel, type Locale } from '../../kernel/index.ts';
import { fail } from './problems.ts';
import { type BodyRow, endBody, insertBody, selectBodies } from './store-handovers.ts';

/** Somebody who licenses: a society, a guild, a publisher, each with a clearing house of its own. */
export type LicensingBody = {
  readonly id: string;
  readonly name: string;
  readonly baseUrl: string;
  readonly about: { readonly [L in Locale]: string };
};

/** A body as the operator names it. `baseUrl` is where its clearing house is reached. */
export const bodySchema = z.object({
  name: cleanLine(120),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .transform((url) => new URL(url).origin),
  aboutEn: cleanLine(300),
  aboutDe: cleanLine(300),
});

/** The bodies signatories can go on to. */
export async function listBodies(k: Kernel): Promise<LicensingBody[]> {
  return (await selectBodies(k.db)).map(toBody);
}

/** Names a body. Throws `licensing-body-known`, `licensing-body-insecure`. */
export async function addBody(
  k: Kernel,
  { by, ...about }: z.infer<typeof bodySchema> & { by: string },
): Promise<string> {
  // Names and addresses travel there.
  if (!about.baseUrl.startsWith('https:') && k.site.allowPorts !== true && !k.site.demo)
    throw fail('licensing-body-insecure');
  return inTx(k, async (t) => {
    const id = t.ids.id();
    const made = await insertBody(t.db, {
      id,
      name: about.name,
      base_url: about.baseUrl,
      about_en: about.aboutEn,
      about_de: about.aboutDe,
      created_at: t.clock.now(),
      ended_at: null,
    });
    if (!made) throw fail('licensing-body-known');
    await recordActivity(t, {
      actor: by,
      action: 'campaign.licensing-body-added',
      subject: `licensing-body:${id}`,
      detail: { name: about.name, url: about.baseUrl },
    });
    return id;
  });
}

/** Takes a body off the list; what was handed to it before stays with it. Throws `licensing-body-unknown`. */
export async function removeBody(k: Kernel, { id, by }: { id: string; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    if (!(await endBody(t.db, id, t.clock.now()))) throw fail('licensing-body-unknown');
    const subject = `licensing-body:${id}`;
    await recordActivity(t, { actor: by, action: 'campaign.licensing-body-removed', subject });
  });
}

function toBody(row: BodyRow): LicensingBody {
  const about = { en: row.about_en, de: row.about_de };
  return { id: row.id, name: row.name, baseUrl: row.base_url, about };
}
