import { MAYA } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

type Me = { name: string; email: string };
type Sessions = { sessions: { id: string; current: boolean }[] };

/** Step 2: the confirmed signatory becomes a user with the same data; she signs in by mail on a second device. */
export const account: Step<SelftestWorld> = {
  number: 2,
  title: 'Account without retyping; sign-in by e-mail link; sessions are listed and revocable',
  async run(world) {
    const maya = world.person(MAYA.key);
    const accountToken = world.notes.get('accountToken') ?? '';
    expectThat(accountToken !== '', 'the page after confirming offers the next step');
    const stepped = await maya.form('/sign/account', { accountToken });
    expectStatus(stepped, 200, 'one click makes the account and asks the first question');
    const me = (await maya.get('/api/me', { Accept: 'application/json' })).json<Me>();
    expectThat(me.name === MAYA.name && me.email === MAYA.email, 'with the same data, nothing typed twice');
    const replay = await world.person('thief').form('/sign/account', { accountToken });
    expectThat(replay.status >= 400, 'the step works once');

    const phone = world.person('maya-phone');
    expectStatus(
      await phone.json('POST', '/api/session-links', { email: MAYA.email }),
      202,
      'she asks for a link',
    );
    const unknown = await phone.json('POST', '/api/session-links', {
      email: 'nobody@lighthouse-press.example',
    });
    expectStatus(unknown, 202, 'an unknown address gets the same answer');
    const mail = await world.mailbox.next(MAYA.email);
    const link = new URL(mail.link(/https?:\/\/\S+\/l\/[\w.-]+/)).pathname;
    expectStatus(await phone.get(link), 200, 'opening the link shows a button');
    expectStatus(await phone.get('/api/me', { Accept: 'application/json' }), 401, 'and signs nobody in');
    expectStatus(await phone.form(link, {}), 200, 'the button signs her in');
    expectThat((await phone.form(link, {})).status >= 400, 'the link works once');

    const { sessions } = (await maya.get('/api/sessions', { Accept: 'application/json' })).json<Sessions>();
    expectThat(sessions.length === 2, 'both devices are listed');
    expectStatus(await maya.json('DELETE', '/api/sessions', undefined), 204, 'she ends all others');
    expectStatus(await phone.get('/api/me', { Accept: 'application/json' }), 401, 'the phone is signed out');
    return me.email;
  },
};
