import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Issue, writeDocument } from '@clearway/rsl';
import fc from 'fast-check';
import { RelaxNGValidator, XmlDocument } from 'libxml2-wasm';
import { afterAll, expect, it } from 'vitest';
import { documentInput } from '../../packages/rsl/src/testing/document-input.ts';
import type { Case } from './run-case.ts';

const schema = XmlDocument.fromString(readFileSync(join(import.meta.dirname, 'rsl-1.0.rng'), 'utf8'));
const validator = RelaxNGValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

/** What a grammar of this kind cannot say. */
const beyond = new Set([
  'R30-repeated',
  'R48-currency',
  'R49-amount-negative',
  'R49-amount-zero',
  'R51-accepts-type',
  'R51-x402-type',
  'R56-repeated',
  'R61-schema',
]);

function isBeyond({ code, message }: Issue): boolean {
  return beyond.has(code) || (/^R(33|34|43)-/.test(code) && /"[^"\s]+:[^"\s]+"/.test(message));
}

/** Whether libxml2 and the grammar accept a document; undefined where libxml2 cannot read it. */
function accepted(xml: string): boolean | undefined {
  let document: XmlDocument;
  try {
    document = XmlDocument.fromString(xml);
  } catch {
    return undefined;
  }
  try {
    validator.validate(document);
    return true;
  } catch {
    return false;
  } finally {
    document.dispose();
  }
}

/** `agree`, or who says what. */
function compare(xml: string): string {
  const { document, issues } = check(xml);
  const valid = accepted(xml);
  if (!document || valid === undefined) return 'agree';
  const errors = issues.filter((one) => one.severity === 'error');
  if (!valid) return errors.length > 0 ? 'agree' : `only the grammar refuses ${xml}`;
  const strange = errors.filter((one) => !isBeyond(one));
  return strange.length === 0 ? 'agree' : `only we refuse (${strange.map((one) => one.code).join()}) ${xml}`;
}

const folder = join(import.meta.dirname, 'cases');
const documents = readdirSync(folder)
  .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Case[])
  .filter(({ ask }) => ask.do === 'evaluate' || (ask.do === 'check' && ask.as === 'site'))
  .map(({ files }) => files['document.xml'] ?? '');

it('the grammar and our checks agree on the documents of the cases', () => {
  expect(documents.length).toBeGreaterThan(200);
  expect(documents.map(compare).filter((said) => said !== 'agree')).toEqual([]);
});

it('and on documents in which one value was replaced by that of another', () => {
  const small = documents.filter((xml) => xml.length < 1000);
  const values = [
    ...new Set(small.flatMap((xml) => xml.match(/(?<==")[^"<]*(?=")|(?<=>)[^<>]+(?=<)/g) ?? [])),
  ];
  const plain = values.filter((value) => !value.includes('rslstandard.org'));
  const mixed = small.flatMap((xml, index) => {
    const own = [...xml.matchAll(/(?<= (?!xmlns)[\w:-]+=")[^"<]*(?=")|(?<=>)[^<>]+(?=<)/g)];
    return own.map((match, at) => {
      const other = plain[(index * 31 + at * 7) % plain.length]!;
      return xml.slice(0, match.index) + other + xml.slice(match.index + match[0].length);
    });
  });
  expect(mixed.length).toBeGreaterThan(500);
  expect(mixed.map(compare).filter((said) => said !== 'agree')).toEqual([]);
});

it('what our writer writes is valid by the grammar', () => {
  fc.assert(
    fc.property(documentInput, (input) => {
      const xml = writeDocument({ ...input, readersMayDiffer: true });
      expect([accepted(xml), xml]).toEqual([true, xml]);
    }),
    { numRuns: 100 },
  );
});
