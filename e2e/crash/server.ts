// One instance in a process of its own, so that it can be killed. Runs on what was built, as in production; only the
// names of the test's sites and of itself lead to this machine.
import { createFetch, createResolver } from '@clearway/net';
import { createOperatorLink, needsOperatorLink, readConfig, serve } from '@clearway/server';

const given = JSON.parse(process.argv[2] ?? '{}') as {
  data: string;
  port: number;
  dns: string;
  sitePort: number;
  sites: number;
};
const origins = Array.from({ length: given.sites }, (_, n) => `http://p${n}.example:${given.sitePort}`);
const baseUrl = `http://localhost:${given.port}`;
const resolver = createResolver({ servers: [given.dns] });
const instance = await serve(
  readConfig({}, { data: given.data, port: given.port, baseUrl, logLevel: 'fatal' }),
  {
    dns: resolver,
    fetch: createFetch({ resolver, allowOrigins: [...origins, baseUrl] }),
    allowPorts: true,
  },
);
const link = (await needsOperatorLink(instance.k)) ? await createOperatorLink(instance.k) : '';
console.log(`ready ${link}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void instance.stop());
