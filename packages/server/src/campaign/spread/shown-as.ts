import { type Kernel, readInstance } from '../../kernel/index.ts';
import { campaignBase, campaignVoice } from '../faces/faces.ts';

/** The campaign as others see it: where it is, what it is called, who runs it. Before set-up its host stands for its name. */
export async function shownAs(
  k: Kernel,
): Promise<{ base: string; host: string; name: string; operator: string }> {
  const base = await campaignBase(k);
  const { host } = new URL(base);
  const instance = (await readInstance(k))?.instance;
  const voice = instance && (await campaignVoice(k, instance));
  return { base, host, name: voice?.name ?? host, operator: voice?.operator ?? host };
}
