import { sha256, toBase64, toHex, utf8 } from '@clearway/protocol';
import { badStatus, type Net, readBody, send } from './net.ts';
import { Stop } from './result.ts';

/** An account at a license server (OAuth client). */
export type Client = {
  /** The base of license servers that may see the secret: `https://clearway.example/olp/` covers all below it. */
  readonly server: string;
  readonly id: string;
  readonly secret: string;
  /** `basic` as RSL 1.0 §5.3 has it, or `post` for a server that wants the credentials in the form. */
  readonly tokenEndpointAuth?: 'basic' | 'post';
};

/** What is asked for: one licence of one content. */
export type Wanted = {
  readonly server: string;
  /** The complete `license` element. */
  readonly license: string;
  /** The `url` of its content, as written. */
  readonly resource: string;
};

/** Tokens by server, licence and resource; of many requests at once one is sent. */
export type TokenDesk = {
  get(client: Client, wanted: Wanted): Promise<string>;
  /** Forgets a token that was not taken. */
  drop(wanted: Wanted, token: string): Promise<void>;
};

type Held = { readonly token: string; readonly until: number };

/** A token is not used in its last seconds: it has to arrive and be looked at. */
const MARGIN_MS = 10_000;
const ANSWER_LIMIT = 64 * 1024;
const MOST_HELD = 10_000;

export function createTokenDesk(net: Net, now: () => number): TokenDesk {
  const held = new Map<string, Promise<Held>>();
  async function get(client: Client, wanted: Wanted): Promise<string> {
    const key = await keyOf(wanted);
    const known = held.get(key);
    // What is being asked for fails for everybody who waits, and is then asked for again.
    const current = await known;
    if (current && now() < current.until) return current.token;
    // While this one waited, another may have begun to ask.
    const meanwhile = held.get(key);
    if (meanwhile !== undefined && meanwhile !== known) return (await meanwhile).token;
    const asked = requestToken(net, now, client, wanted);
    held.set(key, asked);
    asked.catch(() => {
      if (held.get(key) === asked) held.delete(key);
    });
    const [oldest] = held.keys();
    if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
    return (await asked).token;
  }
  async function drop(wanted: Wanted, token: string): Promise<void> {
    const key = await keyOf(wanted);
    const known = held.get(key);
    const current = await known?.catch(() => undefined);
    if (current?.token === token && held.get(key) === known) held.delete(key);
  }
  return { get, drop };
}

async function keyOf({ server, license, resource }: Wanted): Promise<string> {
  return toHex(await sha256(utf8(JSON.stringify([server, license, resource]))));
}

async function requestToken(net: Net, now: () => number, client: Client, wanted: Wanted): Promise<Held> {
  const { id, secret, tokenEndpointAuth = 'basic' } = client;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    license: wanted.license,
    resource: wanted.resource,
  });
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type': 'application/x-www-form-urlencoded',
  };
  if (tokenEndpointAuth === 'basic') {
    headers.Authorization = `Basic ${toBase64(utf8(`${formEncode(id)}:${formEncode(secret)}`))}`;
  } else {
    form.set('client_id', id);
    form.set('client_secret', secret);
  }
  const url = `${wanted.server.replace(/\/+$/, '')}/token`;
  const response = await send(net, url, { method: 'POST', headers, body: form.toString() });
  const body = await readBody(response, ANSWER_LIMIT);
  const answer = readJson(body);
  if (!response.ok) throw refusal(response, answer, url);
  const { access_token: token, token_type: type, expires_in: life } = answer;
  const usable = typeof token === 'string' && /^[A-Za-z0-9._~+/-]{1,8192}=*$/.test(token);
  if (!usable || typeof type !== 'string' || type.toLowerCase() !== 'license') {
    const detail = `${url} answered without a usable token.`;
    throw new Stop({ state: 'unreachable', reason: 'status', detail, status: response.status });
  }
  // RSL 1.0 §5.4: 0 never expires. Without a number nothing is kept.
  const seconds = typeof life === 'number' && life >= 0 ? life : undefined;
  const until = seconds === 0 ? Infinity : now() + (seconds ?? 0) * 1_000 - MARGIN_MS;
  return { token, until };
}

/** What the server's error means for the one who asked (RSL 1.0 §5.4.4). */
function refusal(response: Response, answer: Readonly<Record<string, unknown>>, url: string): Stop {
  const error = typeof answer.error === 'string' ? answer.error.slice(0, 100) : '';
  const said =
    typeof answer.error_description === 'string' ? ` ${answer.error_description.slice(0, 300)}` : '';
  const detail = `${url}: ${error || response.status}.${said}`;
  const uri = answer.quote_uri;
  if (typeof uri === 'string' && /^https?:\/\//i.test(uri) && URL.canParse(uri)) {
    return new Stop({ state: 'needs-quote', reason: 'agreement', detail, quoteUri: uri });
  }
  if (error === 'invalid_client' || error === 'unauthorized_client' || response.status === 401) {
    return new Stop({ state: 'refused', reason: 'client', detail });
  }
  if (response.status === 429 || response.status >= 500) return badStatus(response, url);
  if (error === 'invalid_license') return new Stop({ state: 'needs-quote', reason: 'agreement', detail });
  return new Stop({ state: 'refused', reason: 'client', detail });
}

function readJson(body: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body ?? new Uint8Array()));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    // Whatever it is, it is no answer of this protocol; the status says the rest.
    return {};
  }
}

/** RFC 6749 §2.3.1: credentials are form-encoded before they go into the header. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
