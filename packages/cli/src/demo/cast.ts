/** Someone of the demo world. All invented. */
export type Character = {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly craft: string | undefined;
  readonly country: string;
  readonly kind: 'person' | 'organisation';
  readonly locale: 'en' | 'de';
  /** What a visitor can see with this person's eyes. */
  readonly about: { readonly en: string; readonly de: string };
};

const MAIL = 'demo.example';

export const CAST: readonly Character[] = [
  {
    key: 'hanna',
    name: 'Hanna Brandt',
    email: `hanna@${MAIL}`,
    craft: 'author',
    country: 'DE',
    kind: 'person',
    locale: 'de',
    about: {
      en: 'Novelist. Search is free, answers are paid, training only if she says yes each time. Her terms are public.',
      de: 'Romanautorin. Suche frei, Antworten bezahlt, Training nur nach Rückfrage. Ihre Bedingungen sind veröffentlicht.',
    },
  },
  {
    key: 'tomas',
    name: 'Tomás Rivera',
    email: `tomas@${MAIL}`,
    craft: 'photographer',
    country: 'ES',
    kind: 'person',
    locale: 'en',
    about: {
      en: 'Photographer. One picture says no to all AI use, one says "ask me every time".',
      de: 'Fotograf. Ein Bild sagt Nein zu jeder KI-Nutzung, eines „fragen Sie mich jedes Mal“.',
    },
  },
  {
    key: 'nordlys',
    name: 'Nordlys Choir',
    email: `choir@${MAIL}`,
    craft: 'choir',
    country: 'NO',
    kind: 'person',
    locale: 'en',
    about: {
      en: 'A choir with two co-writers. One has accepted her share, one has not answered: nothing can be licensed yet, and the page says why.',
      de: 'Ein Chor mit zwei Mitschreibenden. Eine hat ihren Anteil angenommen, einer noch nicht: Noch ist nichts lizenzierbar, und die Seite sagt warum.',
    },
  },
  {
    key: 'ida',
    name: 'Ida Falk',
    email: `ida@${MAIL}`,
    craft: 'songwriter',
    country: 'SE',
    kind: 'person',
    locale: 'en',
    about: {
      en: 'Co-writer who accepted her share.',
      de: 'Mitschreibende, die ihren Anteil angenommen hat.',
    },
  },
  {
    key: 'per',
    name: 'Per Solheim',
    email: `per@${MAIL}`,
    craft: 'lyricist',
    country: 'NO',
    kind: 'person',
    locale: 'en',
    about: {
      en: 'Co-writer whose invitation is still open.',
      de: 'Mitschreibender, dessen Einladung noch offen ist.',
    },
  },
  {
    key: 'guild',
    name: 'Guild of Harbour Writers',
    email: `guild@${MAIL}`,
    craft: undefined,
    country: 'DE',
    kind: 'organisation',
    locale: 'de',
    about: {
      en: 'A guild. It registered an anthology, but its authors hold the rights: it can reserve, not license.',
      de: 'Eine Gilde. Sie hat eine Anthologie angemeldet, aber die Rechte liegen bei den Autor:innen: Sie kann vorbehalten, nicht lizenzieren.',
    },
  },
  {
    key: 'news',
    name: 'Harbour News',
    email: `news@${MAIL}`,
    craft: 'publisher',
    country: 'IE',
    kind: 'organisation',
    locale: 'en',
    about: {
      en: 'A news site that proved control of its address and said what on it is not its own.',
      de: 'Eine Nachrichtenseite, die ihre Adresse nachgewiesen und gesagt hat, was darauf nicht ihr gehört.',
    },
  },
  {
    key: 'candela',
    name: 'Candela Research',
    email: `data@${MAIL}`,
    craft: undefined,
    country: 'FR',
    kind: 'organisation',
    locale: 'en',
    about: {
      en: 'A well-behaved AI company. It reads the published terms; taking a licence comes with a later release.',
      de: 'Ein anständiges KI-Unternehmen. Es liest die veröffentlichten Bedingungen; Lizenzen nehmen kommt mit einer späteren Version.',
    },
  },
];

/** The rude crawler has no account: it takes what it finds. It appears where its visits are counted, in a later release. */
export const RUDE_CRAWLER = {
  name: 'GrabBot',
  about: {
    en: 'A rude crawler. It has no account and reads no terms. Its refusals will be counted once a gate stands before a site.',
    de: 'Ein rücksichtsloser Crawler. Er hat kein Konto und liest keine Bedingungen. Seine Abweisungen werden gezählt, sobald ein Tor vor einer Website steht.',
  },
} as const;
