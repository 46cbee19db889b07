import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDictionary } from './parse-dictionary.ts';

const folder = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'structured-fields');

interface Case {
  readonly name: string;
  readonly header_type: string;
  readonly raw: readonly string[];
  readonly expected?: readonly (readonly [string, unknown])[];
  readonly must_fail?: boolean;
  readonly can_fail?: boolean;
}

if (!existsSync(folder)) {
  it('is tried on the cases of RFC 9651', ({ skip }) => skip(`${folder} is absent; set CLEARWAY_VECTORS`));
} else {
  describe('RFC 9651 dictionaries', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    it.each(files)('%s', (name) => {
      const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[];
      const wrong = cases
        .filter((one) => one.header_type === 'dictionary' && !one.can_fail)
        .filter((one) => {
          const read = parseDictionary(one.raw.join(', '));
          if (one.must_fail) return read !== undefined;
          return (
            JSON.stringify([...(read?.keys() ?? ['failed'])]) !==
            JSON.stringify((one.expected ?? []).map(([key]) => key))
          );
        });
      expect(wrong.map((one) => one.name)).toEqual([]);
    });

    it.each(files)('%s, items as the value of a member', (name) => {
      const cases = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[];
      const wrong = cases
        .filter((one) => one.header_type === 'item' && one.raw.length === 1 && !one.can_fail)
        // Around an item there may be spaces, and none in front of a value; a comma begins the next member.
        .filter(({ raw, name }) => raw[0] !== '' && !/^ | $/.test(raw[0]!) && name !== '0x2c in token')
        .filter((one) => (parseDictionary(`a=${one.raw[0]}`) === undefined) !== (one.must_fail === true));
      expect(wrong.map((one) => `${one.name}: ${one.raw[0]}`)).toEqual([]);
    });
  });
}
