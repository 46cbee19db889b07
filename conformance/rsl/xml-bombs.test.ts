import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@clearway/rsl';
import { describe, expect, it } from 'vitest';

const folder = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'xml-bombs');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.xml')) : [];
const harmless = ['simple.xml', 'simple-ns.xml'];

describe('XML attacks written by others', () => {
  if (files.length === 0) {
    it('is tried on the files of other people', ({ skip }) => {
      skip(`${folder} is absent; set CLEARWAY_VECTORS`);
    });
  }

  it.each(files)('refuses %s', (name) => {
    const bytes = readFileSync(join(folder, name));
    const { document, issues } = parse(bytes);
    expect(document).toBeUndefined();
    expect(issues.map((one) => one.code)).toEqual([harmless.includes(name) ? 'R2-not-rsl' : 'R104-refused']);
  });
});
