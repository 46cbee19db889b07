import { openRemovals } from '@clearway/protocol';
import { licensingKeys } from '../licence.ts';
import { MAYA, PRIYA } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';
import { openCrawler } from './crawl.ts';

/** Step 14: the holder withdraws a work: nothing new, what runs keeps its rights, the removal feed says so. */
export const revocation: Step<SelftestWorld> = {
  number: 14,
  title:
    'Withdrawal: no new licences at once, running agreements keep their rights, the removal feed lists it',
  async run(world) {
    const [maya, priya] = [world.person(MAYA.key), world.person(PRIYA.key)];
    const work = world.notes.get('work')!;
    const agreement = world.notes.get('agreement')!;
    const withdrawn = await maya.json('POST', `/api/works/${work}/withdrawal`, {
      reason: 'I want to keep this one to myself.',
    });
    expectStatus(withdrawn, 200, 'she withdraws a work');
    const asked = await priya.json('POST', '/api/quotes', {
      workIds: [work],
      use: 'ai-input',
      unit: 'fetch',
    });
    const quote = asked.json<{ lines: unknown[]; exclusions: { reason: string }[] }>();
    expectThat(quote.lines.length === 0 && quote.exclusions.length === 1, 'no new licence at once');
    const kept = (await priya.get(`/api/agreements/${agreement}`, JSON_ONLY)).json<{
      state: string;
      works: { workId: string }[];
    }>();
    expectThat(
      kept.state === 'in-force' && kept.works.some(({ workId }) => workId === work),
      'the running agreement keeps its rights',
    );

    const keys = await licensingKeys(world);
    const { removals, document } = await until(async () => {
      const feed = await world
        .person('stranger')
        .get('/api/removals?after=0', { Accept: 'application/jose' });
      expectStatus(feed, 200, 'the removal feed');
      const read = await openRemovals(feed.text.trim(), keys);
      const listed = read.removals.some((one) => JSON.stringify(one).includes(work));
      return listed ? { removals: read.removals, document: feed.text.trim() } : undefined;
    }, 'the removal feed lists the work, signed');
    world.artefacts.set('removals.jws', new TextEncoder().encode(document));

    expectStatus(
      await priya.json('POST', `/api/agreements/${agreement}/revocation`, {
        reason: 'The project has ended.',
      }),
      204,
      'the company ends the agreement',
    );
    const lines: string[] = [];
    const found = await openCrawler(world, lines).fetch(new URL('/island', world.site.url).href, {
      use: 'ai-input',
    });
    expectThat(found.state !== 'fetched' && lines.length === 0, 'and from then on gets no token');
    return `${removals.length} in the feed`;
  },
};
