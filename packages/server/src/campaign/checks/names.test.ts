import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestKernel } from '../../testing/test-kernel.ts';
import { confirmSignature, listSignatories, signatureByToken, signatureCount } from '../index.ts';
import { shownSchema } from '../model.ts';
import { createCampaign, signed, tokenIn } from '../testing/campaign-world.ts';
import { keysOf, looksLike, shapeOf, skeleton } from './fold-name.ts';
import { protectName } from './protect-name.ts';

/** Invented people, whom everybody knows in the tests. */
const PROTECTED = [
  'Mila Oduya',
  'Søren Klint-Hansen',
  'Åsa Bergström',
  'Björk',
  'José Marín',
  'Ольга Токарева',
  'Γιώργος Σεφερλής',
  '村上夏樹',
  'نجيب المصري',
  'J. K. Arlington',
  'Maria Luisa del Campo',
  'Peter Fischer-Dahl',
  'Clara Nowak',
  'राजेश खन्ना',
  '김민수',
];

/** Each is somebody who wants to be taken for Mila Oduya. */
const SPOOFS: readonly (readonly [string, string])[] = [
  ['the name itself', 'Mila Oduya'],
  ['Cyrillic letters', 'Mіlа Оduуа'],
  ['Greek capitals', 'ΜΙLΑ ΟDUΥΑ'],
  ['a capital i for an l', 'MiIa Oduya'],
  ['a one for an l', 'Mi1a Oduya'],
  ['a zero for an o', 'Mila 0duya'],
  ['rn for m', 'rnila Oduya'],
  ['zero-width space', 'Mi\u200bla Oduya'],
  ['zero-width joiner', 'Mila O\u200dduya'],
  ['direction override', '\u202eayudO aliM'],
  ['direction mark', 'Mila\u200f Oduya'],
  ['turned around with a comma', 'Oduya, Mila'],
  ['an initial', 'M. Oduya'],
  ['a middle initial and a title', 'Dr. Mila K. Oduya'],
  ['run together', 'MilaOduya'],
  ['letters apart', 'M i l a  O d u y a'],
  ['marks', 'Míla Ödüyá'],
  ['full width', 'Ｍｉｌａ Ｏｄｕｙａ'],
  ['mathematical script', '𝓜𝓲𝓵𝓪 𝓞𝓭𝓾𝔂𝓪'],
  ['negative circles', '🅜🅘🅛🅐 🅞🅓🅤🅨🅐'],
  ['a word that makes it official', '✓ Mila Oduya (official)'],
  ['digits for letters', 'M1l4 Oduy4'],
  ['underscore', 'Mila_Oduya'],
  ['soft hyphen', 'Mi\u00adla Oduya'],
];

const honest = readFileSync(join(import.meta.dirname, 'testing/honest-names.txt'), 'utf8')
  .trim()
  .split('\n');

let k: TestKernel;
beforeAll(async () => {
  k = await createCampaign();
  for (const name of PROTECTED) await protectName(k, { name, reason: 'well known', by: k.ids.id() });
});
afterAll(() => k.close());

let people = 0;
const mailbox = () => `name${++people}@example.org`;

