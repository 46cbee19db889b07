import type { Kernel, Locale } from '../../kernel/index.ts';
import { LINK_MS } from '../model.ts';
import { countSignatories } from '../store.ts';
import { numberTexts } from './number-texts.ts';

/** A public number in words of both languages. */
export type CampaignFigure = {
  readonly key: string;
  readonly value: number;
  readonly label: { readonly [L in Locale]: string };
  readonly definition: { readonly [L in Locale]: string };
};

/** The numbers of the campaign, all from one look at the rows. */
export async function campaignNumbers(k: Kernel): Promise<readonly CampaignFigure[]> {
  const counts = await countSignatories(k.db, k.clock.now(), LINK_MS);
  return Object.entries(numberTexts).map(([key, text]) => ({
    key: `campaign.${key}`,
    value: counts[key as keyof typeof numberTexts],
    ...text,
  }));
}
