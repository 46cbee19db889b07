import { campaign, identity, kernel, parties } from '@clearway/server';
import { CAST, type Character } from './cast.ts';
import type { Past } from './past.ts';
import { SIGNATORIES } from './signatories.ts';

export type Person = { readonly userId: string; readonly party: parties.Party };

/** Everyone signs and confirms as people do: by form and by the link in the mail. */
export async function seedPeople(past: Past): Promise<Map<string, Person>> {
  const people = new Map<string, Person>();
  for (const [i, one] of SIGNATORIES.entries()) {
    past.clock.advance(5 * 3_600_000 + i * 60_000);
    await signAndConfirm(past, { ...one, email: `signatory-${i + 1}@crowd.example`, locale: 'en' });
    // As the job does that looks every minute.
    await campaign.watchGoals(past);
  }
  for (const character of CAST) {
    past.clock.advance(7 * 3_600_000);
    people.set(
      character.key,
      character.kind === 'person'
        ? await joinAsPerson(past, character)
        : await joinAsOrganisation(past, character),
    );
  }
  return people;
}

async function signAndConfirm(
  past: Past,
  who: { name: string; craft: string; country: string; hidden: boolean; email: string; locale: 'en' | 'de' },
): Promise<string> {
  const { name, craft, country, hidden, email, locale } = who;
  await campaign.signDeclaration(past, {
    ...{ name, country, email, locale },
    craft: craft as parties.Craft,
    hideName: hidden,
    age: 'sixteen',
    consent: true,
    mailConsent: email.length % 2 === 0,
    declarationVersion: (await campaign.currentDeclaration(past)).version,
    consentVersion: campaign.currentConsent().version,
  });
  const token = await tokenFromMail(past, email, 'c');
  past.clock.advance(11 * 60_000);
  return (await campaign.confirmSignature(past, token)).accountToken;
}

async function joinAsPerson(past: Past, who: Character): Promise<Person> {
  const accountToken = await signAndConfirm(past, { ...who, craft: who.craft ?? 'other', hidden: false });
  const userId = await campaign.becomeUser(past, accountToken);
  return { userId, party: (await parties.partyOfUser(past, userId))! };
}

async function joinAsOrganisation(past: Past, who: Character): Promise<Person> {
  const { name, email, contact = name, locale, country } = who;
  return kernel.inTx(past, async (t) => {
    const { id: userId } = await identity.ensureUser(t, { email, name: contact, locale });
    const { partyId } = await parties.createOrganisation(t, { name, country, url: null, userId });
    return { userId, party: (await parties.findParties(t, [partyId])).get(partyId)! };
  });
}

/** The newest mail to an address holds one link of the given kind. */
export async function tokenFromMail(past: Past, email: string, kind: string): Promise<string> {
  const mails = await kernel.openMails(past, 50);
  const mail = mails.find(({ recipient, text }) => recipient === email && text.includes(`/${kind}/`));
  const token = mail && new RegExp(`/${kind}/([\\w-]+)`).exec(mail.text)?.[1];
  if (!token) throw new Error(`no mail to ${email} with a link of the kind ${kind}`);
  return token;
}
