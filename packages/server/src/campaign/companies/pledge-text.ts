import { canonicalBytes, sha256, toHex } from '@clearway/protocol';
import type { Locale } from '../../kernel/index.ts';

/** The words of a pledge in one language. */
export type PledgeText = {
  readonly title: string;
  readonly intro: string;
  readonly promises: readonly string[];
};

/** A version of the pledge; its words never change. */
export type PledgeVersion = {
  readonly version: number;
  readonly publishedOn: string;
  readonly texts: { readonly [L in Locale]: PledgeText };
};

/** All versions, oldest first. A new one is added below; a test pins the hash of each. */
export const PLEDGES: readonly PledgeVersion[] = [
  {
    version: 1,
    publishedOn: '2026-11-22',
    texts: {
      en: {
        title: 'We ask first',
        intro: 'Works are made by people. Our company promises:',
        promises: [
          'We use works for AI only where a licence or the law allows it, and silence is no licence to us.',
          'We read and respect what creators say to machines, and our crawlers say truthfully who they are.',
          'We say which crawlers are ours and how anybody can check it.',
          'Whoever asks us whether a work of theirs is in our data gets an answer.',
          'Where we use works for money, we look for a way to pay those who made them.',
        ],
      },
      de: {
        title: 'Wir fragen zuerst',
        intro: 'Werke werden von Menschen gemacht. Unser Unternehmen verspricht:',
        promises: [
          'Wir nutzen Werke nur dann für KI, wenn eine Lizenz oder das Gesetz es erlaubt; Schweigen ist für uns keine Lizenz.',
          'Wir lesen und achten, was Kreative den Maschinen sagen, und unsere Crawler sagen wahrheitsgemäß, wer sie sind.',
          'Wir sagen, welche Crawler uns gehören und wie jeder das prüfen kann.',
          'Wer uns fragt, ob ein eigenes Werk in unseren Daten ist, bekommt eine Antwort.',
          'Wo wir mit Werken Geld verdienen, suchen wir einen Weg, die zu bezahlen, die sie gemacht haben.',
        ],
      },
    },
  },
];

/** The version that is signed now. */
export function currentPledge(): PledgeVersion {
  return PLEDGES.at(-1)!;
}

/** What a signature under a pledge points to: SHA-256 of the canonical JSON (RFC 8785) of the version, all languages together. */
export async function pledgeHash(pledge: PledgeVersion): Promise<string> {
  return toHex(await sha256(canonicalBytes(pledge)));
}
