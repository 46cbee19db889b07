import { z } from 'zod';
import { type Kernel, readSetting, writeSetting } from '../../kernel/index.ts';

/** Colours a face can take; each is a set that keeps its contrast in light and dark. */
export const ACCENTS = ['pine', 'ink', 'plum', 'rust'] as const;
export type Accent = (typeof ACCENTS)[number];

/** What this instance runs: the campaign, the licences, or both. */
export const RUNS = ['both', 'campaign', 'licensing'] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const origin = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .transform((url) => new URL(url).origin);

/**
 * The campaign and the licences as two faces. Without `campaign` both stand under one host name, name and operator.
 * `trusted` are campaigns elsewhere whose signatories may bring what they typed there.
 */
export const facesSchema = z.object({
  runs: z.enum(RUNS),
  accent: z.enum(ACCENTS),
  campaign: z
    .object({
      baseUrl: origin,
      name: line(120),
      operator: line(200),
      imprint: line(4000),
      accent: z.enum(ACCENTS),
    })
    .optional(),
  trusted: z.array(origin).max(50),
});

export type Faces = z.infer<typeof facesSchema>;

const KEY = 'campaign.faces';
const ONE: Faces = { runs: 'both', accent: 'pine', trusted: [] };

/** Every request asks; a change made by another process is seen after this time. */
const REMEMBER_MS = 2_000;
const remembered = new WeakMap<object, { readonly faces: Promise<StoredFaces>; readonly until: number }>();

export type StoredFaces = { readonly faces: Faces; readonly version: number };

/** The faces of this instance; `version` 0 means that nobody has chosen yet. */
export function readFaces(k: Kernel): Promise<StoredFaces> {
  const now = k.clock.now().getTime();
  const known = remembered.get(k.site);
  if (known && now < known.until) return known.faces;
  const faces = readSetting(k, KEY).then((row) =>
    row ? { faces: facesSchema.parse(row.value), version: row.version } : { faces: ONE, version: 0 },
  );
  remembered.set(k.site, { faces, until: now + REMEMBER_MS });
  faces.catch(() => remembered.delete(k.site));
  return faces;
}

/** Stores the faces if nobody changed them since `version`; answers whether they were stored. */
export async function saveFaces(k: Kernel, faces: Faces, version: number): Promise<boolean> {
  const kept = await writeSetting(k, KEY, facesSchema.parse(faces), version);
  remembered.delete(k.site);
  return kept;
}

/** Where people reach the campaign, without a slash at the end. */
export async function campaignBase(k: Kernel): Promise<string> {
  return (await readFaces(k)).faces.campaign?.baseUrl ?? k.site.baseUrl;
}

/** Who speaks in the campaign: its own name and operator, or those of the instance. */
export async function campaignVoice(
  k: Kernel,
  instance: { readonly name: string; readonly operator: { readonly name: string } },
): Promise<{ readonly name: string; readonly operator: string }> {
  const { campaign } = (await readFaces(k)).faces;
  return campaign ?? { name: instance.name, operator: instance.operator.name };
}
