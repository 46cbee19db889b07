import { createHash } from 'node:crypto';
import type { SignatureState } from './ledger.ts';
import type { Mailbox } from './mailbox.ts';
import { type Answer, createPerson, type Person, type Road } from './person.ts';
import type { Random } from './random.ts';

/** What a life is played in. */
export type Surroundings = {
  readonly road: Road;
  readonly mailbox: Mailbox;
  /** Opens a website for a host; answers its address. Its pages are changed afterwards. */
  openSite(host: string): { url: string; pages: Map<string, string> };
};

const CONFIRM = /https?:\/\/\S+\/c\/[\w.-]+/;
const MANAGE = /https?:\/\/\S+\/s\/[\w.-]+/;
const INVITATION = /https?:\/\/\S+\/invitations\/[\w.-]+/;
const SIGN_IN = /https?:\/\/\S+\/l\/[\w.-]+/;

/**
 * Steps 1 to 7 of one small independent person: sign, confirm, account, rights, three works (one shared 60/40), site,
 * terms, both consents; some withdraw or erase their signature. Every acknowledged fact goes into the ledger.
 */
export async function playLife(world: Surroundings, n: number, random: Random): Promise<void> {
  const { road, mailbox } = world;
  const network = `10.${(n >> 8) & 255}.${n & 255}.1`;
  const person = createPerson(road, `person@p${n}.example`, network);
  const manage = await sign(world, person, n, random.chance(0.3));
  if (random.chance(0.25)) {
    const token = tail(await mailbox.link(person.email, CONFIRM));
    await change(world, person, 'confirmed', { path: '/api/signatures/confirmation', json: { token } });
    await leave(world, person, manage, random.chance(0.5));
    return;
  }
  if (!(await confirmAndEnter(world, person))) return;
  await ok(person.send({ method: 'POST', path: '/api/rights', json: { answer: 'mine' }, effect: 'other' }));

  const site = world.openSite(`p${n}.example`);
  await register(world, person, `By print ${n}`, random, {
    kind: 'fingerprint',
    sha256: sha256(`print ${n}`),
  });
  await register(world, person, `By address ${n}`, random, { kind: 'url', url: `${site.url}story` });
  const partner = createPerson(road, `partner@p${n}.example`, network);
  const shared = await registerFile(world, person, partner, n, random);
  await accept(world, partner, shared, random);
  await prove(world, person, site);
  const offer = await publish(world, person, shared, random);
  await signIn(world, partner);
  await consent(world, partner, offer, random);
  if (random.chance(0.3)) await leave(world, person, manage, random.chance(0.4));
}

async function sign(
  { road, mailbox }: Surroundings,
  person: Person,
  n: number,
  again: boolean,
): Promise<string> {
  const read = await ok(person.send({ path: '/api/declaration' }));
  const { version, consents } = read.json<{ version: number; consents: { version: number } }>();
  road.ledger.signatures.set(person.email, { state: 'erased', wanted: 'pending' });
  const json = {
    name: `Person ${n}`,
    email: person.email,
    craft: 'poet',
    country: 'DE',
    age: 'sixteen',
    consent: true,
    declarationVersion: version,
    consentVersion: consents.version,
  };
  await ok(person.send({ method: 'POST', path: '/api/signatures', json, again, effect: 'other' }));
  road.ledger.signatures.set(person.email, { state: 'pending' });
  return tail(await mailbox.link(person.email, MANAGE));
}

/** A change of the signature: under way until it is acknowledged. */
async function change(
  { road }: Surroundings,
  person: Person,
  wanted: SignatureState,
  request: { path: string; json: unknown },
): Promise<void> {
  const { signatures } = road.ledger;
  signatures.set(person.email, { state: signatures.get(person.email)!.state, wanted });
  await ok(person.send({ method: 'POST', ...request, effect: 'other' }));
  signatures.set(person.email, { state: wanted });
}

function leave(world: Surroundings, person: Person, token: string, erase: boolean): Promise<void> {
  const request = { path: '/api/signatures/withdrawal', json: { token, erase } };
  return change(world, person, erase ? 'erased' : 'withdrawn', request);
}

/**
 * The page's button, and the next one on the page after it. When the answer with that button is lost the signature
 * counts all the same, and this person stays without an account: false.
 */
async function confirmAndEnter(world: Surroundings, person: Person): Promise<boolean> {
  const { road, mailbox } = world;
  const { signatures, accounts } = road.ledger;
  const link = await mailbox.link(person.email, CONFIRM);
  signatures.set(person.email, { state: 'pending', wanted: 'confirmed' });
  const page = await ok(person.send({ method: 'POST', path: link, form: {}, effect: 'other' }));
  signatures.set(person.email, { state: 'confirmed' });
  const accountToken = /name="accountToken" value="([^"]+)"/.exec(page.text)?.[1];
  if (!accountToken) return false;
  const entered = await person.send({
    method: 'POST',
    path: '/sign/account',
    form: { accountToken },
    effect: 'account',
  });
  if (entered.status !== 303 && entered.tries === 1) throw unexpected('/sign/account', entered);
  accounts.add(person.email);
  await signIn(world, person);
  return true;
}

/** By a link in a mail, unless she is signed in already. A link whose answer was lost is spent: another one then. */
async function signIn({ mailbox }: Surroundings, person: Person): Promise<void> {
  while ((await person.send({ path: '/api/me' })).status !== 200) {
    const before = mailbox.links(person.email, SIGN_IN).length;
    const json = { email: person.email };
    await ok(person.send({ method: 'POST', path: '/api/session-links', json, effect: 'other' }));
    const link = await mailbox.link(person.email, SIGN_IN, before);
    await person.send({ method: 'POST', path: link, form: {}, effect: 'other' });
  }
}

