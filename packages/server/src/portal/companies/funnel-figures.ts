import { funnelPublicSince } from '../../campaign/index.ts';
import type { Kernel } from '../../kernel/index.ts';
import type { Figure } from '../numbers.ts';
import { impactText } from './impact-messages.ts';
import { readFunnel } from './read-funnel.ts';

/** The steps of the funnel among the public numbers, once the organiser has made them public. */
export async function funnelFigures(k: Kernel): Promise<readonly Figure[]> {
  if (!(await funnelPublicSince(k))) return [];
  const [en, de] = [impactText('en').funnel, impactText('de').funnel];
  const { rows, refused } = await readFunnel(k);
  return [
    ...rows.map(({ step, ofSigned, all }) => ({
      key: `funnel.${step}`,
      value: all ?? ofSigned,
      label: { en: `${en.title}: ${en.steps[step]}`, de: `${de.title}: ${de.steps[step]}` },
      definition: { en: en.means[step], de: de.means[step] },
    })),
    {
      key: 'funnel.refused',
      value: refused.all,
      label: { en: en.refused, de: de.refused },
      definition: { en: en.refusedMeans, de: de.refusedMeans },
    },
  ];
}
