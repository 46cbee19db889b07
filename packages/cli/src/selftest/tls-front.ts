import { request as plainRequest, type Server } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A certificate and the authority that signed it, PEM. */
export type Tls = { readonly ca: string; readonly cert: string; readonly key: string };

/** Ends TLS before the instance, as a proxy does in production. */
export async function startTlsFront(tls: Tls, port: number): Promise<{ server: Server; origin: string }> {
  const server = createServer({ cert: tls.cert, key: tls.key }, (request, response) => {
    const { method, url, headers } = request;
    const inner = plainRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    inner.once('error', () => response.destroy());
    request.pipe(inner);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { server, origin: `https://localhost:${(server.address() as AddressInfo).port}` };
}