describe('protected names', () => {
  it('show none of the spoofs and count none', async () => {
    expect(SPOOFS.length).toBeGreaterThanOrEqual(20);
    const before = await signatureCount(k);
    for (const [how, name] of SPOOFS) {
      const parsed = shownSchema.safeParse({ name, craft: 'author', country: 'DE' });
      // What nobody can see in a name is refused at the door.
      if (!parsed.success) continue;
      const email = mailbox();
      // Neither is taken what holds no letter.
      const token = await signed(k, { name: parsed.data.name, email }).catch((error) => {
        expect(error.code).toBe('name-not-a-name');
        return undefined;
      });
      if (token === undefined) continue;
      const { signature } = await confirmSignature(k, token);
      expect([how, signature.state, signature.heldFor]).toEqual([how, 'held', ['name']]);
      const own = await signatureByToken(k, await tokenIn(k, 's', email));
      expect(own.state).toBe('held');
    }
    expect(await signatureCount(k)).toBe(before);
    expect((await listSignatories(k, { limit: 500 })).signatories).toEqual([]);
  });

  it('catch a spoof that slips past the door', () => {
    const wanted = shapeOf('Mila Oduya');
    for (const [how, name] of SPOOFS.filter(([how]) => how !== 'direction override')) {
      expect([how, looksLike(shapeOf(name), wanted)]).toEqual([how, true]);
      expect(keysOf(shapeOf(name)).some((key) => keysOf(wanted).includes(key))).toBe(true);
    }
  });

  it('leave other people alone', () => {
    const wanted = shapeOf('Mila Oduya');
    for (const name of ['Mila Schmidt', 'Oduya', 'Mila Oduya-Schmidt', 'Milan Oduya', 'M. O.', 'Ada Oduya'])
      expect([name, looksLike(shapeOf(name), wanted)]).toEqual([name, false]);
  });

  it('hold at most one in a hundred of 500 honest names in many scripts', async () => {
    expect(new Set(honest).size).toBe(500);
    const shapes = PROTECTED.map(shapeOf);
    const held = honest.filter((name) => shapes.some((one) => looksLike(shapeOf(name), one)));
    expect(held.length).toBeLessThanOrEqual(5);
    // They are taken at the door, too.
    for (const name of honest)
      expect([name, shownSchema.safeParse({ name, craft: 'author', country: 'DE' }).success]).toEqual([
        name,
        true,
      ]);
  });

  it('hold those who signed before the name was protected', async () => {
    const token = await signed(k, { name: 'Ifeoma Castellane', email: mailbox() });
    expect((await confirmSignature(k, token)).signature.state).toBe('confirmed');
    const before = await signatureCount(k);
    const { screenNames } = await import('./protect-name.ts');
    await protectName(k, { name: 'Ifeoma Castellane', reason: 'asked for it', by: k.ids.id() });
    expect(await screenNames(k, 'Ifeoma Castellane')).toBe(1);
    expect(await signatureCount(k)).toBe(before - 1);
  });
});

const vectors = join(process.env.CLEARWAY_VECTORS ?? '../shared/vectors', 'unicode/confusables.txt');
describe.runIf(existsSync(vectors))('skeletons', () => {
  it('agree with the table of UTS #39 for all but letters newer than ours', () => {
    const text = (points: string) =>
      String.fromCodePoint(
        ...points
          .trim()
          .split(' ')
          .map((point) => Number.parseInt(point, 16)),
      );
    const pairs = [...readFileSync(vectors, 'utf8').matchAll(/^([0-9A-F]+) ;\t([0-9A-F ]+) ;\tMA/gm)];
    expect(pairs.length).toBeGreaterThan(6_000);
    const same = pairs.filter(([, a = '', b = '']) => skeleton(text(a)) === skeleton(text(b)));
    expect(same.length / pairs.length).toBeGreaterThan(0.95);
  });

  it('make every Latin, Greek and Cyrillic letter of the table equal to what it looks like', () => {
    const lines = readFileSync(vectors, 'utf8').split('\n');
    const missed = lines.flatMap((line) => {
      const found = /^([0-9A-F]+) ;\t([0-9A-F]+) ;\tMA/.exec(line);
      const [a, b] = [1, 2].map((i) => String.fromCodePoint(Number.parseInt(found?.[i] ?? '20', 16)));
      const letters = /^[a-zA-Z]$/.test(b!) && /[\p{Script=Greek}\p{Script=Cyrillic}]/u.test(a!);
      return letters && !looksLike(shapeOf(`${a}a Oduya`), shapeOf(`${b}a Oduya`)) ? [line] : [];
    });
    expect(missed).toEqual([]);
  });
});
