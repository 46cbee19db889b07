import type { Locale } from '../kernel/index.ts';

/** What people do, with the names they would use; German without a gender. */
const NAMES = {
  author: ['Author', 'Autor:in'],
  journalist: ['Journalist', 'Journalist:in'],
  translator: ['Translator', 'Übersetzer:in'],
  poet: ['Poet', 'Lyriker:in'],
  screenwriter: ['Screenwriter', 'Drehbuchautor:in'],
  playwright: ['Playwright', 'Dramatiker:in'],
  composer: ['Composer', 'Komponist:in'],
  songwriter: ['Songwriter', 'Songwriter:in'],
  lyricist: ['Lyricist', 'Textdichter:in'],
  musician: ['Musician', 'Musiker:in'],
  singer: ['Singer', 'Sänger:in'],
  choir: ['Choir or conductor', 'Chor oder Chorleitung'],
  illustrator: ['Illustrator', 'Illustrator:in'],
  painter: ['Painter', 'Maler:in'],
  photographer: ['Photographer', 'Fotograf:in'],
  designer: ['Designer', 'Designer:in'],
  'comic-artist': ['Comic artist', 'Comiczeichner:in'],
  sculptor: ['Sculptor', 'Bildhauer:in'],
  'film-maker': ['Film-maker', 'Filmschaffende:r'],
  actor: ['Actor', 'Schauspieler:in'],
  'voice-actor': ['Voice actor', 'Synchronsprecher:in'],
  dancer: ['Dancer or choreographer', 'Tanz oder Choreografie'],
  'game-maker': ['Game maker', 'Spieleentwickler:in'],
  programmer: ['Programmer', 'Programmierer:in'],
  publisher: ['Publisher', 'Verlag'],
  other: ['Another craft', 'Andere Tätigkeit'],
} as const satisfies { readonly [code: string]: readonly [string, string] };

/** Code of a craft, as stored and sent. */
export type Craft = keyof typeof NAMES;

/** The codes in the order in which forms show them. */
export const CRAFTS = Object.keys(NAMES) as [Craft, ...Craft[]];

/** A craft as people of the language call it. */
export function craftName(locale: Locale, craft: Craft): string {
  return NAMES[craft][locale === 'en' ? 0 : 1];
}

/** The code, if the text is one. */
export function asCraft(text: string): Craft | undefined {
  return CRAFTS.find((craft) => craft === text);
}
