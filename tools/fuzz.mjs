// `npm run fuzz`: feeds every parser with a million damaged texts; conformance/fuzz/README.md has the settings.
import { ensureInstalled, node24, run } from './bootstrap.mjs';

ensureInstalled();
process.exitCode = run(node24(), ['--conditions=clearway-source', 'conformance/fuzz/run.ts']);
