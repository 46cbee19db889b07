import { type Kernel, queueMail, requireInstance } from '../../kernel/index.ts';
import { campaignVoice } from './faces.ts';

/** As `queueMail`, under the name of the campaign. */
export async function queueCampaignMail(t: Kernel, mail: Parameters<typeof queueMail>[1]): Promise<string> {
  const { name } = await campaignVoice(t, await requireInstance(t));
  return queueMail(t, { ...mail, house: name });
}
