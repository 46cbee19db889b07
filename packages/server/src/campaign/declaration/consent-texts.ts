import type { Locale } from '../../kernel/index.ts';

/** What a person says yes to, word for word. */
export type ConsentText = { readonly sign: string; readonly mail: string };

/** One version of both consents. A given consent points to its version; texts of a version never change. */
export type ConsentVersion = {
  readonly version: number;
  readonly texts: { readonly [L in Locale]: ConsentText };
};

/** All versions, oldest first. */
export const CONSENTS: readonly ConsentVersion[] = [
  {
    version: 1,
    texts: {
      en: {
        sign: 'I sign the declaration. I agree that it is public on this site that I signed, with my name, craft and country; if I hide my name, I am only counted. My e-mail address is never shown; it serves to confirm and manage my signature. I can withdraw my signature or have everything about it erased at any time.',
        mail: 'You may write to me about this campaign. I can stop that at any time.',
      },
      de: {
        sign: 'Ich unterzeichne den Aufruf. Ich bin einverstanden, dass auf dieser Website öffentlich steht, dass ich unterzeichnet habe, mit Name, Tätigkeit und Land; verberge ich meinen Namen, werde ich nur mitgezählt. Meine E-Mail-Adresse wird nie gezeigt; sie dient dazu, meine Unterschrift zu bestätigen und zu verwalten. Ich kann meine Unterschrift jederzeit zurückziehen oder alles dazu löschen lassen.',
        mail: 'Sie dürfen mir zu dieser Kampagne schreiben. Das kann ich jederzeit beenden.',
      },
    },
  },
  {
    version: 2,
    texts: {
      en: {
        sign: 'I sign the declaration. I agree that it is public on this site that I signed, with my name, craft and country, with the town, affiliation and line of text if I give them, and with the method and date of each check; if I hide my name, I am only counted. If I sign for an organisation, I may do so. My e-mail address is never shown; it serves to confirm and manage my signature. I can withdraw my signature or have everything about it erased at any time.',
        mail: 'You may write to me about this campaign. I can stop that at any time.',
      },
      de: {
        sign: 'Ich unterzeichne den Aufruf. Ich bin einverstanden, dass auf dieser Website öffentlich steht, dass ich unterzeichnet habe, mit Name, Tätigkeit und Land, mit Ort, Zugehörigkeit und Zeile, wenn ich sie angebe, und mit Art und Datum jeder Prüfung; verberge ich meinen Namen, werde ich nur mitgezählt. Unterzeichne ich für eine Organisation, bin ich dazu berechtigt. Meine E-Mail-Adresse wird nie gezeigt; sie dient dazu, meine Unterschrift zu bestätigen und zu verwalten. Ich kann meine Unterschrift jederzeit zurückziehen oder alles dazu löschen lassen.',
        mail: 'Sie dürfen mir zu dieser Kampagne schreiben. Das kann ich jederzeit beenden.',
      },
    },
  },
];

/** The version people are asked to agree to now. */
export function currentConsent(): ConsentVersion {
  return CONSENTS.at(-1)!;
}

/** The words of a version that was agreed to. */
export function consentText(version: number, locale: Locale): ConsentText | undefined {
  return CONSENTS.find((consent) => consent.version === version)?.texts[locale];
}
