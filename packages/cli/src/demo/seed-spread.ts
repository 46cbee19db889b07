import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaign, identity, kernel } from '@clearway/server';
import sharp from 'sharp';
import { openPast, type Past } from './past.ts';
import { type Person, tokenFromMail } from './seed-people.ts';

const PARTNERS = [
  {
    source: 'harbour-writers',
    name: 'Guild of Harbour Writers',
    hosts: 'writers.demo.example\nwww.writers.demo.example',
    consentEn: 'The Guild of Harbour Writers may write to me about its work for authors.',
    consentDe: 'Die Gilde der Hafenschreibenden darf mir zu ihrer Arbeit für Autor:innen schreiben.',
    colour: '#1d4d43',
  },
  {
    source: 'picture-desk',
    name: 'Harbour Picture Desk',
    hosts: 'pictures.demo.example',
    consentEn: 'Harbour Picture Desk may send me its newsletter for photographers.',
    consentDe: 'Harbour Picture Desk darf mir seinen Rundbrief für Fotograf:innen senden.',
    colour: '#7a3b2e',
  },
] as const;

/** Name, craft, country, through whom, mail from there. */
const SIGNED = [
  ['Mareike Tolsdorf', 'author', 'DE', 'harbour-writers', true],
  ['Anselm Rieck', 'poet', 'DE', 'harbour-writers', true],
  ['Ludivine Haas', 'translator', 'FR', 'harbour-writers', false],
  ['Jolanta Wrona', 'journalist', 'PL', 'harbour-writers', true],
  ['Emeka Nwosu-Bell', 'photographer', 'GB', 'picture-desk', true],
  ['Signe Aaberg', 'photographer', 'DK', 'picture-desk', false],
] as const;

/** Partners with a frame of their own, those who signed there, one who moderates, and what was corrected. */
export async function seedSpread(k: kernel.Kernel, people: ReadonlyMap<string, Person>): Promise<void> {
  const past = openPast(k, '2026-09-18T09:00:00Z', 'spread');
  const { id: by } = await kernel.inTx(past, (t) => identity.ensureOperator(t, 'Harbour Guild', 'en'));
  const ids = new Map<string, string>();
  for (const { colour, ...about } of PARTNERS) {
    const id = await campaign.createPartner(past, { ...about, by });
    ids.set(about.source, id);
    await showLogo(past, id, by, colour);
  }
  await letModerate(past, people.get('guild')!.userId, { partnerId: ids.get('harbour-writers')!, by });
  for (const [i, [name, craft, country, source, partnerConsent]] of SIGNED.entries()) {
    past.clock.advance(9 * 3_600_000);
    const about = { name, craft, country, source, partnerConsent, partnerConsentVersion: 1 };
    await sign(past, { ...about, email: `through-${i + 1}@crowd.example` });
    if (i % 2 === 0) await campaign.recordList(past);
  }
  await correct(past, by);
}

async function sign(
  past: Past,
  about: Pick<campaign.SignInput, 'name' | 'craft' | 'country' | 'email'> & Partial<campaign.SignInput>,
): Promise<void> {
  await campaign.signDeclaration(past, {
    hideName: false,
    age: 'sixteen',
    consent: true,
    mailConsent: false,
    declarationVersion: (await campaign.currentDeclaration(past)).version,
    consentVersion: campaign.currentConsent().version,
    locale: 'en',
    ...about,
  });
  await campaign.confirmSignature(past, await tokenFromMail(past, about.email, 'c'));
}

async function letModerate(
  past: Past,
  userId: string,
  { partnerId, by }: { partnerId: string; by: string },
): Promise<void> {
  const email = 'guild@demo.example';
  await campaign.inviteModerator(past, { name: 'Mirja Saar', email, partnerId, by, locale: 'en' });
  const token = await tokenFromMail(past, email, 'moderators');
  await campaign.acceptModeratorInvitation(past, { token, locale: 'en', signedIn: userId });
}

/** Two machines signed, and were taken out again. */
async function correct(past: Past, by: string): Promise<void> {
  for (const i of [1, 2]) {
    past.clock.advance(60_000);
    await sign(past, {
      name: `Autofill Person ${i}`,
      craft: 'other',
      country: 'DE',
      email: `autofill-${i}@crowd.example`,
    });
  }
  past.clock.advance(3_600_000);
  const { conditions, count } = await campaign.previewCleanUp(past, { name: 'autofill*' });
  await campaign.cleanUp(past, {
    conditions,
    expected: count,
    reason: 'Test entries of a browser extension; nobody stood behind them.',
    operatorId: by,
  });
  past.clock.advance(86_400_000);
  await campaign.writeCorrection(past, {
    happenedOn: '2026-09-19',
    en: 'For two hours the home page showed the count of the day before. List and record were right.',
    de: 'Zwei Stunden lang zeigte die Startseite die Zahl des Vortags. Liste und Aufzeichnung stimmten.',
    by,
  });
  await campaign.recordList(past);
}

/** A mark of plain shapes, drawn here. */
async function showLogo(past: Past, id: string, by: string, colour: string): Promise<void> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="120"><rect width="240" height="120" fill="#fff"/><circle cx="60" cy="60" r="44" fill="none" stroke="${colour}" stroke-width="10"/><path d="M120 92h100M120 60h100M120 28h60" stroke="${colour}" stroke-width="12"/></svg>`;
  const bytes = await sharp(Buffer.from(svg)).png().toBuffer();
  const path = join(past.site.spoolDirectory, `logo-${id}.png`);
  mkdirSync(past.site.spoolDirectory, { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes);
  try {
    await campaign.setPartnerLogo(past, { id, file: { path }, by });
  } finally {
    rmSync(path);
  }
}
