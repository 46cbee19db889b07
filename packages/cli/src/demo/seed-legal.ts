import { kernel, LEGAL_KEYS, shippedText } from '@clearway/server';
import type { Past } from './past.ts';

/** What an operator writes into the square brackets; other gaps are left out with their sentence. */
const FILLED: { readonly [gap: string]: string } = {
  '[two weeks]': 'two weeks',
  '[zwei Wochen]': 'zwei Wochen',
  '[Years]': 'Ten years.',
  '[Jahre]': 'Zehn Jahre.',
  '[Days]': 'Seven days.',
  '[Tage]': 'Sieben Tage.',
};

/** The operator of the demo world has made the shipped texts their own. */
export async function seedLegal(past: Past, instance: kernel.Instance): Promise<void> {
  for (const key of LEGAL_KEYS) {
    const { en, de } = shippedText(key, instance);
    await publish(past, instance, key, { en: complete(en), de: complete(de) });
  }
}

/** Later they said more about one of them: the first version stays at its address. */
export async function seedNewPrivacy(past: Past, instance: kernel.Instance): Promise<void> {
  const { en, de } = shippedText('privacy', instance);
  await publish(past, instance, 'privacy', {
    en: `${complete(en)}\n\n# What is new\n\nThis version says how long books and server logs are kept.`,
    de: `${complete(de)}\n\n# Was neu ist\n\nDiese Fassung sagt, wie lange Bücher und Serverprotokolle aufbewahrt werden.`,
  });
}

async function publish(past: Past, { zone }: kernel.Instance, key: string, bodies: kernel.TextBodies) {
  await kernel.saveTextDraft(past, key, { bodies, revision: 0 });
  await kernel.publishText(past, { key, revision: 1, zone });
}

function complete(text: string): string {
  const filled = text.replace(/ *\[[^\]]+\]/g, (gap) => {
    const words = FILLED[gap.trim()];
    return words === undefined ? '' : ` ${words}`;
  });
  const lines = filled.split('\n').filter((line) => line !== '-');
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
