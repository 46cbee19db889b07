import { openNote } from '@clearway/protocol';
import { kernel } from '@clearway/server';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { expectSound } from './books.ts';

/** Step 19: what the public is told about money comes from the books and is signed. */
export const moneyNumbers: Step<SelftestWorld> = {
  number: 19,
  title: 'Public numbers from the ledger, each with definition, time and a signed file',
  async run(world) {
    const stranger = world.person('stranger');
    const page = await stranger.get('/numbers');
    expectStatus(page, 200, 'the numbers are public');
    const file = await stranger.get('/numbers.csv', { Accept: 'text/csv' });
    const { verifierKey } = await kernel.documentsKey(world.instance.k);
    const { text } = await openNote(file.text, [verifierKey]);
    const rows = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => [line.split(',')[0]!, line]),
    );
    for (const key of ['money.paid-in', 'money.paid-out', 'money.people-paid', 'money.held', 'money.fee'])
      expectThat(rows.has(key), `${key} is one of them, there are ${[...rows.keys()].join(' ')}`);
    await expectSound(world);
    world.artefacts.set('numbers.csv', new TextEncoder().encode(file.text));
    return `${rows.size - 1} numbers`;
  },
};
