import { publicJwk } from '@clearway/protocol';
import {
  clientAddress,
  createRouter,
  failCommon,
  type HttpContext,
  Problem,
  type Router,
} from '../kernel/index.ts';
import { gateWithSecret, requireSite, type Site } from '../sites/index.ts';
import { SIGNING_PURPOSE } from './make-agreement.ts';
import { authenticateClient } from './manage-clients.ts';
import type { Client } from './model.ts';
import { type Caller, introspectToken } from './olp/introspect-token.ts';
import { issueToken } from './olp/issue-token.ts';
import { OlpError } from './olp/olp-error.ts';
import { readCredentials, readParameters, required } from './olp/read-request.ts';

const PER_CALLER = { name: 'licensing.olp', per: 1_200, windowMs: 60_000, burst: 600 };
const WRONG_SECRETS = { name: 'licensing.olp-wrong', per: 60, windowMs: 60_000, burst: 60 };
const NO_STORE = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };
const PUBLIC = {
  'Cache-Control': 'public, max-age=300, must-revalidate',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/** The Open License Protocol (RSL 1.0 §5), with a base address for each site, its keys and its metadata (RFC 8414). */
export function olpRoutes(): Router {
  const router = createRouter();
  router.onError(answerError);
  router.post('/olp/:site/token', token);
  router.post('/olp/:site/introspect', introspect);
  router.post('/olp/:site/key', key);
  router.get('/olp/:site/jwks', jwks);
  router.get('/.well-known/oauth-authorization-server/olp/:site', metadata);
  router.get('/olp/:site/.well-known/oauth-authorization-server', metadata);
  return router;
}

async function token(c: HttpContext): Promise<Response> {
  const site = await siteOf(c);
  const client = await clientOf(c);
  const parameters = await readParameters(c);
  const grant = required(parameters, 'grant_type');
  if (grant !== 'client_credentials') {
    throw new OlpError('unsupported_grant_type', 'grant_type is client_credentials.');
  }
  const { token, expiresInS } = await issueToken(c.get('k'), {
    site,
    client,
    license: required(parameters, 'license'),
    licenseType: parameters.get('license_type'),
    resource: required(parameters, 'resource'),
  });
  return c.json({ access_token: token, token_type: 'License', expires_in: expiresInS }, 200, NO_STORE);
}

async function introspect(c: HttpContext): Promise<Response> {
  const site = await siteOf(c);
  const caller = await callerOf(c, site);
  const parameters = await readParameters(c);
  const answer = await introspectToken(c.get('k'), {
    site,
    caller,
    token: required(parameters, 'token'),
    resource: parameters.get('resource'),
  });
  return c.json(answer, 200, NO_STORE);
}

/** Nothing here is encrypted (RSL 1.0 §7), so there is no key to give out; the endpoint says so. */
async function key(c: HttpContext): Promise<Response> {
  await siteOf(c);
  await clientOf(c);
  await readParameters(c);
  throw new OlpError('invalid_resource', 'Nothing on this site is encrypted; no key is needed.');
}

async function jwks(c: HttpContext): Promise<Response> {
  await siteOf(c);
  const { kid, publicKey } = await c.get('k').keys.signing(SIGNING_PURPOSE);
  return c.json({ keys: [publicJwk(kid, publicKey)] }, 200, PUBLIC);
}

async function metadata(c: HttpContext): Promise<Response> {
  const { id } = await siteOf(c);
  const base = `${c.get('k').site.baseUrl}/olp/${id}`;
  const methods = ['client_secret_basic'];
  const document = {
    issuer: base,
    token_endpoint: `${base}/token`,
    token_endpoint_auth_methods_supported: methods,
    introspection_endpoint: `${base}/introspect`,
    introspection_endpoint_auth_methods_supported: methods,
    jwks_uri: `${base}/jwks`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
  };
  return c.json(document, 200, PUBLIC);
}

async function siteOf(c: HttpContext): Promise<Site> {
  try {
    return await requireSite(c.get('k'), c.req.param('site') ?? '');
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'site-not-found')) throw error;
    throw new OlpError('invalid_resource', 'There is no license server at this address.');
  }
}

async function clientOf(c: HttpContext): Promise<Client> {
  const client = await known(c, (given) => authenticateClient(c.get('k'), given));
  return client;
}

/** A gate of this site, or a client. A gate of another site is told what a stranger is told. */
async function callerOf(c: HttpContext, site: Site): Promise<Caller> {
  const k = c.get('k');
  return known(c, async (given) => {
    const client = await authenticateClient(k, given);
    if (client) return { clientId: client.id };
    const gate = await gateWithSecret(k, given.id, given.secret);
    return gate?.siteId === site.id && gate.revokedAt === undefined ? { gateId: gate.id } : undefined;
  });
}

/** Who has these credentials; guesses are limited by network, calls by caller. */
async function known<T>(
  c: HttpContext,
  find: (given: { id: string; secret: string }) => Promise<T | undefined>,
): Promise<T> {
  const { limits } = c.get('k');
  const given = readCredentials(c);
  const found = await find(given);
  const wait = found ? limits.take(PER_CALLER, given.id) : limits.take(WRONG_SECRETS, clientAddress(c));
  if (wait > 0) {
    const headers = { 'Retry-After': Math.ceil(wait / 1_000).toString() };
    throw failCommon('too-many-requests', { headers });
  }
  if (found === undefined)
    throw new OlpError('invalid_client', 'The client is unknown or its secret is wrong.');
  return found;
}

function answerError(error: Error, c: HttpContext): Response {
  if (error instanceof OlpError) {
    const headers = { ...NO_STORE, ...(error.status === 401 && { 'WWW-Authenticate': 'Basic realm="olp"' }) };
    return c.json(
      {
        error: error.code,
        error_description: error.message,
        ...(error.quoteUri !== undefined && { quote_uri: error.quoteUri }),
      },
      error.status as 400,
      headers,
    );
  }
  if (error instanceof Problem && error.status < 500) {
    const body = { error: 'invalid_request', error_description: error.definition.en.title };
    return c.json(body, error.status as 400, { ...NO_STORE, ...error.headers });
  }
  c.get('k').log.error({ error, requestId: c.get('requestId') }, 'license server failed');
  const body = { error: 'server_error', error_description: 'Something went wrong on our side.' };
  return c.json(body, 500, NO_STORE);
}
