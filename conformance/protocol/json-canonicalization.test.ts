import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canonicalize, decodeUtf8, parseStrict } from '@clearway/protocol';
import { describe, expect, test } from 'vitest';

// The test data of RFC 8785 is not part of the repository: https://github.com/cyberphone/json-canonicalization, testdata.
const beside = fileURLToPath(new URL('../../../shared/vectors', import.meta.url));
const dir = join(process.env.CLEARWAY_VECTORS ?? beside, 'json-canonicalization');
const names = existsSync(dir) ? readdirSync(join(dir, 'input')).sort() : [];

if (names.length === 0) console.warn(`No RFC 8785 vectors in ${dir}; set CLEARWAY_VECTORS to their folder.`);

describe.skipIf(names.length === 0)('RFC 8785 test data', () => {
  test.each(names.length > 0 ? names : ['absent'])('%s', (name) => {
    const input = decodeUtf8(readFileSync(join(dir, 'input', name)));
    const output = decodeUtf8(readFileSync(join(dir, 'output', name)));
    const foreign = { allowUnsafeIntegers: true };
    expect(canonicalize(parseStrict(input, foreign), foreign)).toBe(output);
  });
});
