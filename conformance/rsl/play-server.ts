import { createApp } from '../../packages/server/src/app.ts';
import { inTx, type Router } from '../../packages/server/src/kernel/index.ts';
import { topUp } from '../../packages/server/src/ledger/index.ts';
import { acceptQuote, createClient, quote } from '../../packages/server/src/licensing/index.ts';
import { registerGate, type Site } from '../../packages/server/src/sites/index.ts';
import { company } from '../../packages/server/src/testing/company.ts';
import { answersPaid, publish, setUp } from '../../packages/server/src/testing/offer-terms.ts';
import { provenSite, workAt } from '../../packages/server/src/testing/proven-site.ts';
import { person } from '../../packages/server/src/testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../../packages/server/src/testing/test-kernel.ts';

/** Requests to a license server, one after the other; README.md describes its world. */
export interface ServerCase {
  /** What a server must have for the case to say anything about it. */
  readonly needs?: 'encryption';
  readonly ask: { readonly do: 'license-server'; readonly steps: readonly Step[] };
  readonly expect: { readonly answers: readonly object[] };
}

interface Step {
  readonly to: string;
  /** Whose credentials; `nobody` sends none. */
  readonly as?: string;
  /** Instead of the right field. */
  readonly authorization?: string;
  readonly method?: string;
  readonly type?: string;
  /** `{license}`, `{token}` (of the last answer that had one) and names with a number of signs stand for texts. */
  readonly form?: Readonly<Record<string, string>> | string;
  /** The same again; the answer is that of the last one. */
  readonly times?: number;
}

interface Account {
  readonly id: string;
  readonly secret: string;
}

/** A license server with the world of the cases. */
export interface ServerWorld {
  readonly k: TestKernel;
  readonly app: Router;
  readonly bases: Readonly<Record<'site' | 'other-site' | 'no-site', string>>;
  readonly accounts: Readonly<Record<string, Account>>;
  readonly license: string;
}

/** Two sites with one work each, three companies, a gate for each site; one company has an agreement and has paid. */
export async function openServerWorld(): Promise<ServerWorld> {
  const k = await createTestKernel();
  await setUp(k);
  const app = createApp(k);
  const ada = await person(k, 'Ada');
  const site = await provenSite(k, ada, 'https://a.example/');
  const other = await provenSite(k, ada, 'https://b.example/');
  const workId = await workAt(k, ada, 'https://a.example/poems/');
  await publish(k, ada, workId, answersPaid());
  const companies = [await company(k), await company(k), await company(k)] as const;
  const [client, stranger, another] = await Promise.all(
    companies.map(async ({ licenseeId, signer }) => {
      const made = await createClient(k, { licenseeId, userId: signer.user.id, name: 'Crawler' });
      return { id: made.client.id, secret: made.secret };
    }),
  );
  for (const { licenseeId, signer } of [companies[0], companies[2]]) {
    const askedBy = `user:${signer.user.id}`;
    const terms = { use: 'ai-input', unit: 'fetch', modelScope: null, months: 12 } as const;
    const made = await quote(k, { licenseeId, askedBy, workIds: [workId], ...terms });
    await acceptQuote(k, { quoteId: made.id, userId: signer.user.id });
    const payment = {
      partyId: licenseeId,
      currency: 'EUR',
      amountMicro: 10_000_000_000n,
      reference: licenseeId,
    };
    await inTx(k, (t) => topUp(t, payment));
  }
  const gateOf = async ({ id }: Site) => {
    const publicKey = Buffer.alloc(32, id.charCodeAt(3)).toString('base64');
    const made = { partyId: ada.party.id, name: 'Gate', publicKey, actor: ada.user.id, siteId: id };
    const { gate, secret } = await registerGate(k, made);
    return { id: gate.id, secret };
  };
  const rsl = await (await app.request(`/site/${site.id}/license.xml`)).text();
  return {
    k,
    app,
    bases: { site: `/olp/${site.id}`, 'other-site': `/olp/${other.id}`, 'no-site': `/olp/${k.ids.id()}` },
    accounts: {
      client: client!,
      stranger: stranger!,
      another: another!,
      'wrong-secret': { id: client!.id, secret: 'wrong' },
      'unknown-client': { id: k.ids.id(), secret: client!.secret },
      gate: await gateOf(site),
      'other-gate': await gateOf(other),
    },
    license: /server="[^"]+"[^>]*>\s*(<license>[\s\S]*?<\/license>)/.exec(rsl)![1]!,
  };
}

/** Plays one case through this implementation's server; each answer has the members that `expect` names. */
export async function playServer(world: ServerWorld, { ask, expect }: ServerCase): Promise<unknown> {
  let token = '';
  const answers: object[] = [];
  for (const [index, step] of ask.steps.entries()) {
    let found: Awaited<ReturnType<typeof send>> | undefined;
    for (let time = 0; time < (step.times ?? 1); time += 1) found = await send(world, step, token);
    token = typeof found?.body.access_token === 'string' ? found.body.access_token : token;
    const names = Object.keys(expect.answers[index] ?? {});
    answers.push(Object.fromEntries(names.map((name) => [name, memberOf(found!, name)])));
  }
  return { answers };
}

async function send({ app, bases, accounts, license }: ServerWorld, step: Step, token: string) {
  const { to, as = 'client', method = 'POST', type = 'application/x-www-form-urlencoded', form = {} } = step;
  const [first = '', ...rest] = to.split('/');
  const elsewhere = first in bases;
  const base = bases[elsewhere ? (first as keyof typeof bases) : 'site'];
  const endpoint = elsewhere ? rest.join('/') : to;
  const fill = (text: string) =>
    text
      .replace('{license}', license)
      .replace('{token}', token)
      .replace(/\{(\d+) signs\}/, (_, count: string) => 'x'.repeat(Number(count)));
  const filled =
    typeof form === 'string'
      ? form
      : new URLSearchParams(Object.entries(form).map(([name, text]) => [name, fill(text)])).toString();
  const account = accounts[as];
  const credentials = account && `${encodeURIComponent(account.id)}:${encodeURIComponent(account.secret)}`;
  const right = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const authorization = step.authorization?.replace('{right}', right ?? '') ?? right;
  const response = await app.request(`${base}/${endpoint}`, {
    method,
    headers: { 'Content-Type': type, ...(authorization !== undefined && { Authorization: authorization }) },
    ...(method === 'POST' && { body: filled }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
  return { response, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

function memberOf({ response, body }: Awaited<ReturnType<typeof send>>, name: string): unknown {
  const { status, headers } = response;
  if (name === 'status') return status;
  if (name === 'body') return body;
  if (name === 'type') return (headers.get('Content-Type') ?? '').split(';', 1)[0];
  if (name === 'members') return Object.keys(body).sort();
  if (name === 'stored') return !(headers.get('Cache-Control') ?? '').includes('no-store');
  if (name === 'wait') return headers.has('Retry-After');
  return body[name] ?? null;
}
