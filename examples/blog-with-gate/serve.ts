import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { gateMiddleware, openGate, readGateKey } from '@clearway/gate/node';
import { blog } from './blog.ts';

const { values } = parseArgs({
  options: {
    bundle: { type: 'string' },
    key: { type: 'string' },
    spool: { type: 'string', default: 'spool' },
    usage: { type: 'string' },
    port: { type: 'string', default: '8080' },
    'without-gate': { type: 'boolean', default: false },
  },
});

// The whole change to the blog: open a gate, and put it before the handler.
const { gate, close } = values['without-gate'] ? { gate: undefined, close: async () => {} } : await open();
const guard = gate ? gateMiddleware(gate) : undefined;
const server = createServer((request, response) =>
  guard ? guard(request, response, () => blog(request, response)) : blog(request, response),
);

await once(server.listen(Number(values.port), '127.0.0.1'), 'listening');
console.log(`The blog is at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);

async function open(): ReturnType<typeof openGate> {
  const { bundle, key } = values;
  if (!bundle || !key) throw new Error('Say --bundle <url> and --key <file>, or --without-gate.');
  return openGate({
    key: await readGateKey(key),
    bundleUrl: bundle,
    ...(values.usage ? { usageUrl: values.usage } : {}),
    directory: values.spool,
    fetch,
    now: Date.now,
    bundleEveryMs: 1_000,
    onError: (error) => console.error(String(error)),
  });
}

async function stop(): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  await close();
}
