import { recordActivity } from '../../identity/index.ts';
import { inTx, type Kernel, readSetting, writeSetting } from '../../kernel/index.ts';
import { drawLogo, type LogoFile } from './draw-logo.ts';
import { lockActive } from './save-partner.ts';
import { selectPartners, updateLogo } from './store-partners.ts';

const SETTING = 'campaign.logo';

/** The SHA-256 of the campaign's own logo, if it has one. */
export async function campaignLogo(k: Kernel): Promise<string | undefined> {
  const found = (await readSetting(k, SETTING))?.value as { sha256?: string } | undefined;
  return found?.sha256;
}

/** Takes a picture as the campaign's logo; without a file it has none any more. Throws `logo-unreadable`. */
export async function setCampaignLogo(
  k: Kernel,
  { file, by }: { file: LogoFile | undefined; by: string },
): Promise<void> {
  const sha256 = file && (await drawLogo(k, file));
  await inTx(k, async (t) => {
    await writeSetting(t, SETTING, sha256 ? { sha256 } : {});
    await recordActivity(t, { actor: by, action: 'campaign.logo-changed', subject: 'campaign:logo' });
  });
}

/** Takes a picture as a partner's logo, or none. Throws `logo-unreadable`, `partner-unknown`, `partner-left`. */
export async function setPartnerLogo(
  k: Kernel,
  { id, file, by }: { id: string; file: LogoFile | undefined; by: string },
): Promise<void> {
  const sha256 = file ? await drawLogo(k, file) : null;
  await inTx(k, async (t) => {
    await lockActive(t, id);
    await updateLogo(t.db, id, sha256);
    await recordActivity(t, { actor: by, action: 'campaign.partner-logo-changed', subject: `partner:${id}` });
  });
}

/** The picture of a logo that is shown now; others are not given out. */
export async function readLogo(k: Kernel, sha256: string): Promise<Uint8Array | undefined> {
  const shown = [await campaignLogo(k), ...(await selectPartners(k.db)).map((one) => one.logoSha256)];
  const stream = shown.includes(sha256) ? await k.blobs.get(sha256) : undefined;
  if (!stream) return undefined;
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
