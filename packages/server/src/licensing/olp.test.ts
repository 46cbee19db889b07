import { type TokenClaims, verifyToken } from '@clearway/protocol';
import { sql } from 'kysely';
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { inTx, type Router } from '../kernel/index.ts';
import { balanceOf, releaseEndedHolds, topUp } from '../ledger/index.ts';
import { registerGate, type Site } from '../sites/index.ts';
import { type Company, company } from '../testing/company.ts';
import { answersPaid, publish, setUp } from '../testing/offer-terms.ts';
import { provenSite, workAt } from '../testing/proven-site.ts';
import { type Person, person } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { withdrawWork } from '../works/index.ts';
import {
  acceptQuote,
  countFetches,
  createClient,
  denyCompany,
  listAgreements,
  quote,
  revokeAgreement,
  revokeClient,
  SIGNING_PURPOSE,
  switchOffStanding,
  switchOnStanding,
} from './index.ts';

let k: TestKernel;
let app: Router;
let ada: Person;
let acme: Company;
let site: Site;
let workId: string;
let client: { id: string; secret: string };
let license: string;
let sites = 0;
let references = 0;

beforeAll(async () => {
  k = await createTestKernel();
  await setUp(k);
  app = createApp(k);
  ada = await person(k, 'Ada');
});
afterAll(() => k.close());

/** A new company and a new site with one work at its root and one elsewhere, at 0.02 per fetch. */
beforeEach(async () => {
  acme = await company(k);
  client = await newClient(acme);
  const origin = `https://blog${sites++}.example`;
  site = await provenSite(k, ada, `${origin}/`);
  workId = await workAt(k, ada, `${origin}/poems/`);
  await publish(k, ada, workId, answersPaid());
  license = await offeredLicense();
});

async function newClient({ licenseeId, signer }: Company) {
  const made = await createClient(k, { licenseeId, userId: signer.user.id, name: 'Crawler' });
  return { id: made.client.id, secret: made.secret };
}

/** The priced licence, cut out of the published document as text. */
async function offeredLicense(): Promise<string> {
  const rsl = await (await app.request(`/site/${site.id}/license.xml`)).text();
  const priced = /<content url="\/poems\/" server="([^"]+)"[^>]*>\s*(<license>[\s\S]*?<\/license>)/.exec(rsl);
  expect(priced?.[1]).toBe(`http://localhost:4000/olp/${site.id}`);
  return priced![2]!;
}

