import type { Client } from '../client.ts';
import { MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { expectCode } from './register-works.ts';

type Person = {
  readonly name: string;
  readonly email: string;
  readonly craft: string;
  readonly country: string;
};
const RUTH: Person = {
  name: 'Ruth Amsel',
  email: 'ruth@lighthouse-press.example',
  craft: 'poet',
  country: 'AT',
};

/** Step 1: sign, confirm by a button, withdraw, erase; the count follows exactly. */
export const sign: Step<SelftestWorld> = {
  number: 1,
  title: 'Sign the declaration, confirm by mail; withdraw and erase',
  async run(world) {
    const maya = world.person(MAYA.key);
    const ruth = world.person('ruth');
    expectThat((await count(maya)) === 0, 'nobody has signed yet');

    const mayaLink = await signAs(world, maya, MAYA);
    expectThat((await count(maya)) === 0, 'signing alone does not count');
    const scanned = await world.person('scanner').get(mayaLink.confirm);
    expectThat(scanned.status === 200 && scanned.text.includes('<button'), 'the link shows a button');
    expectThat((await count(maya)) === 0, 'a mail scanner that opens the link confirms nothing');
    const thanks = await maya.form(mayaLink.confirm, {});
    expectStatus(thanks, 200, 'the button confirms');
    expectThat((await count(maya)) === 1, 'the count rises by exactly one');
    world.notes.set('accountToken', /name="accountToken" value="([^"]+)"/.exec(thanks.text)?.[1] ?? '');

    const token = mayaLink.confirm.split('/').pop();
    const again = await maya.json('POST', '/api/signatures/confirmation', { token });
    expectCode(again, 409, 'confirmation-used');
    expectThat((await count(maya)) === 1, 'a second confirm counts nothing');

    const ruthLink = await signAs(world, ruth, RUTH);
    expectStatus(await ruth.form(ruthLink.confirm, {}), 200, 'a second person confirms');
    expectThat((await count(ruth)) === 2, 'two people have signed');
    expectThat((await ruth.get('/wall')).text.includes(RUTH.name), 'her name is on the wall');
    expectStatus(await ruth.form(ruthLink.manage, { action: 'withdraw' }), 200, 'she withdraws');
    expectThat((await count(ruth)) === 1, 'the count is one lower');
    const revived = await ruth.json('POST', '/api/signatures/confirmation', {
      token: ruthLink.confirm.split('/').pop(),
    });
    expectThat(
      revived.status === 410 || revived.status === 409,
      `an old link does not revive a withdrawn signature, got ${revived.status}`,
    );
    expectStatus(await ruth.form(ruthLink.manage, { action: 'erase' }), 200, 'she has everything erased');
    expectThat((await count(ruth)) === 1, 'nothing is counted twice');
    expectThat(!(await ruth.get('/wall')).text.includes(RUTH.name), 'her name is gone from the wall');
    return `${await count(maya)} signature`;
  },
};

async function count(client: Client): Promise<number> {
  const answer = await client.get('/api/signatures', { Accept: 'application/json' });
  expectStatus(answer, 200, 'the public list');
  return answer.json<{ count: number }>().count;
}

async function signAs(
  world: SelftestWorld,
  client: Client,
  person: Person,
): Promise<{ confirm: string; manage: string }> {
  const declaration = (await client.get('/api/declaration', { Accept: 'application/json' })).json<{
    version: number;
    consents: { version: number };
  }>();
  const sent = await client.form('/sign', {
    name: person.name,
    email: person.email,
    craft: person.craft,
    country: person.country,
    age: 'sixteen',
    consent: 'yes',
    declarationVersion: String(declaration.version),
    consentVersion: String(declaration.consents.version),
  });
  expectStatus(sent, 200, `${person.name} signs`);
  const mail = await world.mailbox.next(person.email);
  return {
    confirm: new URL(mail.link(/https?:\/\/\S+\/c\/[\w.-]+/)).pathname,
    manage: new URL(mail.link(/https?:\/\/\S+\/s\/[\w.-]+/)).pathname,
  };
}
