import { MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

/** Step 3: the first question. */
export const whoMaySayYes: Step<SelftestWorld> = {
  number: 3,
  title: 'First question: who may say yes?',
  async run(world) {
    const maya = world.person(MAYA.key);
    const page = await maya.get('/rights');
    expectStatus(page, 200, 'the question is asked');
    expectThat(page.text.includes('GEMA'), 'a songwriter in Germany is asked about her society by name');
    const unsure = await maya.json('POST', '/api/rights', { answer: 'unsure' });
    expectStatus(unsure, 200, '"not sure" is an answer');
    const mine = await maya.json('POST', '/api/rights', { answer: 'mine' });
    expectStatus(mine, 200, '"mine" is an answer');
    const stored = (await maya.get('/api/rights', { Accept: 'application/json' })).json<{ answer: string }>();
    expectThat(stored.answer === 'mine', 'the latest answer counts');
    return 'mine';
  },
};