const basic = ({ id, secret } = client) =>
  `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

type Answer = { status: number; body: Record<string, unknown>; headers: Headers };

async function post(
  path: string,
  form: Record<string, string> | URLSearchParams | string,
  authorization = basic(),
): Promise<Answer> {
  const response = await app.request(`/olp/${site.id}/${path}`, {
    method: 'POST',
    headers: { Authorization: authorization, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

const wanted = (more: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  license,
  resource: '/poems/',
  ...more,
});
const askToken = (more: Record<string, string> = {}, as = client) => post('token', wanted(more), basic(as));

async function agree(works = [workId]) {
  const { licenseeId, signer } = acme;
  const askedBy = `user:${signer.user.id}`;
  const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 12 } as const;
  const made = await quote(k, { licenseeId, askedBy, workIds: works, ...terms });
  return (await acceptQuote(k, { quoteId: made.id, userId: signer.user.id })).agreement;
}

const pay = (amountMicro: bigint) =>
  inTx(k, (t) =>
    topUp(t, { partyId: acme.licenseeId, currency: 'EUR', amountMicro, reference: `bank-${references++}` }),
  );

async function claimsOf(token: unknown): Promise<TokenClaims> {
  const key = await k.keys.signing(SIGNING_PURPOSE);
  return verifyToken(String(token), {
    keys: (kid) => (kid === key.kid ? key.publicKey : undefined),
    audience: site.url.slice(0, -1),
    now: k.clock.now().getTime(),
  });
}

describe('a token', () => {
  it('is issued under an agreement in force, capped by the prepaid balance', async () => {
    const agreement = await agree();
    await pay(10_000_000n);
    const { status, body, headers } = await askToken();
    expect({ status, ...body }).toMatchObject({ status: 200, token_type: 'License', expires_in: 900 });
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(await claimsOf(body.access_token)).toMatchObject({
      iss: `http://localhost:4000/olp/${site.id}`,
      sub: client.id,
      lic: agreement.id,
      res: ['/poems/'],
      use: ['ai-input'],
      units: { unit: 'fetch', amountMicro: '20000', perUnits: 1, currency: 'EUR' },
      cap: 500,
    });
    expect(await balanceOf(k, { partyId: acme.licenseeId, currency: 'EUR' })).toMatchObject({
      heldMicro: 10_000_000n,
      availableMicro: 0n,
    });
    const second = await askToken();
    expect(second).toMatchObject({ status: 400, body: { error: 'invalid_license' } });
    expect(second.body.error_description).toContain('prepaid balance');
    k.clock.advance(20 * 60_000);
    await releaseEndedHolds(k);
    expect((await askToken()).status).toBe(200);
  });

  it('is for the resource asked for: the scope, or one page in it', async () => {
    await agree();
    await pay(100_000_000n);
    const host = site.url.slice(0, -1);
    const resources: [string, string][] = [
      ['/poems/', '/poems/'],
      [`${host}/poems/`, '/poems/'],
      ['/poems/sea', '/poems/sea'],
    ];
    for (const [resource, res] of resources) {
      const { body } = await askToken({ resource });
      expect((await claimsOf(body.access_token)).res).toEqual([res]);
    }
    const strange = [
      '/',
      '/other',
      '/poems',
      '/poems/*',
      '/poems/../x',
      '/poems/%2e%2e/x',
      '//poems/',
      `${host}:8443/poems/`,
      `${host}./poems/`,
      host.replace('https://', 'https://ada@'),
      host.replace('https:', 'http:'),
      'https://elsewhere.example/poems/',
      '/poems/#x',
      '/poems/ x',
      'poems',
      `/${'x'.repeat(3_000)}`,
    ];
    for (const resource of strange) {
      const { status, body } = await askToken({ resource });
      expect([resource, status, body.error]).toEqual([resource, 400, 'invalid_resource']);
    }
  });

  it('is not issued without an agreement: the quote made for it is named, once', async () => {
    const first = await askToken();
    expect(first).toMatchObject({ status: 400, body: { error: 'invalid_license' } });
    expect(first.body.quote_uri).toMatch(/^http:\/\/localhost:4000\/quotes\/[0-9a-f-]{36}$/);
    expect((await askToken()).body.quote_uri).toBe(first.body.quote_uri);
    const quoteId = String(first.body.quote_uri).split('/').pop()!;
    await acceptQuote(k, { quoteId, userId: acme.signer.user.id });
    await pay(1_000_000n);
    expect((await askToken()).status).toBe(200);
  });

  it('goes on under a running agreement when terms change and when the work is withdrawn', async () => {
    await agree();
    await pay(100_000_000n);
    const old = license;
    await publish(k, ada, workId, answersPaid('90000'));
    license = await offeredLicense();
    expect(license).not.toBe(old);
    for (const one of [old, license]) {
      const { body } = await askToken({ license: one });
      expect((await claimsOf(body.access_token)).units.amountMicro).toBe('20000');
    }
    await withdrawWork(k, { workId, party: ada.party, actor: ada.user.id, reason: '' });
    expect((await askToken({ license: old })).status).toBe(200);
    const other = await company(k);
    const stranger = await newClient(other);
    expect((await askToken({ license: old }, stranger)).body.error).toBe('invalid_resource');
  });

  it('is refused to a company that a holder refused, and for what was never offered', async () => {
    await denyCompany(k, { holderId: ada.party.id, licenseeId: acme.licenseeId, actor: ada.user.id });
    const denied = await askToken();
    expect(denied).toMatchObject({ status: 400, body: { error: 'invalid_license' } });
    expect(denied.body.quote_uri).toBeUndefined();
    expect(denied.body.error_description).toContain('company-denied');
    const never = [
      license.replace('0.02', '0.01'),
      license.replace('EUR', 'USD'),
      license.replace('ai-input', 'ai-train'),
      license.replace('"crawl"', '"use"'),
      license.replace('<permits type="usage">', '<permits type="usage">search '),
      license.replace(/<prohibits[\s\S]*?<\/prohibits>/, ''),
      license.replace('</license>', '<legal type="warranty">ownership</legal></license>'),
      `${license}${license}`,
      `${license}</content><content url="/">${license}`,
      '<license><permits type="usage">search</permits><payment type="free"/></license>',
      '<license/>',
      'nonsense',
      '<!DOCTYPE x [<!ENTITY a "b">]><license/>',
    ];
    for (const one of never) {
      const { status, body } = await askToken({ license: one });
      expect([one, status, body.error, body.quote_uri]).toEqual([one, 400, 'invalid_license', undefined]);
    }
  });
});

