import { createHash } from 'node:crypto';
import { evaluate, lint } from '@clearway/rsl';
import type { Client } from '../client.ts';
import { LEO, MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { answersPaid, publishTerms } from './publish-terms.ts';
import { expectCode } from './register-works.ts';

type Offer = { id: string; version: number; sha256: string };
type Versions = { offers: (Offer & { state: string; consents: { state: string }[] })[] };
type Look = { verdict: string; conflicts: unknown[]; agreements: unknown[] };
type WorkLook = {
  licensable: string[];
  expectedSha256: string | null;
  own: Look;
  elsewhere: { look: Look }[];
};

const JSON_ONLY = { Accept: 'application/json' };

/** Step 6: terms in plain words, a yes from each holder, and what a bot sees of it. */
export const terms: Step<SelftestWorld> = {
  number: 6,
  title: 'Publish terms: each holder says yes, bots see them in every channel under one hash',
  async run(world) {
    const maya = world.person(MAYA.key);
    const work = world.notes.get('work')!;
    expectCode(await publishTerms(maya, work, 0, answersPaid('')), 422, 'price-missing');
    const published = await publishTerms(maya, work, 1, answersPaid('2000'));
    expectStatus(published, 201, 'the terms are published');
    const offer = published.json<Offer>();

    const waiting = await look(maya, work);
    expectThat(waiting.licensable.length === 0, 'until the co-owner says yes nothing can be licensed');
    expectThat(
      (await outcomeOf(world, work, 'ai-input')) === 'not-licensed',
      'and bots are told so: silence never licenses',
    );
    const leo = world.person(LEO.key);
    await world.mailbox.next(LEO.email);
    const yes = await leo.json('POST', `/api/offers/${offer.id}/consents`, {
      decisions: [{ use: 'ai-input', answer: 'yes' }],
    });
    expectStatus(yes, 200, 'the co-owner says yes to this version and use');
    const [stored] = (await maya.get(`/api/works/${work}/offers`, JSON_ONLY)).json<Versions>().offers;
    expectThat(
      stored?.consents.filter(({ state }) => state === 'consented').length === 2,
      'both yeses are recorded',
    );

    await checkHash(world, work, offer.sha256);
    expectThat(
      (await outcomeOf(world, work, 'search')) === 'licensed-free',
      'search engines may, free of charge',
    );
    expectThat(
      (await outcomeOf(world, work, 'ai-input')) === 'licensed-against',
      'fetching for answers is for sale',
    );
    expectThat(
      (await outcomeOf(world, work, 'ai-train')) === 'not-licensed',
      'training is not, without a yes each time',
    );
    const seen = await look(maya, work);
    expectThat(seen.expectedSha256 === offer.sha256, 'what is compared is this version');
    expectThat(seen.own.verdict === 'agrees', `what bots see agrees: ${JSON.stringify(seen.own.conflicts)}`);
    const again = await publishTerms(maya, work, 2, answersPaid('2000'));
    expectThat(
      again.status === 200 && again.json<Offer>().version === offer.version,
      'the same terms again are no new version',
    );
    await otherPresets(world);
    return `version ${offer.version}, sha256 ${offer.sha256.slice(0, 16)}…`;
  },
};

function all(answer: 'no' | 'ask', preset: string) {
  return {
    preset,
    terms: {
      search: { answer: 'free' },
      'ai-index': { answer },
      'ai-input': { answer },
      'ai-train': { answer },
    },
  };
}

async function look(client: Client, work: string): Promise<WorkLook> {
  const answer = await client.get(`/api/works/${work}/signals`, JSON_ONLY);
  expectStatus(answer, 200, 'what does a bot see?');
  return answer.json<WorkLook>();
}

/** Reads the licence document as a crawler would and evaluates it. */
async function outcomeOf(
  world: SelftestWorld,
  work: string,
  usage: 'search' | 'ai-input' | 'ai-train',
): Promise<string> {
  const answer = await world.person('crawler').get(`/w/${work}/license.xml`, { Accept: '*/*' });
  expectThat(
    answer.headers.get('Content-Type')?.startsWith('application/rsl+xml'),
    'the document has the media type of RSL',
  );
  const { document, issues } = lint(answer.text);
  expectThat(
    document && issues.every((issue) => issue.severity !== 'error'),
    `the document is valid RSL 1.0: ${JSON.stringify(issues)}`,
  );
  world.artefacts.set('license.xml', new TextEncoder().encode(answer.text));
  return evaluate(document, { url: `/w/${work}`, usage }).outcome;
}

/** Text and data stand under one hash, and the page names the licence document in header and head. */
async function checkHash(world: SelftestWorld, work: string, sha256: string): Promise<void> {
  const crawler = world.person('crawler');
  const offer = await crawler.get(`/w/${work}/offer.json`, JSON_ONLY);
  expectThat(
    createHash('sha256').update(offer.text).digest('hex') === sha256,
    'the offer hashes to what was promised',
  );
  expectThat(offer.json<{ text: { en: string } }>().text.en.length > 100, 'and holds the text in words');
  world.artefacts.set('offer.json', new TextEncoder().encode(offer.text));
  const page = await crawler.get(`/w/${work}`);
  expectStatus(page, 200, 'the work has a public page');
  expectThat(page.headers.get('Link')?.includes('rel="license"'), 'its header names the licence');
  expectThat(
    page.text.includes('rel="license"') && page.text.includes(sha256),
    'its head names it too, and the page shows the hash',
  );
  const robots = await crawler.get('/robots.txt', { Accept: 'text/plain' });
  expectStatus(robots, 200, 'robots.txt is served');
}

/** The two presets without a price are complete too. */
async function otherPresets(world: SelftestWorld): Promise<void> {
  const maya = world.person(MAYA.key);
  const work = world.notes.get('urlWork')!;
  expectStatus(await publishTerms(maya, work, 0, all('no', 'no-ai')), 201, '"no AI at all" is published');
  expectThat((await outcomeOf(world, work, 'ai-train')) === 'not-licensed', 'no AI means no');
  expectStatus(
    await publishTerms(maya, work, 1, all('ask', 'ask-me')),
    201,
    '"ask me every time" is published',
  );
  expectThat((await outcomeOf(world, work, 'ai-input')) === 'not-licensed', 'asking is not yet a yes');
  const seen = await look(maya, work);
  expectThat(seen.elsewhere.length > 0, 'for a work hosted elsewhere it says what that place signals');
}
