import type { Locale } from '../../kernel/index.ts';
import type { Kind } from '../model.ts';

/** A person agrees to the first, an organisation to the second; a given consent points to it, and words never change. */
const TEXTS = {
  1: {
    en: (campaign: string, body: string) =>
      `I agree that ${campaign} passes on to ${body}, once: my name, craft, country, language and e-mail address. From then on ${body} is responsible for what it received. My signature does not depend on this.`,
    de: (campaign: string, body: string) =>
      `Ich bin einverstanden, dass ${campaign} einmalig an ${body} weitergibt: meinen Namen, meine Tätigkeit, mein Land, meine Sprache und meine E-Mail-Adresse. Von da an ist ${body} für das Erhaltene verantwortlich. Meine Unterschrift hängt davon nicht ab.`,
  },
  2: {
    en: (campaign: string, body: string) =>
      `For the organisation, I agree that ${campaign} passes on to ${body}, once: its name, field, country and language, the number of members it stated, the name of its contact and the e-mail address. From then on ${body} is responsible for what it received. The signature does not depend on this.`,
    de: (campaign: string, body: string) =>
      `Für die Organisation bin ich einverstanden, dass ${campaign} einmalig an ${body} weitergibt: ihren Namen, ihr Gebiet, ihr Land und ihre Sprache, die von ihr genannte Zahl der Mitglieder, den Namen ihrer Kontaktperson und die E-Mail-Adresse. Von da an ist ${body} für das Erhaltene verantwortlich. Die Unterschrift hängt davon nicht ab.`,
  },
} as const;

export type HandoverConsentVersion = keyof typeof TEXTS;

/** The version of the words that are put before a signatory. */
export function handoverConsentVersion(kind: Kind): HandoverConsentVersion {
  return kind === 'organisation' ? 2 : 1;
}

/** The consent to be handed on, word for word; undefined for a version that never was. */
export function handoverConsent(
  locale: Locale,
  names: { readonly campaign: string; readonly body: string },
  version: number,
): string | undefined {
  return version === 1 || version === 2 ? TEXTS[version][locale](names.campaign, names.body) : undefined;
}