describe('bad requests', () => {
  it('get the error the protocol names', async () => {
    const cases: [Record<string, string> | string, string, number][] = [
      [wanted({ grant_type: 'password' }), 'unsupported_grant_type', 400],
      [wanted({ grant_type: 'rsl' }), 'unsupported_grant_type', 400],
      [wanted({ grant_type: '' }), 'invalid_request', 400],
      [wanted({ license: '' }), 'invalid_request', 400],
      [wanted({ resource: '' }), 'invalid_request', 400],
      [wanted({ license_type: 'text/plain' }), 'invalid_request', 400],
      [wanted({ client_secret: 'x' }), 'invalid_request', 400],
      [wanted({ license: 'x'.repeat(30_000) }), 'invalid_request', 400],
      [`${new URLSearchParams(wanted())}&resource=%2Fother`, 'invalid_request', 400],
      [`${new URLSearchParams(wanted())}&license=x`, 'invalid_request', 400],
    ];
    for (const [form, error, status] of cases) {
      expect([form, (await post('token', form)).body.error]).toEqual([form, error]);
      expect((await post('token', form)).status).toBe(status);
    }
    const asJson = await app.request(`/olp/${site.id}/token`, {
      method: 'POST',
      headers: { Authorization: basic(), 'Content-Type': 'application/json' },
      body: JSON.stringify(wanted()),
    });
    expect([asJson.status, (await asJson.json()).error]).toEqual([400, 'invalid_request']);
  });

  it('get 401 for an unknown client, a wrong secret, and anything that is no credential', async () => {
    const wrong = [
      basic({ id: client.id, secret: 'wrong' }),
      basic({ id: k.ids.id(), secret: client.secret }),
      basic({ id: 'nonsense', secret: client.secret }),
      `Bearer ${client.secret}`,
      `${basic()}, ${basic()}`,
      'Basic',
      `Basic ${Buffer.from('no colon').toString('base64')}`,
      `Basic ${Buffer.from('%zz:%zz').toString('base64')}`,
      `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString('base64')}`,
      '',
    ];
    for (const authorization of wrong) {
      for (const path of ['token', 'introspect', 'key']) {
        const { status, body, headers } = await post(path, { ...wanted(), token: 'x' }, authorization);
        expect([authorization, status, body.error]).toEqual([authorization, 401, 'invalid_client']);
        expect(headers.get('WWW-Authenticate')).toBe('Basic realm="olp"');
      }
    }
    const { licenseeId, signer } = acme;
    await revokeClient(k, { licenseeId, userId: signer.user.id, clientId: client.id });
    expect((await askToken()).status).toBe(401);
  });

  it('get an answer of the protocol where there is no such site, and no key', async () => {
    expect(await post('key', { token: 'x', resource: '/poems/' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_resource' },
    });
    for (const id of [k.ids.id(), 'nonsense', '%00']) {
      const response = await app.request(`/olp/${id}/token`, { method: 'POST' });
      expect([id, response.status, (await response.json()).error]).toEqual([id, 400, 'invalid_resource']);
    }
  });
});

describe('acceptance in advance', () => {
  const on = (monthlyCapMicro: bigint) =>
    switchOnStanding(k, {
      licenseeId: acme.licenseeId,
      userId: acme.signer.user.id,
      uses: ['ai-input'],
      monthlyCapMicro,
    });

  it('makes the agreement, and stops at the month’s limit', async () => {
    await on(1_000_000n);
    await pay(100_000_000n);
    const first = await askToken();
    const claims = await claimsOf(first.body.access_token);
    expect(claims.cap).toBe(50);
    const [agreement] = await listAgreements(k, { licenseeId: acme.licenseeId });
    expect(agreement).toMatchObject({ id: claims.lic, quoteId: null });
    expect((await askToken()).body.error_description).toContain('monthly limit');

    // Of what was promised only what was fetched counts once the token is over.
    await inTx(k, (t) => countFetches(t, { jti: claims.jti, fetches: 10 }));
    k.clock.advance(21 * 60_000);
    expect((await claimsOf((await askToken()).body.access_token)).cap).toBe(40);
    expect(await listAgreements(k, { licenseeId: acme.licenseeId })).toHaveLength(1);

    k.clock.advance(10 * 86_400_000);
    expect((await claimsOf((await askToken()).body.access_token)).cap).toBe(50);
    await switchOffStanding(k, { licenseeId: acme.licenseeId, userId: acme.signer.user.id });
    k.clock.advance(21 * 60_000);
    expect((await askToken()).body.error).toBe('invalid_license');
  });

  it('never goes over the limit when many ask at once, and makes one agreement', async () => {
    await on(1_000_000n);
    await pay(100_000_000n);
    const answers = await Promise.all(Array.from({ length: 10 }, () => askToken()));
    const issued = answers.filter(({ status }) => status === 200);
    const caps = await Promise.all(
      issued.map(async ({ body }) => (await claimsOf(body.access_token)).cap ?? 0),
    );
    expect(caps.reduce((sum, cap) => sum + cap, 0)).toBe(50);
    expect(await listAgreements(k, { licenseeId: acme.licenseeId })).toHaveLength(1);
  });

  it('is switched on by somebody who may sign, once', async () => {
    await on(1n);
    await expect(on(1n)).rejects.toMatchObject({ code: 'standing-on-already' });
    const as = { licenseeId: acme.licenseeId, userId: ada.user.id };
    await expect(switchOffStanding(k, as)).rejects.toMatchObject({ code: 'not-a-signer' });
  });
});

describe('at the same time', () => {
  it('fifty requests never hold more than the balance', async () => {
    await agree();
    await pay(30_000_000n);
    const answers = await Promise.all(Array.from({ length: 50 }, () => askToken()));
    const { heldMicro, postedMicro } = await balanceOf(k, { partyId: acme.licenseeId, currency: 'EUR' });
    expect(heldMicro <= postedMicro).toBe(true);
    const issued = answers.filter(({ status }) => status === 200);
    const caps = await Promise.all(
      issued.map(async ({ body }) => (await claimsOf(body.access_token)).cap ?? 0),
    );
    expect(caps.sort((a, b) => b - a)).toEqual([1_000, 500]);
    expect(answers.every(({ status, body }) => status === 200 || body.error === 'invalid_license')).toBe(
      true,
    );
  });

  it('no token outlives a revocation, whichever comes first', async () => {
    for (let round = 0; round < 5; round++) {
      const agreement = await agree();
      await pay(20_000_000n);
      const revoke = revokeAgreement(k, {
        agreementId: agreement.id,
        userId: acme.signer.user.id,
        operator: false,
        reason: '',
      });
      const [answer] = await Promise.all([askToken(), revoke]);
      if (answer.status === 200) {
        const { body } = await post('introspect', { token: String(answer.body.access_token) });
        expect(body).toEqual({ active: false });
      }
      expect((await askToken()).status).toBe(400);
      const late =
        await sql`select 1 from licensing.tokens t join licensing.revocations r using (agreement_id)
        where t.issued_at > r.revoked_at`.execute(k.db);
      expect(late.rows).toEqual([]);
      k.clock.advance(21 * 60_000);
      await releaseEndedHolds(k);
    }
  });
});

describe('introspection', () => {
  it('tells a gate of the site and the client itself, and nobody else', async () => {
    const agreement = await agree();
    await pay(10_000_000n);
    const { body } = await askToken();
    const token = String(body.access_token);
    const publicKey = Buffer.alloc(32, 5).toString('base64');
    const about = { partyId: ada.party.id, name: 'Gate', publicKey, actor: ada.user.id };
    const gate = await registerGate(k, { ...about, siteId: site.id });
    const asGate = basic({ id: gate.gate.id, secret: gate.secret });
    expect((await post('introspect', { token, resource: '/poems/sea' }, asGate)).body).toMatchObject({
      active: true,
      permitted: true,
      client_id: client.id,
      scope: 'ai-input',
      license_id: agreement.id,
      token_type: 'License',
    });
    expect((await post('introspect', { token, resource: '/other' }, asGate)).body.permitted).toBe(false);
    expect((await post('introspect', { token })).body.active).toBe(true);
    const stranger = await newClient(await company(k));
    expect((await post('introspect', { token }, basic(stranger))).body).toEqual({ active: false });
    const elsewhere = await provenSite(k, ada, `https://other${sites++}.example/`);
    const far = await registerGate(k, { ...about, siteId: elsewhere.id });
    const asFar = basic({ id: far.gate.id, secret: far.secret });
    expect((await post('introspect', { token }, asFar)).body.error).toBe('invalid_client');
    for (const bad of ['x', `${token}x`, token.slice(0, -4), 'a.b.c']) {
      expect((await post('introspect', { token: bad }, asGate)).body).toEqual({ active: false });
    }
    expect((await post('introspect', {}, asGate)).body.error).toBe('invalid_request');
    k.clock.advance(900_000);
    expect((await post('introspect', { token }, asGate)).body).toEqual({ active: false });
  });

  it('does not let a token for the whole into a part with terms of its own', async () => {
    const root = await workAt(k, ada, site.url);
    await publish(k, ada, root, answersPaid());
    await agree([root]);
    await pay(10_000_000n);
    const { body } = await askToken({ resource: '/' });
    const token = String(body.access_token);
    expect((await post('introspect', { token, resource: '/about' })).body.permitted).toBe(true);
    expect((await post('introspect', { token, resource: '/poems/sea' })).body.permitted).toBe(false);
  });
});

it('works with an OAuth client of others', async () => {
  const agreement = await agree();
  await pay(10_000_000n);
  const issuer = new URL(`http://localhost:4000/olp/${site.id}`);
  const options = {
    [oauth.customFetch]: (url: string, init: RequestInit) => Promise.resolve(app.request(url, init)),
    [oauth.allowInsecureRequests]: true,
  } as never as oauth.ClientCredentialsGrantRequestOptions;
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options } as never);
  const server = await oauth.processDiscoveryResponse(issuer, discovered);
  const as = { client_id: client.id };
  const how = oauth.ClientSecretBasic(client.secret);
  const parameters = new URLSearchParams({ license, resource: '/poems/' });
  const response = await oauth.clientCredentialsGrantRequest(server, as, how, parameters, options);
  const result = await oauth.processClientCredentialsResponse(server, as, response, {
    recognizedTokenTypes: { license: () => undefined },
  });
  expect(result).toMatchObject({ token_type: 'license', expires_in: 900 });
  const asked = await oauth.introspectionRequest(server, as, how, result.access_token, options);
  expect(await oauth.processIntrospectionResponse(server, as, asked)).toMatchObject({
    active: true,
    license_id: agreement.id,
  });
  await revokeAgreement(k, {
    agreementId: agreement.id,
    userId: acme.signer.user.id,
    operator: false,
    reason: '',
  });
  const again = await oauth.introspectionRequest(server, as, how, result.access_token, options);
  expect(await oauth.processIntrospectionResponse(server, as, again)).toEqual({ active: false });
  const keys = await (await app.request(server.jwks_uri!)).json();
  expect(keys.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' });
});
