import { campaign, identity, kernel, licensing, offers, parties, sites, works } from '@clearway/server';
import type { COMPANY_HOSTS, NewsSite } from './news-site.ts';
import { openPast, type Past } from './past.ts';
import type { Person } from './seed-people.ts';

type People = ReadonlyMap<string, Person>;
type Host = (typeof COMPANY_HOSTS)[number];
/** A company with the website that is its own. */
type Member = Person & { readonly host: string };

const DAY = 86_400_000;

/**
 * The other side in the demo world: a company with licences that wants to be named, one whose licence is over, one that
 * only signed the pledge, what they have said, and what the campaign brought. Its agreements are signed with the keys of
 * this machine.
 */
export async function seedCompanies(k: kernel.Kernel, people: People, news: NewsSite): Promise<void> {
  const past = openPast(k, '2026-11-14T09:00:00Z', 'companies');
  const operator = people.get('jule')!.userId;
  const candela = await prove(past, people.get('candela')!, news, 'candela.example');
  const fjordlicht = await found(past, news, 'Fjordlicht Labs', 'fjordlicht.example');
  const tidewater = await found(past, news, 'Tidewater Search', 'tidewater.example');

  const workId = await offerWork(past, people.get('news')!);
  await license(past, candela, workId);
  await name(past, candela, true);
  const over = await license(past, tidewater, workId);
  await name(past, tidewater, false);
  past.clock.advance(2 * DAY);
  await licensing.revokeAgreement(past, {
    ...{ agreementId: over, userId: tidewater.userId, operator: false },
    reason: 'The product was closed.',
  });

  for (const company of [candela, fjordlicht]) {
    past.clock.advance(DAY / 2);
    await campaign.signPledge(past, {
      ...{ partyId: company.party.id, userId: company.userId, host: company.host },
      version: campaign.currentPledge().version,
    });
  }
  await reply(past, candela, operator);
  await writeDown(past, operator);
}

/** A company that is not among those one can walk in as. */
async function found(past: Past, news: NewsSite, companyName: string, host: Host): Promise<Member> {
  past.clock.advance(DAY / 4);
  const person = await kernel.inTx(past, async (t) => {
    const email = `desk@${host}`;
    const { id: userId } = await identity.ensureUser(t, {
      email,
      name: `Desk of ${companyName}`,
      locale: 'en',
    });
    const { partyId } = await parties.createOrganisation(t, {
      name: companyName,
      country: 'NO',
      url: null,
      userId,
    });
    return { userId, party: (await parties.findParties(t, [partyId])).get(partyId)! };
  });
  return prove(past, person, news, host);
}

async function prove(past: Past, person: Person, news: NewsSite, host: Host): Promise<Member> {
  past.clock.advance(DAY / 24);
  const url = news.siteOf(host);
  const site = await sites.registerSite(past, { partyId: person.party.id, url, actor: person.userId });
  const instructions = await sites.startProof(past, site.id);
  if (instructions.kind !== 'host') throw new Error('a website is a host');
  news.publish(new URL(instructions.file.url).pathname, instructions.file.content);
  const check = await sites.checkProof(past, site.id, 'file', person.userId);
  if (check.result !== 'proven') throw new Error(`${host} was not proven: ${check.result}`);
  return { ...person, host: site.host };
}

/** A report of the newspaper that everybody may answer from, at a price. */
async function offerWork(past: Past, { party, userId }: Person): Promise<string> {
  past.clock.advance(DAY / 24);
  const { work } = await works.registerWork(past, {
    ...{ party, actor: userId, locale: 'en', holders: [] },
    facts: {
      ...{
        title: 'A year on the breakwater',
        type: 'text',
        language: 'en',
        createdYear: 2026,
        making: 'human',
      },
      ...{ createdPlace: null, firstPublished: null, identifiers: [] },
    },
    source: { kind: 'fingerprint', sha256: Buffer.from(past.random(32)).toString('hex') },
  });
  const who = { workId: work.id, partyId: party.id, actor: userId };
  const terms: offers.Terms = {
    ...offers.presetTerms('no-ai'),
    'ai-input': { answer: 'paid', prices: [{ unit: 'answer', amountMicro: '15000', perUnits: '1' }] },
  };
  const draft = await offers.saveDraft(past, who, { version: 0, preset: 'own', terms });
  await offers.publishOffer(past, { ...who, draftVersion: draft.version });
  return work.id;
}

async function license(past: Past, { party, userId }: Person, workId: string): Promise<string> {
  past.clock.advance(DAY / 12);
  const asked = await licensing.quote(past, {
    ...{ workIds: [workId], licenseeId: party.id, askedBy: `user:${userId}`, months: 12 },
    ...{ use: 'ai-input', unit: 'answer', modelScope: null },
  });
  return (await licensing.acceptQuote(past, { quoteId: asked.id, userId })).agreement.id;
}

async function name(past: Past, { party, userId }: Person, linkLicenses: boolean): Promise<void> {
  past.clock.advance(DAY / 24);
  await licensing.nameInPublic(past, { licenseeId: party.id, userId, linkLicenses, stayEarlier: true });
}

async function reply(past: Past, { party, userId, host }: Member, operator: string): Promise<void> {
  const who = { partyId: party.id, userId, slug: 'candela-research', host, locale: 'en' } as const;
  const words =
    'We train on what we have licensed and publish the list. If something of yours is in our data, write to us.';
  await campaign.sendReply(past, { ...who, words });
  const [waiting] = await campaign.waitingReplies(past);
  past.clock.advance(DAY / 8);
  const reason = 'The imprint of candela.example names the company, and its mail answered.';
  await campaign.decideReply(past, { id: waiting!.id, decision: 'accept', reason, by: operator });
}

/** What operators wrote down, one entry of it corrected. All of it is invented, the sources too. */
async function writeDown(past: Past, by: string): Promise<void> {
  const entry = { answeredOn: null, locale: 'en', by } as const;
  const news = (path: string) => `https://harbour-news.example/${path}`;
  await campaign.writeEntry(past, {
    ...{ ...entry, kind: 'commitment', slug: 'candela-research', happenedOn: '2026-10-12' },
    ...{
      words: 'Said that it asks holders before it trains on anything.',
      source: 'https://candela.example/policy',
    },
  });
  await campaign.writeEntry(past, {
    ...{
      ...entry,
      kind: 'request',
      slug: 'candela-research',
      happenedOn: '2026-09-20',
      answeredOn: '2026-09-29',
    },
    ...{
      words: 'Asked on behalf of all who signed whether it would talk about licences.',
      source: news('open-letter'),
    },
  });
  await campaign.writeEntry(past, {
    ...{ ...entry, kind: 'request', slug: 'fjordlicht-labs', happenedOn: '2026-10-20' },
    ...{ words: 'Asked which crawlers are its own.', source: news('which-crawlers') },
  });
  const id = await campaign.writeEntry(past, {
    ...{ ...entry, kind: 'impact', slug: null, happenedOn: '2026-11-03' },
    ...{ words: 'The harbour parliament heard four creators.', source: news('hearing') },
  });
  past.clock.advance(DAY);
  await campaign.correctEntry(past, {
    ...{ ...entry, id, version: 1, happenedOn: '2026-11-03', retracted: false },
    ...{ words: 'A committee of the harbour parliament heard four creators.', source: news('hearing') },
    reason: 'it was a committee, not the whole parliament',
  });
}
