// Plays the selftest behind TLS. The process is started with NODE_EXTRA_CA_CERTS, so that it trusts the throw-away authority.
import { readFileSync } from 'node:fs';
import { exampleWorks, runSelftest } from '../packages/cli/dist/selftest/run-selftest.js';

const directory = process.argv[2] ?? '.';
const read = (name: string) => readFileSync(`${directory}/${name}`, 'utf8');
const tls = { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
await runSelftest({ works: exampleWorks(), out: undefined, tls, report: (line) => console.log(line) });
