import { verifyEvidence } from '@clearway/protocol';
import { transparency } from '@clearway/server';
import { MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step, until } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { JSON_ONLY } from './agree.ts';
import { expectSound } from './books.ts';

const RUDE = 'Mozilla/5.0 (compatible; Bytespider; spider-feedback@example.com)';

type Entry = { kind: string; at: string; terms?: string[]; reason?: string; count?: number };
type Case = { id: string; timeline: Entry[]; shows: { en: string[] }; doesNotShow: { en: string[] } };

/** Step 21: what a crawler did without a licence, with the terms in force at each second, for a stranger to verify. */
export const evidence: Step<SelftestWorld> = {
  number: 21,
  title: 'Evidence: refusals and a hit as a sealed timeline that a stranger verifies offline',
  async run(world) {
    const maya = world.person(MAYA.key);
    const from = world.instance.k.clock.now();
    for (let turn = 0; turn < 3; turn++) {
      const answer = await world.fetch(new URL('/island', world.site.url).href, {
        headers: { 'User-Agent': RUDE },
        redirect: 'manual',
      });
      expectThat(answer.status === 401, `training is not offered, so it is refused: ${answer.status}`);
    }
    const { id } = await until(() => openCase(world, from), 'the refusals have come from the gate');
    const detail = (await maya.get(`/api/cases/${id}`, JSON_ONLY)).json<Case>();
    const refusals = detail.timeline.filter(({ kind }) => kind === 'refusal');
    expectThat(
      refusals.reduce((sum, { count }) => sum + (count ?? 0), 0) === 3,
      `three refusals are in it: ${JSON.stringify(detail.timeline)}`,
    );
    expectThat(
      refusals.every(({ terms }) => terms?.length),
      'each with the terms that were in force',
    );
    expectThat(
      detail.timeline.some(({ kind }) => kind === 'match'),
      'and the hit in the dataset',
    );
    expectThat(detail.shows.en.length > 0 && detail.doesNotShow.en.length > 0, 'what it shows and what not');
    const page = await maya.get(`/cases/${id}`);
    expectThat(page.text.includes('a client calling itself'), 'nobody is named without proof');

    const bytes = await sealed(world, id);
    const key = await transparency.logVerifierKey(world.instance.k);
    const verdict = await verifyEvidence(bytes, { key });
    expectThat(verdict.ok, `it verifies: ${JSON.stringify(verdict.checks.filter(({ ok }) => !ok))}`);
    for (let turn = 1; turn < 12; turn++) {
      const changed = bytes.slice();
      const at = Math.floor((changed.length * turn) / 12);
      changed[at] = changed[at]! ^ 1;
      expectThat(!(await verifyEvidence(changed, { key })).ok, `a change of byte ${at} is noticed`);
    }
    world.artefacts.set('evidence.json', bytes);
    await expectSound(world);
    return `${detail.timeline.length} entries, ${bytes.length} bytes`;
  },
};

async function openCase(world: SelftestWorld, from: Date): Promise<{ id: string } | undefined> {
  const maya = world.person(MAYA.key);
  const answer = await maya.json('POST', '/api/cases', {
    siteId: world.notes.get('site'),
    client: 'Bytespider',
    works: [],
    checks: [world.notes.get(`check-${MAYA.key}`)],
    from: from.toISOString(),
    to: world.instance.k.clock.now().toISOString(),
  });
  expectStatus(answer, 201, 'a case is opened');
  const { id } = answer.json<{ id: string }>();
  const { timeline } = (await maya.get(`/api/cases/${id}`, JSON_ONLY)).json<Case>();
  return timeline.some(({ kind }) => kind === 'refusal') ? { id } : undefined;
}

/** The file names its place in the log, so it is there once the sequencer has passed. */
function sealed(world: SelftestWorld, id: string): Promise<Uint8Array> {
  const maya = world.person(MAYA.key);
  return until(async () => {
    const { status } = await maya.get(`/api/cases/${id}/bundle`, JSON_ONLY);
    return status === 200 ? maya.bytes(`/api/cases/${id}/bundle`) : undefined;
  }, 'the case is in the log');
}
