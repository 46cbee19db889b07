import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allProblems } from './app.ts';
import type { Browser } from './testing/browser.ts';
import { type ContractWorld, openContractWorld } from './testing/contract-world.ts';
import type { JsonSchema } from './testing/json-sample.ts';
import { type Interface, type Operation, readInterface } from './testing/openapi.ts';

const MINUTE = 60_000;
const UNKNOWN_ID = '01900000-0000-7000-8000-00000000dead';
const SAFE = new Set(['GET', 'HEAD']);
/** Any route may answer these, so they are not listed at each. */
const COMMON = new Set([
  'unsupported-media-type',
  'malformed-body',
  'invalid-input',
  'body-too-large',
  'not-found',
  'too-many-requests',
]);

let world: ContractWorld;
let api: Interface;
beforeAll(async () => {
  world = await openContractWorld();
  api = await readInterface(world.app);
});
afterAll(() => world.k.close());

type Sent = { readonly path: string; readonly headers: Record<string, string>; readonly body?: string };

/** Sends a request and checks what holds for every answer; answers what is wrong with it. */
async function faultsOf(operation: Operation, sent: Sent, who: Browser): Promise<string[]> {
  // Each request in a minute of its own: limits of frequency are not what is tested here.
  world.k.clock.advance(20 * MINUTE);
  await sql`update identity.sessions set proven_at = ${world.k.clock.now()}`.execute(world.k.db);
  const { path, headers, body } = sent;
  const response = await who.send(path, {
    method: operation.method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const about = `${operation.method} ${path.slice(0, 90)} ${(body ?? '').slice(0, 60)} → ${response.status}`;
  const declared = operation.responses[String(response.status)];
  if (response.status < 400) {
    if (!declared) return [`${about}: not declared`];
    if (!declared.content && text !== '') return [`${about}: not empty`];
    const schema = declared.content?.['application/json']?.schema;
    return schema ? schemaFaults(schema, text).map((fault) => `${about}: ${fault}`) : [];
  }
  const faults = problemFaults(response, text);
  const code = /"code":"([^"]+)"/.exec(text)?.[1] ?? '';
  if (!declared && response.status < 500 && !COMMON.has(code)) faults.push(`not declared: ${code}`);
  return faults.map((fault) => `${about}: ${fault}`);
}

function schemaFaults(schema: JsonSchema, text: string): string[] {
  const checked = z.fromJSONSchema(api.standalone(schema) as never).safeParse(JSON.parse(text));
  return checked.success ? [] : [z.prettifyError(checked.error)];
}

function problemFaults(response: Response, text: string): string[] {
  const faults: string[] = [];
  if (response.status >= 500 && response.status !== 503) faults.push('a failure of ours');
  if (!(response.headers.get('Content-Type') ?? '').startsWith('application/problem+json'))
    return [...faults, `not a problem document but ${response.headers.get('Content-Type')}`];
  const problem = JSON.parse(text) as Record<string, unknown>;
  const known = allProblems.find(({ code }) => code === problem.code);
  if (!known) return [...faults, 'a code that is in no catalogue'];
  if (known.status !== response.status) faults.push(`the catalogue says ${known.status}`);
  if (problem.status !== response.status) faults.push('its status is another one');
  if (problem.title !== known.en.title || problem.cure !== known.en.cure) faults.push('other words');
  if (!String(problem.type).endsWith(`/problems/${known.code}`)) faults.push('another type');
  if (!/^urn:uuid:/.test(String(problem.instance))) faults.push('no instance');
  return faults;
}

/** The path with parameters that lead somewhere, or with the value given for all of them. */
function pathOf({ path, parameters }: Operation, value?: string): string {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => value ?? existing(path, name));
  const wanted = parameters.filter((p) => p.in === 'query' && value !== undefined);
  const query = wanted.map(({ name }) => `${name}=${value}`).join('&');
  return query ? `${filled}?${query}` : filled;
}

function existing(path: string, name: string): string {
  const { ids } = world;
  if (name === 'leafId') return ids.leaf;
  if (name === 'token') return ids.invitation;
  if (path.startsWith('/log/tile')) return '0/000.p/1';
  const [, collection = ''] = /^\/api\/(\w+)\//.exec(path) ?? [];
  const { works, sites, offers, organisations } = ids;
  return { works, sites, offers, organisations }[collection] ?? UNKNOWN_ID;
}

const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' };

function validRequest(operation: Operation): Sent {
  const path = pathOf(operation);
  if (!operation.body) return { path, headers: { Accept: 'application/json' } };
  return { path, headers: JSON_TYPE, body: JSON.stringify(api.sample(operation.body)) };
}

const NASTY = ['\u0000', '\ud800', 'x'.repeat(10_000), '\u202egnp', '', ' ', '-1', '1e99', '{}'];

