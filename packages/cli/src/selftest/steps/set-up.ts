import { createOperatorLink } from '@clearway/server';
import type { Client } from '../client.ts';
import { OLGA, OPERATOR } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

/** Before anything is public, somebody says who runs this. */
export const setUp: Step<SelftestWorld> = {
  number: 0,
  title: 'The operator opens the one-time link, says who runs this, and invites a second operator',
  async run(world) {
    const operator = world.person(OPERATOR.key);
    const before = await operator.get('/api/me', { Accept: 'application/json' });
    expectStatus(before, 401, 'nobody is signed in yet');
    const link = await createOperatorLink(world.instance.k);
    const path = new URL(link).pathname;
    const opened = await operator.get(path);
    expectThat(
      opened.status === 200 && opened.text.includes('<form'),
      'opening the link shows a button and does nothing',
    );
    const still = await operator.get('/api/me', { Accept: 'application/json' });
    expectStatus(still, 401, 'opening the link signs nobody in');
    expectStatus(await operator.form(path, {}), 200, 'pressing the button signs in and leads to set-up');
    const saved = await operator.form('/operator/setup', {
      version: '0',
      name: 'Selftest licences',
      baseUrl: world.instance.url,
      operatorName: 'Selftest Guild',
      legalForm: 'registered association',
      role: 'agent',
      imprint: 'Harbour Street 1, 24103 Kiel',
      privacyNotice: 'This instance lives for some seconds and is then removed with all its data.',
      complaintsContact: 'complaints@lighthouse-press.example',
      fee: '5',
      currency: 'EUR',
      zone: 'Europe/Berlin',
    });
    expectStatus(saved, 200, 'set-up is stored');
    expectThat(
      (await operator.get('/imprint')).text.includes('Selftest Guild'),
      'the imprint names the operator',
    );
    const second = await world.person('somebody').form(path, {});
    expectThat(second.status === 409 || second.status === 410, `the link works once, got ${second.status}`);
    await inviteSecond(world, operator);
    return `Selftest Guild, run by two`;
  },
};

/** Money needs two people who run the instance. */
async function inviteSecond(world: SelftestWorld, operator: Client): Promise<void> {
  const { name, email } = OLGA;
  expectStatus(await operator.json('POST', '/api/operators', { name, email }), 201, 'a colleague is invited');
  const mail = await world.mailbox.next(email);
  const path = new URL(mail.link(/https?:\/\/\S+\/operators\/\S+/)).pathname;
  const olga = world.person(OLGA.key);
  expectStatus(await olga.get(path), 200, 'opening her link decides nothing');
  expectStatus(await olga.form(path, {}), 200, 'she accepts');
  expectStatus(await olga.get('/operator/people'), 200, 'and runs the instance too');
}
