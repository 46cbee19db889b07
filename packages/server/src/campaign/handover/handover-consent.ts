import type { Locale } from '../../kernel/index.ts';

/** The version of the words below; a given consent points to it, and words of a version never change. */
export const HANDOVER_CONSENT_VERSION = 1;

const TEXTS = {
  1: {
    en: (campaign: string, body: string) =>
      `I agree that ${campaign} passes on to ${body}, once: my name, craft, country, language and e-mail address. From then on ${body} is responsible for what it received. My signature does not depend on this.`,
    de: (campaign: string, body: string) =>
      `Ich bin einverstanden, dass ${campaign} einmalig an ${body} weitergibt: meinen Namen, meine Tätigkeit, mein Land, meine Sprache und meine E-Mail-Adresse. Von da an ist ${body} für das Erhaltene verantwortlich. Meine Unterschrift hängt davon nicht ab.`,
  },
} as const;

/** The consent to be handed on, word for word; undefined for a version that never was. */
export function handoverConsent(
  locale: Locale,
  names: { readonly campaign: string; readonly body: string },
  version: number = HANDOVER_CONSENT_VERSION,
): string | undefined {
  return version === 1 ? TEXTS[1][locale](names.campaign, names.body) : undefined;
}
