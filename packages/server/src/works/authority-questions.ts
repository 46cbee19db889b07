import type { Locale } from '../kernel/index.ts';
import type { Craft } from '../parties/index.ts';
import type { HolderKind } from './model.ts';

/** Stored with each answer: who answered another wording is not taken to have answered this one. */
export const QUESTION_VERSION = '2026-11-1';

type Society = { readonly [country: string]: string };

// Collecting societies by what is licensed and country (ISO 3166-1); only the common ones, as examples.
const MUSIC: Society = {
  AT: 'AKM',
  AU: 'APRA AMCOS',
  BE: 'SABAM',
  CA: 'SOCAN',
  CH: 'SUISA',
  DE: 'GEMA',
  DK: 'Koda',
  ES: 'SGAE',
  FR: 'SACEM',
  GB: 'PRS for Music',
  IE: 'IMRO',
  IT: 'SIAE',
  JP: 'JASRAC',
  NL: 'Buma/Stemra',
  NO: 'TONO',
  PL: 'ZAiKS',
  SE: 'STIM',
  US: 'ASCAP, BMI, The MLC',
};
const TEXT: Society = {
  AT: 'Literar-Mechana',
  AU: 'Copyright Agency',
  CA: 'Access Copyright',
  CH: 'ProLitteris',
  DE: 'VG Wort',
  ES: 'CEDRO',
  FR: 'Sofia',
  GB: 'ALCS',
  IT: 'SIAE',
  NL: 'Lira',
  US: 'Authors Registry, CCC',
};
const IMAGE: Society = {
  AT: 'Bildrecht',
  CH: 'ProLitteris',
  DE: 'VG Bild-Kunst',
  ES: 'VEGAP',
  FR: 'ADAGP',
  GB: 'DACS',
  IT: 'SIAE',
  NL: 'Pictoright',
  SE: 'Bildupphovsrätt',
  US: 'ARS',
};
const PERFORMERS: Society = {
  AT: 'LSG',
  CH: 'SWISSPERFORM',
  DE: 'GVL',
  FR: 'Adami, Spedidam',
  GB: 'PPL',
  NL: 'Sena',
  SE: 'SAMI',
  US: 'SoundExchange',
};
const FILM: Society = {
  AT: 'VdFS',
  CH: 'SUISSIMAGE',
  DE: 'VG Bild-Kunst',
  FR: 'SACD, Scam',
  GB: 'Directors UK',
  NL: 'VEVAM',
};

type Question = {
  readonly kinds: readonly HolderKind[];
  readonly societies?: Society;
  readonly en: string;
  readonly de: string;
};

const SONG: Question = {
  kinds: ['society', 'publisher', 'label', 'heir'],
  societies: MUSIC,
  en: 'Members of a collecting society have often given it their online rights, and a music publisher may hold part of them.',
  de: 'Mitglieder einer Verwertungsgesellschaft haben ihr oft die Online-Rechte übertragen, und ein Musikverlag kann einen Teil davon halten.',
};
const PERFORMANCE: Question = {
  kinds: ['label', 'society', 'employer', 'heir'],
  societies: PERFORMERS,
  en: 'A recording often belongs to a label or producer, and a performer’s contract may have given away these rights.',
  de: 'Eine Aufnahme gehört oft einem Label oder Produzenten, und ein Künstlervertrag kann diese Rechte übertragen haben.',
};
const BOOK: Question = {
  kinds: ['publisher', 'society', 'client', 'heir'],
  societies: TEXT,
  en: 'A publishing contract may include digital rights, and a collecting society may have been given some of them.',
  de: 'Ein Verlagsvertrag kann digitale Rechte einschließen, und eine Verwertungsgesellschaft kann einige davon wahrnehmen.',
};
const PRESS: Question = {
  kinds: ['publisher', 'employer', 'society', 'heir'],
  societies: TEXT,
  en: 'What staff write usually belongs to the newspaper or station; freelancers should look at the last contract.',
  de: 'Was Angestellte schreiben, gehört meist dem Verlag oder Sender; Freie sehen am besten in den letzten Vertrag.',
};
const PICTURE: Question = {
  kinds: ['client', 'society', 'publisher', 'employer', 'heir'],
  societies: IMAGE,
  en: 'A commission may have given all rights to the client, and an agency or a collecting society may license for you.',
  de: 'Ein Auftrag kann alle Rechte dem Auftraggeber gegeben haben, und eine Agentur oder Verwertungsgesellschaft kann für Sie lizenzieren.',
};
const MOVING: Question = {
  kinds: ['employer', 'client', 'society', 'heir'],
  societies: FILM,
  en: 'In film the producer usually holds the rights of all who took part.',
  de: 'Beim Film hält meist die Produktion die Rechte aller Beteiligten.',
};
const CODE: Question = {
  kinds: ['employer', 'client', 'publisher', 'heir'],
  en: 'What is made in a job or on commission usually belongs to the employer, studio or client.',
  de: 'Was in einer Anstellung oder im Auftrag entsteht, gehört meist dem Arbeitgeber, dem Studio oder dem Auftraggeber.',
};
const ANY: Question = {
  kinds: ['publisher', 'society', 'label', 'employer', 'client', 'heir'],
  en: 'Look at the last contract: does it give somebody else the right to license your work for AI or for digital use?',
  de: 'Sehen Sie in den letzten Vertrag: Gibt er jemand anderem das Recht, Ihr Werk für KI oder digitale Nutzung zu lizenzieren?',
};

const QUESTIONS: { readonly [C in Craft]: Question } = {
  author: BOOK,
  journalist: PRESS,
  translator: BOOK,
  poet: BOOK,
  screenwriter: MOVING,
  playwright: BOOK,
  composer: SONG,
  songwriter: SONG,
  lyricist: SONG,
  musician: PERFORMANCE,
  singer: PERFORMANCE,
  choir: PERFORMANCE,
  illustrator: PICTURE,
  painter: PICTURE,
  photographer: PICTURE,
  designer: PICTURE,
  'comic-artist': { ...PICTURE, kinds: ['publisher', 'society', 'client', 'employer', 'heir'] },
  sculptor: PICTURE,
  'film-maker': MOVING,
  actor: { ...PERFORMANCE, kinds: ['employer', 'society', 'label', 'heir'] },
  'voice-actor': { ...PERFORMANCE, kinds: ['employer', 'client', 'society', 'heir'] },
  dancer: { ...PERFORMANCE, kinds: ['employer', 'client', 'society', 'heir'] },
  'game-maker': CODE,
  programmer: CODE,
  publisher: {
    kinds: ['society', 'client', 'heir'],
    societies: TEXT,
    en: 'A publisher can say yes where the contract with the author includes it.',
    de: 'Ein Verlag kann zustimmen, soweit der Vertrag mit der Urheberin oder dem Urheber das einschließt.',
  },
  other: ANY,
};

/** How the first question is asked of somebody: what is usual in the craft, and whom the answer *theirs* could name. */
export type AuthorityQuestion = {
  readonly version: string;
  readonly usual: string;
  readonly kinds: readonly HolderKind[];
  /** Societies of the person's country and field, or undefined. */
  readonly societies: string | undefined;
};

/** The question for a craft and country; both may be unknown. */
export function authorityQuestion(
  locale: Locale,
  craft: Craft | null,
  country: string | null,
): AuthorityQuestion {
  const { kinds, societies, ...text } = QUESTIONS[craft ?? 'other'];
  const known = country !== null && societies !== undefined && Object.hasOwn(societies, country);
  const local = known ? societies[country] : undefined;
  return { version: QUESTION_VERSION, usual: text[locale], kinds, societies: local };
}
