import type { Client } from '../client.ts';
import { openLicense } from '../licence.ts';
import { payByHand } from '../pay-by-hand.ts';
import { COMPANY, MAYA, PRIYA, SAM } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { answersPaid, publishTerms } from './publish-terms.ts';
import { expectCode } from './register-works.ts';

export const JSON_ONLY = { Accept: 'application/json' };
type Quote = {
  id: string;
  lines: { workId: string; offerSha256: string }[];
  exclusions: { workId: string; reason: string }[];
};
type Catalogue = {
  items: { work: { id: string }; offer: { sha256: string }; prices: { amountMicro: string }[] }[];
};

/** Step 9: find, quote with every exclusion and its reason, agree; the licence is a document anyone can check. */
export const agree: Step<SelftestWorld> = {
  number: 9,
  title: 'Find works, get a quote with reasons, agree: a licence document that verifies offline',
  async run(world) {
    const [maya, sam, priya] = [MAYA, SAM, PRIYA].map(({ key }) => world.person(key)) as [
      Client,
      Client,
      Client,
    ];
    const siteWork = world.notes.get('urlWork')!;
    const drafts = await publishTerms(maya, siteWork, 2, answersPaid('3000'));
    expectStatus(drafts, 201, 'a work on her site is offered');

    const found = (
      await sam.get('/api/catalogue?use=ai-input&unit=fetch&maxPriceMicro=5000', JSON_ONLY)
    ).json<Catalogue>();
    const ids = found.items.map(({ work }) => work.id);
    expectThat(
      ids.includes(siteWork) && ids.includes(world.notes.get('work')!),
      'the catalogue finds both works by use and price',
    );
    const cheap = (
      await sam.get('/api/catalogue?use=ai-input&unit=fetch&maxPriceMicro=10', JSON_ONLY)
    ).json<Catalogue>();
    expectThat(cheap.items.length === 0, 'and none below what they cost');

    const reserved = world.notes.get('fileWork')!;
    const asked = await sam.json('POST', '/api/quotes', {
      workIds: [siteWork, world.notes.get('work'), reserved],
      use: 'ai-input',
      unit: 'fetch',
    });
    expectStatus(asked, 201, 'a quote for three works');
    const quote = asked.json<Quote>();
    expectThat(
      quote.lines.length === 2 && quote.exclusions.length === 1 && quote.exclusions[0]!.workId === reserved,
      'two lines, one exclusion with its reason',
    );
    const both = await Promise.all(
      [0, 1].map(() => priya.json('POST', `/api/quotes/${quote.id}/acceptance`, {})),
    );
    expectThat(
      both.filter(({ status }) => status === 201).length === 1,
      `two acceptances at once make one agreement: ${both.map(({ status, text }) => `${status} ${text.slice(0, 200)}`)}`,
    );
    const { agreementId, licensePage } = both
      .find(({ status }) => status === 201)!
      .json<{ agreementId: string; licensePage: string }>();
    world.notes.set('agreement', agreementId);
    expectCode(await priya.json('POST', `/api/quotes/${quote.id}/acceptance`, {}), 409, 'quote-accepted');

    const detail = (await priya.get(`/api/agreements/${agreementId}`, JSON_ONLY)).json<{
      document: string;
    }>();
    const license = await openLicense(world, detail.document);
    const offers = quote.lines.map(({ offerSha256 }) => offerSha256).sort();
    expectThat(
      JSON.stringify(license.works.map(({ offerSha256 }) => offerSha256).sort()) === JSON.stringify(offers),
      'the licence pins the terms that were quoted, by hash',
    );
    expectThat(
      license.licensee.name === COMPANY.name && license.declarations.noReleaseOfPastClaims,
      'it names the company and releases no past claims',
    );
    world.artefacts.set('license.jws', new TextEncoder().encode(detail.document));
    const page = await world.person('stranger').get(new URL(licensePage).pathname);
    expectStatus(page, 200, 'the licence has a page at an unguessable address');
    const secret = new URL(licensePage).pathname.split('/').pop()!;
    expectThat(Buffer.from(secret, 'base64url').length >= 32, 'of 256 bits');
    await payByHand(world, {
      kind: 'prepaid',
      target: world.notes.get('company')!,
      amountMicro: '1000000',
      note: 'seen on paper',
    });
    return `agreement ${agreementId.slice(0, 13)}…, ${license.works.length} works`;
  },
};
