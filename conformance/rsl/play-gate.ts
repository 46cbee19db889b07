import type { Decision } from '@clearway/gate';
import { rslMediaType } from '@clearway/rsl';
import { createTestGate, T0, type TestGate } from '../../packages/gate/src/testing/test-gate.ts';

/** One request to a resource server; README.md describes the site and its tokens. */
export interface GateCase {
  readonly ask: {
    readonly do: 'request';
    readonly path: string;
    readonly agent: string;
    /** `{good}` and the other names stand for tokens. */
    readonly authorization?: string | readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
    /** The server cannot judge tokens: it has no rules yet, its rules are too old, or it cannot record what it gives out. */
    readonly broken?: 'no-rules' | 'old-rules' | 'no-record';
  };
  readonly expect: object;
}

const revoked = 'agreement-9';
const tokens: Readonly<Record<string, (gate: TestGate) => Promise<string>>> = {
  good: (gate) => gate.token(),
  expired: (gate) => gate.token({ iat: T0 / 1000 - 4_000, exp: T0 / 1000 - 3_100 }),
  revoked: (gate) => gate.token({ lic: revoked, jti: 'token-9' }),
  spent: (gate) => gate.token({ cap: 0, jti: 'token-8' }),
  'other-site': (gate) => gate.token({ aud: 'https://elsewhere.example', jti: 'token-7' }),
  'other-path': (gate) => gate.token({ res: ['/elsewhere/'], jti: 'token-6' }),
  'other-use': (gate) => gate.token({ use: ['ai-index'], jti: 'token-5' }),
  forged: async () => (await createTestGate()).token({ jti: 'token-4' }),
};

/** Plays one request through this implementation's gate; the answer has the members that `expect` names. */
export async function playGate({ ask, expect }: GateCase): Promise<unknown> {
  const gate = await createTestGate({ revoked: [{ agreement: revoked }] } as never);
  if (ask.broken === 'no-rules') gate.gate.rules = undefined;
  if (ask.broken === 'old-rules') gate.now = T0 + 3_601_000;
  if (ask.broken === 'no-record') gate.room = 0;
  const fields = typeof ask.authorization === 'string' ? [ask.authorization] : ask.authorization;
  const authorization = fields && (await Promise.all(fields.map((one) => named(one, gate))));
  const decision = await gate.ask(
    ask.path,
    {
      'user-agent': ask.agent,
      ...ask.headers,
      ...(authorization && { authorization: authorization.join(', ') }),
    },
    authorization ? { authorization } : {},
  );
  const all = describe(decision, gate);
  return Object.fromEntries(Object.keys(expect).map((name) => [name, all[name as keyof typeof all]]));
}

function describe(decision: Decision, gate: TestGate) {
  if (decision.kind === 'pass') return { status: 200, identity: identityOf(gate) };
  const { status, headers } = decision;
  const field = headers['www-authenticate'] ?? '';
  const [, error, description] =
    /^License error="([a-z_]+)"(?:, error_description="([\x20\x21\x23-\x5b\x5d-\x7e]*)")?$/.exec(field) ?? [];
  return {
    status,
    error,
    description: description !== undefined && description !== '',
    terms:
      (headers.link ?? '').includes('rel="license"') || headers['content-type'] === rslMediaType
        ? 'named'
        : 'none',
    identity: identityOf(gate),
  };
}

function identityOf(gate: TestGate): 'kept' | 'none' {
  return gate.records.some((one) => one.signature !== undefined) ? 'kept' : 'none';
}

async function named(text: string, gate: TestGate): Promise<string> {
  const name = /\{([a-z-]+)\}/.exec(text)?.[1];
  return name === undefined ? text : text.replace(`{${name}}`, await tokens[name]!(gate));
}
