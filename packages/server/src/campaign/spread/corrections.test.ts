import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../app.ts';
import { ensureOperator } from '../../identity/index.ts';
import { inTx, type Router } from '../../kernel/index.ts';
import { openBrowser } from '../../testing/browser.ts';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { decideReview } from '../desk/decide-review.ts';
import {
  cleanUp,
  confirmSignature,
  decideRoster,
  previewCleanUp,
  signatureCount,
  submitRoster,
  takeRoster,
  undoCleanUp,
  withdrawSignature,
} from '../index.ts';
import { insertReview } from '../reviews/store-reviews.ts';
import { createCampaign, signed } from '../testing/campaign-world.ts';
import { organisation, records } from '../testing/roster-world.ts';
import { listCorrections } from './write-correction.ts';

let k: TestKernel;
let app: Router;
let by: string;
beforeAll(async () => {
  k = await createCampaign();
  app = createApp(k);
  by = (await inTx(k, (t) => ensureOperator(t, 'Operator', 'en'))).id;
});
afterAll(() => k.close());

let people = 0;
async function sign(name: string, about: Parameters<typeof signed>[1] = {}) {
  const email = about.email ?? `corrected${++people}@example.org`;
  return (await confirmSignature(k, await signed(k, { ...about, name, email }))).signature;
}
const lines = async () =>
  (await listCorrections(k)).map(({ kind, change, organisations }) => [kind, change, organisations]);
const press = async (lang: string) => (await openBrowser(app).get(`/press?lang=${lang}`)).text();

it('says of a clean-up what had counted, people and organisations apart', async () => {
  await sign('Robot One');
  await sign('Robot Two');
  await sign('Robot Guild', { kind: 'organisation' });
  await sign('Robot Held', { email: 'robot@mailinator.com' });
  await signed(k, { name: 'Robot Pending', email: 'pending@example.org' });
  k.clock.advance(1_000);
  const { conditions, count } = await previewCleanUp(k, { name: 'robot*' });
  expect(count).toBe(5);
  const { id } = await cleanUp(k, { conditions, expected: 5, reason: 'A script.', operatorId: by });
  expect(await lines()).toEqual([['clean-up', -2, -1]]);
  expect(await press('en')).toContain('2 signatures and 1 organisation taken out');
  expect(await press('de')).toContain('2 Unterschriften und 1 Organisation herausgenommen');
  k.clock.advance(1_000);
  const gone = await sql<{
    id: string;
  }>`select id from campaign.signatories where name = 'Robot Two'`.execute(k.db);
  await withdrawSignature(k, gone.rows[0]!.id);
  const before = await signatureCount(k);
  await undoCleanUp(k, { id, reason: 'A choir.', operatorId: by });
  expect((await signatureCount(k)) - before).toBe(1);
  expect(await lines()).toEqual([
    ['undone', 1, 1],
    ['clean-up', -2, -1],
  ]);
});

it('is silent about a clean-up of what never counted', async () => {
  const before = await lines();
  await signed(k, { name: 'Ghost One', email: 'ghost@example.org' });
  k.clock.advance(1_000);
  const { conditions } = await previewCleanUp(k, { name: 'ghost*' });
  await cleanUp(k, { conditions, expected: 1, reason: 'Nothing.', operatorId: by });
  expect(await lines()).toEqual(before);
});

it('counts by day what moderators took out, and lists that were removed, about nobody', async () => {
  const { length } = await lines();
  k.clock.advance(86_400_000);
  for (const name of ['Invented Ines', 'Invented Ida']) {
    const { id } = await sign(name);
    const review = {
      id: k.ids.id(),
      kind: 'report',
      signatoryId: id,
      ground: 'invented',
      words: 'No.',
    } as const;
    const nobody = { reporterEmail: null, reporterLocale: null, openedAt: k.clock.now() };
    await insertReview(k.db, { ...review, ...nobody });
    await decideReview(k, { reviewId: review.id, by, outcome: 'removed', answer: 'Invented.' });
  }
  const union = await organisation(k, 'Union', 'desk@union.example');
  const { id } = await takeRoster(
    k,
    {
      ...{ origin: 'roster', role: 'union', userId: union.userId, locale: 'en' },
      through: { name: 'Union', partyId: union.partyId },
      defaults: { basis: 'authority', authority: 'contract', on: '2026-01-31', reference: '1' },
      file: { name: 'a.csv', sha256: 'a'.repeat(64) },
    },
    records(['A', 'B', 'C'].map((name) => [`${name} Listed`, 'poet', 'DE', '', ''])),
  );
  const own = { id, partyId: union.partyId, userId: union.userId };
  await submitRoster(k, { ...own, statement: true, statementVersion: 1, onlyGood: false });
  await decideRoster(k, { id, by, outcome: 'publish', answer: 'Seen.' });
  k.clock.advance(1_000);
  await decideRoster(k, { id, by, outcome: 'remove', answer: 'Not true.' });
  const all = await lines();
  expect(all.slice(0, all.length - length)).toEqual([
    ['list', -3, 0],
    ['moderator', -2, 0],
  ]);
  const page = await press('en');
  expect(page).toContain('3 signatures taken out');
  expect(page).not.toMatch(/Ines|Invented|Union|Not true/);
  const feed = await (await openBrowser(app).get('/feed.xml?in=en')).text();
  expect(feed).toContain('Correction: 2 signatures taken out');
});
