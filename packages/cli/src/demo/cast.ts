/** Someone of the demo world. All invented. */
export type Character = {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  readonly craft: string | undefined;
  readonly country: string;
  readonly kind: 'person' | 'organisation';
  /** Who acts for an organisation. */
  readonly contact?: string;
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
      en: 'Novelist. Search is free, answers are paid, training only if she says yes each time. One work is licensed: see her earnings, a statement, a payout.',
      de: 'Romanautorin. Suche frei, Antworten bezahlt, Training nur nach Rückfrage. Ein Werk ist lizenziert: Sehen Sie ihre Einnahmen, eine Abrechnung, eine Auszahlung.',
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
    contact: 'Mirja Saar',
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
    contact: 'Ines Marlow',
    locale: 'en',
    about: {
      en: 'A news site that proved control of its address and said what on it is not its own.',
      de: 'Eine Nachrichtenseite, die ihre Adresse nachgewiesen und gesagt hat, was darauf nicht ihr gehört.',
    },
  },
  {
    key: 'renke',
    name: 'Renke Harms',
    email: `renke@${MAIL}`,
    craft: 'other',
    country: 'DE',
    kind: 'person',
    locale: 'de',
    about: {
      en: 'Runs this instance for the guild: closes months, imports bank statements, proposes payouts. Somebody else has to order them.',
      de: 'Betreibt diese Instanz für die Gilde: schließt Monate ab, liest Kontoauszüge ein, schlägt Auszahlungen vor. Anweisen muss sie jemand anders.',
    },
  },
  {
    key: 'jule',
    name: 'Jule Petersen',
    email: `jule@${MAIL}`,
    craft: 'other',
    country: 'DE',
    kind: 'person',
    locale: 'de',
    about: {
      en: 'The second person who runs this instance: what one proposes, she orders or discards.',
      de: 'Die zweite Person, die diese Instanz betreibt: Was einer vorschlägt, weist sie an oder verwirft es.',
    },
  },
  {
    key: 'candela',
    name: 'Candela Research',
    email: `data@${MAIL}`,
    craft: undefined,
    country: 'FR',
    kind: 'organisation',
    contact: 'Sam Ode',
    locale: 'en',
    about: {
      en: 'A well-behaved AI company. It has two licences, an invoice and a checked dataset; take another licence with its eyes: catalogue, quote, yes.',
      de: 'Ein anständiges KI-Unternehmen. Es hat zwei Lizenzen, eine Rechnung und einen geprüften Datensatz; nehmen Sie mit seinen Augen noch eine Lizenz: Katalog, Angebot, Ja.',
    },
  },
];

/** The rude crawler has no account: it takes what it finds. */
export const RUDE_CRAWLER = {
  name: 'GrabBot',
  about: {
    en: 'A rude crawler. It has no account and reads no terms. Its refusals are counted where a gate stands before a site; in this world none does.',
    de: 'Ein rücksichtsloser Crawler. Er hat kein Konto und liest keine Bedingungen. Seine Abweisungen werden gezählt, wo ein Tor vor einer Website steht; in dieser Welt steht keines.',
  },
} as const;
