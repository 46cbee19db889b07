import type { Locale } from '../../kernel/index.ts';

/** The words of the declaration in one language. */
export type DeclarationText = {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly demandsIntro: string;
  readonly demands: readonly string[];
  readonly closing: string;
};

/** One version, in all its languages. What people have signed never changes: new words are a new version. */
export type DeclarationVersion = {
  readonly version: number;
  /** ISO 8601 date. */
  readonly publishedOn: string;
  readonly texts: DeclarationTexts;
};

/** The words in all languages. */
export type DeclarationTexts = { readonly [L in Locale]: DeclarationText };

/** The versions that come with the software; later ones are written in the desk. */
export const DECLARATIONS: readonly DeclarationVersion[] = [
  {
    version: 1,
    publishedOn: '2026-11-22',
    texts: {
      en: {
        title: 'Knock first',
        paragraphs: [
          'Every book was once an empty page. Every song was a quiet room. Every picture began with someone who looked a little longer than the others.',
          'We are the people who filled the page, broke the quiet and kept looking: writers, musicians, photographers, illustrators, actors, translators, journalists, programmers and many more. Our work is how we speak, and it is what we live on.',
          'Now machines learn from what we made. Much of it was taken: without a question, without a name, without a cent. What came of it was then sold, often in our place. Taking is older than any technology. Calling it progress does not make it new.',
          'We are not against machines that learn. We are against not being asked. There is a better way, and it is an old one: you ask, we answer, you pay what was agreed, and both of us can check. Agreements like this exist. They work.',
        ],
        demandsIntro: 'So we say:',
        demands: [
          'Ask first. Silence is not a yes.',
          'A no is a no. It needs no reason, and it costs nothing.',
          'A yes has terms: which work, for what, for how long, at what price.',
          'Pay everyone who had a part in the work, and let the sums be seen.',
          'Whoever uses our work keeps a record of it, and we can read it.',
          'None of this forgives what was taken before.',
        ],
        closing: 'To everyone who builds these machines: our door is not locked. Knock.',
      },
      de: {
        title: 'Erst anklopfen',
        paragraphs: [
          'Jedes Buch war einmal eine leere Seite. Jedes Lied war ein stilles Zimmer. Jedes Bild begann damit, dass jemand etwas länger hinsah als die anderen.',
          'Wir sind die, die die Seite gefüllt, die Stille gebrochen und weiter hingesehen haben: Menschen, die schreiben, musizieren, fotografieren, zeichnen, spielen, übersetzen, berichten, programmieren, und viele mehr. Unsere Arbeit ist unsere Stimme, und wir leben von ihr.',
          'Jetzt lernen Maschinen aus dem, was wir geschaffen haben. Vieles davon wurde genommen: ohne Frage, ohne Namen, ohne einen Cent. Verkauft wurde dann, was daraus entstand, oft an unserer Stelle. Nehmen ist älter als jede Technik. Wer es Fortschritt nennt, macht es nicht neu.',
          'Wir sind nicht gegen Maschinen, die lernen. Wir sind dagegen, nicht gefragt zu werden. Es gibt einen besseren Weg, und er ist alt: Sie fragen, wir antworten, Sie zahlen, was vereinbart ist, und beide Seiten können es nachprüfen. Solche Vereinbarungen gibt es. Sie funktionieren.',
        ],
        demandsIntro: 'Darum sagen wir:',
        demands: [
          'Erst fragen. Schweigen ist kein Ja.',
          'Ein Nein ist ein Nein. Es braucht keinen Grund und kostet nichts.',
          'Ein Ja hat Bedingungen: welches Werk, wofür, wie lange, zu welchem Preis.',
          'Bezahlt werden alle, die am Werk beteiligt sind, und die Summen sind einsehbar.',
          'Wer unsere Werke nutzt, führt Buch darüber, und wir können es lesen.',
          'Nichts davon verzeiht, was vorher genommen wurde.',
        ],
        closing: 'An alle, die solche Maschinen bauen: Unsere Tür ist nicht verschlossen. Klopfen Sie an.',
      },
    },
  },
];
