// `npm start`: installs what is missing, builds, serves. Flags after `--` go to `clearway serve`.
import { join } from 'node:path';
import { root } from './bootstrap.mjs';
import { runClearway } from './clearway.mjs';

const args = process.argv.slice(2);
const demo = args.includes('--demo');
const rest = args.filter((arg) => arg !== '--demo');
const data = process.env.CLEARWAY_DATA ?? join(root, demo ? 'data-demo' : 'data');
runClearway([demo ? 'demo' : 'serve', ...(rest.includes('--data') ? [] : ['--data', data]), ...rest]);
