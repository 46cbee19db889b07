import type { Locale } from '../kernel/index.ts';

/** What a check says about a field, in German. Checks speak English, because documents for programs do. */
const GERMAN: { readonly [message: string]: string } = {
  'must not be empty': 'darf nicht leer sein',
  'control characters are not allowed': 'Steuerzeichen sind nicht erlaubt',
  'invisible or direction-changing characters are not allowed':
    'unsichtbare Zeichen und solche, die die Schreibrichtung ändern, sind nicht erlaubt',
  'not well-formed text': 'kein gültiger Text',
  'not a date': 'kein gültiges Datum',
  'a year, a month or a day: 2024, 2024-05, 2024-05-31':
    'ein Jahr, ein Monat oder ein Tag: 2024, 2024-05, 2024-05-31',
  'a language code such as en or de-AT': 'ein Sprachkürzel wie en oder de-AT',
  '64 hexadecimal digits': '64 hexadezimale Ziffern',
  'a media type such as text/plain': 'ein Medientyp wie text/plain',
  'a complete address such as https://example.org/poem':
    'eine vollständige Adresse wie https://example.org/gedicht',
  'a percentage such as 12.5': 'ein Prozentsatz wie 12,5',
  'not a time zone of the IANA list': 'keine Zeitzone der IANA-Liste',
  'not a country code of ISO 3166-1': 'kein Länderkürzel nach ISO 3166-1',
  'not an address on the web such as https://example.org': 'keine Web-Adresse wie https://example.org',
  'not an IBAN: its check digits do not fit': 'keine IBAN: Die Prüfziffern passen nicht',
  'not a BIC such as DEUTDEFF': 'kein BIC wie DEUTDEFF',
  'has no letter or digit that banks can write':
    'enthält keinen Buchstaben und keine Ziffer, die Banken schreiben können',
  'not an account number (IBAN) of the SEPA area': 'keine Kontonummer (IBAN) des SEPA-Raums',
  'not a BIC': 'kein BIC',
  'each use once': 'jede Nutzung einmal',
  'not a mail address': 'keine E-Mail-Adresse',
  'must not be before the day it was sent': 'darf nicht vor dem Tag liegen, an dem sie gesendet wurde',
};

const OTHERWISE = { en: 'is missing or not as expected', de: 'fehlt oder ist nicht wie erwartet' } as const;

/** A check's message as people read it. What a library says by itself is not for people. */
export function issueText(locale: Locale, message: string): string {
  const length = /^at most (\d+) characters$/.exec(message);
  if (length) return locale === 'de' ? `höchstens ${length[1]} Zeichen` : message;
  if (GERMAN[message] === undefined)
    return /^(Invalid|Too|Unrecognized)/.test(message) || locale === 'de' ? OTHERWISE[locale] : message;
  return locale === 'de' ? GERMAN[message] : message;
}