async function register(
  { road }: Surroundings,
  person: Person,
  title: string,
  random: Random,
  source: { kind: 'fingerprint'; sha256: string } | { kind: 'url'; url: string },
): Promise<void> {
  const json = { title, type: 'text', source };
  const again = random.chance(0.2);
  const answer = await ok(person.send({ method: 'POST', path: '/api/works', json, again, effect: 'work' }));
  const hash = source.kind === 'url' ? null : source.sha256;
  road.ledger.works.set(answer.json<{ id: string }>().id, { title, kind: source.kind, sha256: hash });
}

async function registerFile(
  { road }: Surroundings,
  person: Person,
  partner: Person,
  n: number,
  random: Random,
): Promise<string> {
  const title = `By file ${n}`;
  const file = Buffer.from(`A story of ${n}.\n`.repeat(random.pick([1, 200, 20_000])));
  const holders = [
    { me: true, sharePpm: 600_000 },
    { name: `Partner ${n}`, email: partner.email, sharePpm: 400_000 },
  ];
  const raw = multipart(JSON.stringify({ title, type: 'text', holders }), `story-${n}.txt`, file);
  const again = random.chance(0.2);
  const answer = await ok(person.send({ method: 'POST', path: '/api/works', raw, again, effect: 'work' }));
  const { id } = answer.json<{ id: string }>();
  road.ledger.works.set(id, { title, kind: 'file', sha256: sha256(file) });
  return id;
}

async function accept(world: Surroundings, partner: Person, workId: string, random: Random): Promise<void> {
  const { road, mailbox } = world;
  const token = tail(await mailbox.link(partner.email, INVITATION));
  await ok(
    partner.send({
      method: 'POST',
      path: `/api/invitations/${token}/acceptance`,
      json: { answer: 'accept', authority: { answer: 'mine' } },
      again: random.chance(0.2),
      effect: 'claim',
    }),
  );
  road.ledger.claims.add(`${workId} ${partner.email}`);
  road.ledger.accounts.add(partner.email);
}

async function prove(
  { road }: Surroundings,
  person: Person,
  site: { url: string; pages: Map<string, string> },
): Promise<void> {
  const added = await ok(
    person.send({ method: 'POST', path: '/api/sites', json: { url: site.url }, effect: 'other' }),
  );
  const { id, publish } = added.json<{
    id: string;
    publish: { file: { url: string; content: string } };
  }>();
  site.pages.set(new URL(publish.file.url).pathname, publish.file.content);
  const path = `/api/sites/${id}/checks`;
  const looked = await ok(person.send({ method: 'POST', path, json: { method: 'file' }, effect: 'proof' }));
  const check = looked.json<{ id: string; result: string }>();
  if (check.result !== 'proven') throw unexpected(path, looked);
  road.ledger.proofs.set(id, check.id);
}

async function publish(world: Surroundings, person: Person, workId: string, random: Random): Promise<string> {
  const { ledger } = world.road;
  const terms = {
    search: { answer: 'free' },
    'ai-index': { answer: 'ask' },
    'ai-input': { answer: 'paid', prices: [{ unit: 'fetch', amountMicro: '2000', perUnits: '1' }] },
    'ai-train': { answer: 'ask' },
  };
  const kept = await ok(
    person.send({
      method: 'PUT',
      path: `/api/works/${workId}/terms-draft`,
      json: { version: 0, preset: 'search-free-answers-paid', terms },
      effect: 'draft',
    }),
  );
  const draftVersion = kept.json<{ version: number }>().version;
  ledger.drafts.set(workId, draftVersion);
  const published = await ok(
    person.send({
      method: 'POST',
      path: `/api/works/${workId}/offers`,
      json: { draftVersion },
      again: random.chance(0.2),
      effect: 'offer',
    }),
  );
  const { id, version, sha256 } = published.json<{ id: string; version: number; sha256: string }>();
  ledger.offers.set(id, { workId, version, sha256 });
  ledger.consents.add(`${id} ${person.email} ai-input`);
  return id;
}

async function consent(world: Surroundings, partner: Person, offerId: string, random: Random): Promise<void> {
  await ok(
    partner.send({
      method: 'POST',
      path: `/api/offers/${offerId}/consents`,
      json: { decisions: [{ use: 'ai-input', answer: 'yes' }] },
      again: random.chance(0.2),
      effect: 'consent',
    }),
  );
  world.road.ledger.consents.add(`${offerId} ${partner.email} ai-input`);
}

/** The same bytes at every call: a repeat under one Idempotency-Key has to be the same request. */
function multipart(work: string, filename: string, file: Buffer): { type: string; body: Buffer } {
  const boundary = 'a-line-between-the-parts';
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n`;
  const body = Buffer.concat([
    Buffer.from(`${part('name="work"')}\r\n${work}\r\n`),
    Buffer.from(`${part(`name="file"; filename="${filename}"`)}Content-Type: text/plain\r\n\r\n`),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}

async function ok<T extends Answer>(sent: Promise<T>): Promise<T> {
  const answer = await sent;
  if (answer.status >= 400) throw unexpected('a request', answer);
  return answer;
}

function unexpected(what: string, { status, text }: Answer): Error {
  return new Error(`${what} got ${status}: ${text.slice(0, 400)}`);
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function tail(path: string): string {
  return path.split('/').at(-1)!;
}