/** Bodies that are not what was asked for. */
function badBodies(operation: Operation): Sent[] {
  const path = pathOf(operation);
  const sample = operation.body ? api.sample(operation.body) : {};
  const bodies = ['', '{"a":', '[]', 'null', '17', '"text"', '{}', '['.repeat(50_000), '{"a":1,"a":2}'];
  const values = [null, 0, -1, 1e300, true, [], {}, [{}], ...NASTY];
  for (const name of Object.keys(sample as object)) {
    for (const value of values) bodies.push(JSON.stringify({ ...(sample as object), [name]: value }));
  }
  return [
    ...bodies.map((body) => ({ path, headers: JSON_TYPE, body })),
    { path, headers: {}, body: JSON.stringify(sample) },
    { path, headers: { 'Content-Type': 'text/plain' }, body: JSON.stringify(sample) },
    { path, headers: { 'Content-Type': 'application/xml' }, body: '<a/>' },
    { path, headers: { 'Content-Type': 'multipart/form-data; boundary=x' }, body: '--x\r\n' },
    { path, headers: { 'Content-Type': 'application/json; charset=utf-7' }, body: '+AHs-' },
    { path, headers: JSON_TYPE },
  ];
}

/** Places that are not there, and values that are none. */
function badPlaces(operation: Operation): Sent[] {
  if (operation.parameters.length === 0) return [];
  const body = operation.body && JSON.stringify(api.sample(operation.body));
  const values = [
    UNKNOWN_ID,
    'nonsense',
    '%00',
    '%ff',
    '..%2f..',
    '-1',
    '99999999999999999999',
    'x'.repeat(5_000),
  ];
  return values.map((value) => ({
    path: pathOf(operation, value),
    headers: JSON_TYPE,
    ...(body === undefined || SAFE.has(operation.method) ? {} : { body }),
  }));
}

async function allFaults(
  pick: (operation: Operation) => Sent[],
  who: Browser,
  which: (operation: Operation) => boolean = () => true,
): Promise<string[]> {
  const faults: string[] = [];
  for (const operation of api.operations.filter(which)) {
    for (const sent of pick(operation)) faults.push(...(await faultsOf(operation, sent, who)));
  }
  return faults;
}

describe('the document', () => {
  it('describes every operation', () => {
    const faults = api.operations.flatMap((operation) => {
      const missing: string[] = [];
      if (!operation.summary && !operation.description) missing.push('summary');
      if ((operation.tags ?? []).length === 0) missing.push('tags');
      const needs = operation.parameters.length > 0 || operation.body || operation.responses['401'];
      const refusals = Object.values(operation.responses).filter(
        (r) => r.content?.['application/problem+json'],
      );
      if (needs && refusals.length === 0) missing.push('problem responses');
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        if (!description) missing.push(`description of ${status}`);
        if (!content) continue; // An empty answer; that it is empty is checked where it is sent.
        const schemas = Object.values(content ?? {}).map(({ schema }) => schema);
        if (schemas.length === 0 || schemas.includes(undefined)) missing.push(`schema of ${status}`);
      }
      return missing.map((what) => `${operation.name}: ${what}`);
    });
    expect(faults).toEqual([]);
  });

  it('names every route below /api', () => {
    const described = new Set(api.operations.map(({ name }) => name));
    const routes = world.app.routes.filter(
      ({ method, path }) => method !== 'ALL' && path.startsWith('/api/'),
    );
    const names = routes.map(
      ({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^/]*\})?/g, '{$1}')}`,
    );
    const hidden = [...new Set(names)].filter(
      (name) => !described.has(name) && name !== 'GET /api/openapi.json',
    );
    expect(hidden).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });
});

describe('what is read', () => {
  const reads = ({ method }: Operation) => SAFE.has(method);
  it('has the shape the document declares, for a stranger', async () => {
    expect(await allFaults((operation) => [validRequest(operation)], world.stranger, reads)).toEqual([]);
  });

  it('has it for a member, who sees what is hers', async () => {
    const faults: string[] = [];
    for (const operation of api.operations.filter(reads)) {
      const sent = validRequest(operation);
      faults.push(...(await faultsOf(operation, sent, world.member)));
      const { status } = await world.member.send(sent.path, { headers: sent.headers });
      // The world holds one of each kind it knows; of another kind there is nothing to find.
      const found = sent.path.includes(UNKNOWN_ID) ? 404 : 200;
      const forOperators = operation.responses['403']?.description?.includes('operator-required');
      const wanted = forOperators ? 403 : found;
      if (status !== wanted) faults.push(`${operation.name} ${status}`);
    }
    expect(faults).toEqual([]);
  });
});

it('asks strangers to sign in, with the same words everywhere', async () => {
  const faults: string[] = [];
  for (const operation of api.operations.filter(({ responses }) => responses['401'])) {
    const { path, ...init } = validRequest(operation);
    const response = await world.stranger.send(path, { method: operation.method, ...init });
    const text = await response.text();
    if (response.status !== 401 || !text.includes('"sign-in-required"'))
      faults.push(`${operation.name} → ${text}`);
  }
  expect(faults).toEqual([]);
});

describe('bad input gets a problem document with a known code, never a failure', () => {
  const writes = ({ method }: Operation) => !SAFE.has(method);
  it.each(['stranger', 'member'] as const)('in the body, from a %s', async (who) => {
    expect(await allFaults(badBodies, world[who], writes)).toEqual([]);
  });
  it.each(['stranger', 'member'] as const)('in the path and the query, from a %s', async (who) => {
    expect(await allFaults(badPlaces, world[who])).toEqual([]);
  });
});
