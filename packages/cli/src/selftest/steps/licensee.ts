import type { Client } from '../client.ts';
import { COMPANY, PRIYA, SAM } from '../people.ts';
import { expectStatus, expectThat, type Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';

/** Step 8: an AI company, its proven domain, a colleague who may sign, and an OAuth client. */
export const licensee: Step<SelftestWorld> = {
  number: 8,
  title: 'An AI company registers, proves its domain, invites a colleague who may sign, creates a client',
  async run(world) {
    const sam = await openAccount(world);
    const made = await sam.json('POST', '/api/organisations', {
      name: COMPANY.name,
      country: 'FR',
      url: `https://${COMPANY.host}/`,
    });
    expectStatus(made, 201, 'the organisation is registered');
    const organisation = made.json<{ id: string; partyId: string }>();
    world.notes.set('company', organisation.partyId);
    expectStatus(await actFor(sam, organisation.id), 204, 'she acts for it');
    expectThat((await sam.get('/organisations')).text.includes(COMPANY.name), 'and sees for whom');
    await proveDomain(world, sam);

    const invited = await sam.json('POST', `/api/organisations/${organisation.id}/invitations`, {
      email: PRIYA.email,
      role: 'signer',
    });
    expectStatus(invited, 201, 'a colleague is invited as somebody who may sign');
    const mail = await world.mailbox.next(PRIYA.email);
    const path = new URL(mail.link(/https?:\/\/\S+\/memberships\/[\w-]+/)).pathname;
    const priya = world.person(PRIYA.key);
    expectStatus(await priya.get(path), 200, 'opening the link decides nothing');
    expectStatus(await priya.form(path, { name: PRIYA.name }), 200, 'she accepts');

    const client = await priya.json('POST', '/api/clients', { name: 'Crawler' });
    expectStatus(client, 201, 'she creates an OAuth client');
    const { client: about, secret } = client.json<{ client: { id: string }; secret: string }>();
    expectThat(Buffer.from(secret, 'base64url').length === 32, 'its secret has 256 bits');
    const again = await priya.get('/api/clients', { Accept: 'application/json' });
    expectThat(!again.text.includes(secret), 'and is shown once');
    world.notes.set('clientId', about.id).set('clientSecret', secret);
    return `${COMPANY.name}, client ${about.id.slice(0, 13)}…`;
  },
};

async function openAccount(world: SelftestWorld): Promise<Client> {
  const sam = world.person(SAM.key);
  expectStatus(
    await sam.form('/sign-up', { name: SAM.name, email: SAM.email }),
    200,
    'she asks for an account',
  );
  const mail = await world.mailbox.next(SAM.email);
  const path = new URL(mail.link(/https?:\/\/\S+\/l\/[\w-]+/)).pathname;
  expectStatus(await sam.form(path, {}), 200, 'the button in the mail makes it');
  return sam;
}

function actFor(client: Client, organisationId: string) {
  return client.json('PUT', '/api/acting', { organisationId });
}

async function proveDomain(world: SelftestWorld, sam: Client): Promise<void> {
  const added = await sam.json('POST', '/api/sites', { url: `https://${COMPANY.host}/` });
  expectStatus(added, 201, 'the company names its domain');
  const { id, publish } = added.json<{ id: string; publish: { dns: { name: string; value: string } } }>();
  world.dns.zone.set(publish.dns.name, { TXT: [publish.dns.value] });
  const check = await sam.json('POST', `/api/sites/${id}/checks`, { method: 'dns' });
  expectThat(check.json<{ result: string }>().result === 'proven', 'a DNS record proves it');
}
