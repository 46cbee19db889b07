/** A sentence that reserves rights under one law. It is text for an imprint, not advice. */
export type Reservation = {
  readonly id: 'de' | 'eu' | 'uk' | 'us';
  /** The provision it is written for. */
  readonly law: string;
  /** BCP 47, of the sentence. */
  readonly lang: 'de' | 'en';
  readonly sentence: string;
  readonly reviewed: { readonly on: string; readonly by: string };
};

const REVIEWED = { on: '2026-11-22', by: 'the authors of Clearway, not yet by a lawyer' } as const;

/**
 * Reservation sentences for an imprint or terms of use, each naming where its machine-readable form is. In the EU only a
 * machine-readable reservation counts for what is online (Directive (EU) 2019/790, Article 4(3); § 44b(3) UrhG); in the United Kingdom and
 * the United States no reservation is needed, so those sentences say that nothing is given away.
 */
export function reservations(licenseUrl: string): readonly Reservation[] {
  return [
    {
      id: 'de',
      law: '§ 44b Abs. 3 UrhG',
      lang: 'de',
      sentence: `Die Nutzung der Inhalte dieser Website für Text und Data Mining im Sinne von § 44b UrhG behalten sich die Rechtsinhaber vor. Dieser Vorbehalt ist maschinenlesbar erklärt: ${licenseUrl}`,
      reviewed: REVIEWED,
    },
    {
      id: 'eu',
      law: 'Directive (EU) 2019/790, Article 4(3)',
      lang: 'en',
      sentence: `The rightholders expressly reserve the use of the content of this site for text and data mining under Article 4(3) of Directive (EU) 2019/790. This reservation is made in machine-readable form at ${licenseUrl}`,
      reviewed: REVIEWED,
    },
    {
      id: 'uk',
      law: 'Copyright, Designs and Patents Act 1988, section 29A',
      lang: 'en',
      sentence: `Copying the content of this site for text and data analysis, beyond what section 29A of the Copyright, Designs and Patents Act 1988 permits for non-commercial research, needs a licence. Terms: ${licenseUrl}`,
      reviewed: REVIEWED,
    },
    {
      id: 'us',
      law: '17 U.S.C. § 106',
      lang: 'en',
      sentence: `All rights reserved. No permission is given to reproduce the content of this site for training, grounding or evaluating artificial intelligence except under a licence. Terms: ${licenseUrl}`,
      reviewed: REVIEWED,
    },
  ];
}
