import { campaign } from '@clearway/server';
import type { Past } from './past.ts';
import { type Person, tokenFromMail } from './seed-people.ts';

/** An organisation on the wall, names checked by the domain of their mail, and two of them featured. */
export async function seedWall(past: Past, people: ReadonlyMap<string, Person>): Promise<void> {
  const by = people.get('jule')!.userId;
  const email = 'office@harbour-writers.example';
  await campaign.signDeclaration(past, {
    name: 'Guild of Harbour Writers',
    kind: 'organisation',
    members: 412,
    contact: 'Mirja Saar',
    craft: 'author',
    country: 'DE',
    town: 'Kiel',
    hideName: false,
    email,
    locale: 'en',
    age: 'sixteen',
    consent: true,
    mailConsent: true,
    declarationVersion: (await campaign.currentDeclaration(past)).version,
    consentVersion: campaign.currentConsent().version,
  });
  past.clock.advance(9 * 60_000);
  await campaign.confirmSignature(past, await tokenFromMail(past, email, 'c'));
  for (const [domain, organisation] of [
    ['harbour-writers.example', 'Guild of Harbour Writers'],
    ['demo.example', 'Harbour Guild'],
  ] as const)
    await campaign.addOfficialDomain(past, { domain, organisation, by });
  for (const key of ['hanna', 'tomas']) {
    const signature = await campaign.signatureOfUser(past, people.get(key)!.userId);
    await campaign.featureSignatory(past, { signatoryId: signature!.id, by });
  }
}
