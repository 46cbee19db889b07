import type { BundlePrice } from '@clearway/protocol';

/** The languages of pages for refused visitors. */
export type Locale = 'en' | 'de';

/** Why a request is not answered with the page it asked for. */
export type RefusalReason =
  | 'ambiguous-request'
  | 'license-required'
  | 'payment-required'
  | 'credentials-malformed'
  | 'token-invalid'
  | 'token-expired'
  | 'token-revoked'
  | 'token-elsewhere'
  | 'token-scope'
  | 'token-use'
  | 'token-exhausted'
  | 'cannot-decide';

type Text = { readonly title: string; readonly body: string };

/** One plain title and one plain explanation with its cure, for each reason and language. */
export const reasonTexts: Readonly<Record<Locale, Readonly<Record<RefusalReason, Text>>>> = {
  en: {
    'ambiguous-request': {
      title: 'This address can be read in more than one way',
      body: 'Ask for the page by its plain address, without encoded slashes, dot segments or empty segments.',
    },
    'license-required': {
      title: 'A license is needed to use this page with AI',
      body: 'People read it as always. What AI may do with it, and whom to ask, is said in the license terms.',
    },
    'payment-required': {
      title: 'A paid license is needed to use this page with AI',
      body: 'People read it as always. For AI use a license is on sale; take one and send its token with the request.',
    },
    'credentials-malformed': {
      title: 'The license token could not be read',
      body: 'Send exactly one header "Authorization: License" with one token.',
    },
    'token-invalid': {
      title: 'The license token is not valid',
      body: 'Fetch a new token from the license server named in the license terms.',
    },
    'token-expired': {
      title: 'The license token has expired',
      body: 'Fetch a new token from the license server named in the license terms.',
    },
    'token-revoked': {
      title: 'This license is no longer in force',
      body: 'The license server tells which agreement ended and when.',
    },
    'token-elsewhere': {
      title: 'The license token is for another site',
      body: 'Fetch a token for this site from the license server named in its terms.',
    },
    'token-scope': {
      title: 'The license does not cover this page',
      body: 'The terms of this page say which license does.',
    },
    'token-use': {
      title: 'The license does not cover this use',
      body: 'Send a token for the one use you fetch this page for.',
    },
    'token-exhausted': {
      title: 'The license token is used up',
      body: 'Its number of fetches is reached; fetch a new token from the license server.',
    },
    'cannot-decide': {
      title: 'It cannot be decided just now whether a license covers this',
      body: 'This is a fault on this side. Try again later; nothing was counted.',
    },
  },
  de: {
    'ambiguous-request': {
      title: 'Diese Adresse lässt sich auf mehr als eine Weise lesen',
      body: 'Rufen Sie die Seite mit ihrer einfachen Adresse ab, ohne kodierte Schrägstriche, Punkt- oder Leersegmente.',
    },
    'license-required': {
      title: 'Für die Nutzung dieser Seite mit KI ist eine Lizenz nötig',
      body: 'Menschen lesen sie wie immer. Was KI damit tun darf und wen Sie fragen können, steht in den Lizenzbedingungen.',
    },
    'payment-required': {
      title: 'Für die Nutzung dieser Seite mit KI ist eine bezahlte Lizenz nötig',
      body: 'Menschen lesen sie wie immer. Für KI-Nutzung gibt es eine Lizenz zu kaufen; senden Sie deren Token mit der Anfrage.',
    },
    'credentials-malformed': {
      title: 'Das Lizenz-Token ist nicht lesbar',
      body: 'Senden Sie genau einen Header „Authorization: License“ mit einem Token.',
    },
    'token-invalid': {
      title: 'Das Lizenz-Token ist nicht gültig',
      body: 'Holen Sie ein neues Token beim Lizenzserver, den die Lizenzbedingungen nennen.',
    },
    'token-expired': {
      title: 'Das Lizenz-Token ist abgelaufen',
      body: 'Holen Sie ein neues Token beim Lizenzserver, den die Lizenzbedingungen nennen.',
    },
    'token-revoked': {
      title: 'Diese Lizenz gilt nicht mehr',
      body: 'Der Lizenzserver sagt, welche Vereinbarung wann geendet hat.',
    },
    'token-elsewhere': {
      title: 'Das Lizenz-Token gilt für eine andere Website',
      body: 'Holen Sie ein Token für diese Website beim Lizenzserver, den ihre Bedingungen nennen.',
    },
    'token-scope': {
      title: 'Die Lizenz umfasst diese Seite nicht',
      body: 'Welche Lizenz sie umfasst, steht in den Bedingungen dieser Seite.',
    },
    'token-use': {
      title: 'Die Lizenz umfasst diese Nutzung nicht',
      body: 'Senden Sie ein Token für die eine Nutzung, für die Sie die Seite abrufen.',
    },
    'token-exhausted': {
      title: 'Das Lizenz-Token ist aufgebraucht',
      body: 'Die Zahl seiner Abrufe ist erreicht; holen Sie ein neues Token beim Lizenzserver.',
    },
    'cannot-decide': {
      title: 'Ob eine Lizenz dies umfasst, lässt sich gerade nicht entscheiden',
      body: 'Der Fehler liegt auf dieser Seite. Versuchen Sie es später erneut; gezählt wurde nichts.',
    },
  },
};

type PageText = {
  readonly terms: string;
  readonly offer: string;
  readonly price: string;
  readonly people: string;
  /** What a price is for: so many units. */
  readonly units: Readonly<Record<BundlePrice['unit'], (perUnits: number) => string>>;
};

/** Words around the reason. */
export const pageTexts: Readonly<Record<Locale, PageText>> = {
  en: {
    terms: 'Read the license terms',
    offer: 'Take a license',
    price: 'Price',
    people: 'If you are a person and see this page, your browser calls itself an AI crawler.',
    units: {
      fetch: (n) => (n === 1 ? 'per fetch' : `per ${n} fetches`),
      answer: (n) => (n === 1 ? 'per answer' : `per ${n} answers`),
      'model-version': (n) => (n === 1 ? 'flat per model version' : `per ${n} model versions`),
    },
  },
  de: {
    terms: 'Lizenzbedingungen lesen',
    offer: 'Lizenz nehmen',
    price: 'Preis',
    people: 'Wenn Sie ein Mensch sind und dies lesen, gibt sich Ihr Browser als KI-Crawler aus.',
    units: {
      fetch: (n) => (n === 1 ? 'je Abruf' : `je ${n} Abrufe`),
      answer: (n) => (n === 1 ? 'je Antwort' : `je ${n} Antworten`),
      'model-version': (n) => (n === 1 ? 'pauschal je Modellversion' : `je ${n} Modellversionen`),
    },
  },
};
