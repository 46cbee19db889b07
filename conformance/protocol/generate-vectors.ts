import { writeFileSync } from 'node:fs';
import { buildVectors } from './build-vectors.ts';

// Run with `node --conditions=clearway-source conformance/protocol/generate-vectors.ts`, then format.
const vectors = await buildVectors();
writeFileSync(new URL('vectors.json', import.meta.url), `${JSON.stringify(vectors, null, 2)}\n`);
