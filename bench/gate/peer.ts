import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** A peer to be measured in the same run: what it is asked with, and its handler before the given one. */
export type Peer = { readonly name: string; readonly token: string; readonly handler: RequestListener };

type Sdk = {
  SupertabConnect: {
    verify(about: {
      token: string;
      resourceUrl: string;
      baseUrl: string;
    }): Promise<{ valid: boolean; error?: string }>;
  };
};

/**
 * The public RSL SDK of Supertab (MIT), as built by its makers: `path` is its `dist/index.js`. Its pure verification is
 * used, which sends no events; its keys come once from a loopback server and are then cached, as it does by itself.
 */
export async function openSupertab(path: string, origin: string, next: RequestListener): Promise<Peer> {
  const { SupertabConnect } = (await import(pathToFileURL(path).href)) as Sdk;
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'peer', alg: 'ES256', use: 'sig' };
  const keys = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ keys: [jwk] }));
  });
  await once(keys.listen(0, '127.0.0.1'), 'listening');
  const baseUrl = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'peer' })
    .setIssuer(baseUrl)
    .setAudience(origin)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  const check = (given: string, url: string) =>
    SupertabConnect.verify({ token: given, resourceUrl: `${origin}${url}`, baseUrl });
  const first = await check(token, '/stories/1');
  keys.close();
  if (!first.valid) throw new Error(`the peer does not take its token: ${first.error}`);
  return {
    name: 'Supertab SDK, verify only',
    token,
    handler: (request, response) => {
      const given = request.headers.authorization?.slice('License '.length) ?? '';
      check(given, request.url ?? '/').then(
        ({ valid, error }) => (valid ? next(request, response) : response.writeHead(401).end(error)),
        (error: Error) => response.writeHead(503).end(error.message),
      );
    },
  };
}
