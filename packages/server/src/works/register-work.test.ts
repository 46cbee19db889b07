import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMails } from '../kernel/index.ts';
import { facts, fresh, type Person, person, register, shared, spooled } from '../testing/register-works.ts';
import { createTestKernel, type TestKernel } from '../testing/test-kernel.ts';
import { leavesOf } from '../transparency/index.ts';
import { answerAuthority } from './answer-authority.ts';
import { factsSchema, workUrlSchema } from './input.ts';
import { openFile } from './open-file.ts';
import {
  holdersOf,
  licensability,
  listWorks,
  possibleDuplicates,
  publicWork,
  readWork,
} from './read-work.ts';
import { splitEvenly } from './shares.ts';

let k: TestKernel;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  k = await createTestKernel();
  ada = await person(k, 'Ada');
  bob = await person(k, 'Bob');
});
afterAll(() => k.close());

const code = (expected: string) => expect.objectContaining({ code: expected });
const count = async (table: string) =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`works.${table}`)}`.execute(k.db))
    .rows[0]!.n;

async function collect(content: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const parts = [];
  for await (const part of content) parts.push(part);
  return parts;
}

describe('registerWork', () => {
  it('keeps facts, identifiers, share and proof; the registrant holds all of it', async () => {
    const { work } = await register(k, ada);
    const seen = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(seen).toMatchObject({
      work: { title: 'The Sea', registrantId: ada.party.id, version: 1, firstPublished: '2024-05' },
      identifiers: [{ scheme: 'iswc', display: 'T-034.524.680-1' }],
      claims: [{ partyId: ada.party.id, state: 'accepted', sharePpm: 1_000_000, authority: 'unsure' }],
      possibleDuplicate: false,
    });
    expect((await leavesOf(k, `work:${work.id}`)).map(({ type }) => type)).toEqual(['work-registered']);
    expect((await leavesOf(k, `claim:${seen.claims[0]!.id}`)).map(({ type }) => type)).toEqual([
      'claim-accepted',
    ]);
  });

  it('never says that silence is a yes: without an answer nobody knows who may say it', async () => {
    const { work } = await register(k, ada);
    expect(await licensability(k, work.id)).toEqual({
      whole: true,
      acceptedPpm: 1_000_000,
      onHoldPpm: 0,
      reasons: [{ code: 'authority-unsure', names: ['Ada'], sharePpm: 1_000_000 }],
    });
  });

  it('takes the answer of the party, newest first, and only for works from then on', async () => {
    const cem = await person(k, 'Cem');
    const before = await register(k, cem);
    const theirs = { answer: 'theirs', holderKind: 'society', holderName: 'GEMA' } as const;
    await answerAuthority(k, { partyId: cem.party.id, actor: cem.user.id, answer: theirs });
    const with_ = await register(k, cem);
    k.clock.advance(1000);
    const mine = { answer: 'mine', holderKind: null, holderName: null } as const;
    await answerAuthority(k, { partyId: cem.party.id, actor: cem.user.id, answer: mine });
    const after = await register(k, cem);
    const reasons = await Promise.all(
      [before, with_, after].map(async ({ work }) =>
        (await licensability(k, work.id)).reasons.map((r) => r.code),
      ),
    );
    expect(reasons).toEqual([['authority-unsure'], ['authority-theirs'], []]);
  });

  it('waits for a co-owner, in words and in numbers, and names her to nobody else', async () => {
    const { work } = await register(k, ada, { holders: shared('Mia') });
    const state = await licensability(k, work.id);
    expect(state).toMatchObject({ whole: false, acceptedPpm: 600_000 });
    expect(state.reasons[0]).toEqual({ code: 'claim-pending', names: ['Mia'], sharePpm: 400_000 });
    const shown = await publicWork(k, work.id);
    expect(shown.holders.map(({ name, state }) => [name, state])).toEqual([
      ['Ada', 'accepted'],
      [null, 'pending'],
    ]);
    expect(
      JSON.stringify(shown, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toMatch(/mia|@example/i);
    expect(await holdersOf(k, work.id)).toHaveLength(2);
    const mail = (await openMails(k)).find(({ recipient }) => recipient === 'mia@example.org');
    expect(mail?.text).toContain('40 %');
    await expect(readWork(k, { workId: work.id, partyId: bob.party.id })).rejects.toEqual(
      code('work-unknown'),
    );
  });

  it.each([
    ['shares-not-whole', { holders: [{ me: true, role: 'author', sharePpm: 999_999 }] }],
    ['share-invalid', { holders: [{ me: true, role: 'author', sharePpm: -1 }] }],
    [
      'holder-twice',
      { holders: [...shared('Mia'), ...shared('Mia')].map((h) => ({ ...h, sharePpm: 250_000 })) },
    ],
    [
      'identifier-check-digit',
      { facts: { ...facts, identifiers: [{ scheme: 'isbn', value: '9780306406158' }] } },
    ],
    [
      'too-many-holders',
      {
        holders: splitEvenly(101).map((sharePpm, i) => ({
          me: false,
          name: `N${i}`,
          email: `n${i}@example.org`,
          role: 'author',
          sharePpm,
        })),
      },
    ],
    [
      'holder-email-invalid',
      { holders: [{ me: false, name: 'Eve', email: 'eve@', role: 'author', sharePpm: 1_000_000 }] },
    ],
  ] as const)('refuses with %s and keeps nothing', async (expected, more) => {
    const before = [await count('works'), await count('claims'), (await openMails(k)).length];
    await expect(register(k, ada, more as never)).rejects.toEqual(code(expected));
    expect([await count('works'), await count('claims'), (await openMails(k)).length]).toEqual(before);
  });

  it('refuses the same bytes from the same party, also from two tabs at once', async () => {
    const source = fresh();
    const both = await Promise.allSettled([register(k, ada, { source }), register(k, ada, { source })]);
    const made = both.flatMap((result) => (result.status === 'fulfilled' ? [result.value.work.id] : []));
    const refused = both.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(made).toHaveLength(1);
    expect(refused).toEqual([
      expect.objectContaining({
        code: 'work-already-registered',
        fields: { workId: made[0], url: `http://localhost:4000/works/${made[0]}` },
      }),
    ]);
  });

  it('takes the same bytes from another party and tells both, but not who it was', async () => {
    const source = fresh();
    const first = await register(k, ada, { source });
    const second = await register(k, bob, { source });
    const mine = await readWork(k, { workId: first.work.id, partyId: ada.party.id });
    const theirs = await readWork(k, { workId: second.work.id, partyId: bob.party.id });
    expect([mine.possibleDuplicate, theirs.possibleDuplicate]).toEqual([true, true]);
    expect((await possibleDuplicates(k))[0]?.workIds.sort()).toEqual([first.work.id, second.work.id].sort());
  });

  it('keeps a file for its owner and nobody else', async () => {
    const content = Buffer.from('The sea, the sea, the open sea');
    const file = spooled(content, 'text/plain', '../../sea\u202e.txt');
    const { work } = await register(k, ada, { source: { kind: 'file', file }, holders: shared('Bob') });
    const { manifestations } = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(manifestations[0]).toMatchObject({ kind: 'file', filename: 'sea.txt', mediaType: 'text/plain' });
    const fileId = manifestations[0]!.id;
    const opened = await openFile(k, { workId: work.id, fileId, partyId: ada.party.id });
    expect(Buffer.concat(await collect(opened.content))).toEqual(content);
    await expect(openFile(k, { workId: work.id, fileId, partyId: bob.party.id })).rejects.toEqual(
      code('work-unknown'),
    );
    await expect(openFile(k, { workId: work.id, fileId: 'x', partyId: ada.party.id })).rejects.toEqual(
      code('work-unknown'),
    );
    expect(JSON.stringify((await publicWork(k, work.id)).manifestations[0]!.sha256)).toContain(file.sha256);
  });

  it('keeps nothing of a file that is two things', async () => {
    const before = await count('works');
    const file = spooled(Buffer.from('GIF89a/*<script>alert(1)</script>'), 'image/gif');
    await expect(register(k, ada, { source: { kind: 'file', file } })).rejects.toEqual(code('file-polyglot'));
    const empty = spooled(Buffer.from(''), 'text/plain');
    await expect(register(k, ada, { source: { kind: 'file', file: empty } })).rejects.toEqual(
      code('file-missing'),
    );
    expect(await count('works')).toBe(before);
    expect(await k.blobs.get(file.sha256)).toBeUndefined();
  });

  it('keeps an archive as the bytes it is, whatever it would unpack to', async () => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(0xfffffffe);
    const bomb = Buffer.concat([
      Buffer.from('PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'),
      Buffer.from([4, 0, 0, 0]),
      size,
      Buffer.alloc(100, 7),
    ]);
    const file = spooled(bomb, 'application/zip', 'bomb.zip');
    const { work } = await register(k, ada, { source: { kind: 'file', file } });
    const { manifestations } = await readWork(k, { workId: work.id, partyId: ada.party.id });
    expect(manifestations[0]).toMatchObject({ bytes: BigInt(bomb.length), mediaType: 'application/zip' });
  });

  it('lists what somebody registered or shares, newest first, page by page', async () => {
    const dan = await person(k, 'Dan');
    const ids = [];
    for (let i = 0; i < 3; i++) {
      k.clock.advance(10);
      ids.unshift((await register(k, dan)).work.id);
    }
    const page = await listWorks(k, { partyId: dan.party.id, limit: 2 });
    expect(page.map(({ work }) => work.id)).toEqual(ids.slice(0, 2));
    const rest = await listWorks(k, { partyId: dan.party.id, limit: 2, before: ids[1] });
    expect(rest.map(({ work }) => work.id)).toEqual(ids.slice(2));
  });

  it('registers real works', async (context) => {
    const works = process.env.CLEARWAY_WORKS ?? join(import.meta.dirname, '../../../../../shared/works');
    if (!existsSync(works)) return context.skip(`no works at ${works}; set CLEARWAY_WORKS`);
    for (const [path, type] of [
      ['text/alice-chapter-1.txt', 'text/plain'],
      ['image/rocket.jpg', 'image/jpeg'],
      ['audio/clav.mp3', 'audio/mpeg'],
    ] as const) {
      const file = spooled(readFileSync(join(works, path)), type, path);
      const { work } = await register(k, bob, { source: { kind: 'file', file } });
      expect((await publicWork(k, work.id)).manifestations[0]).toMatchObject({
        sha256: file.sha256,
        mediaType: type,
      });
    }
  });
});

describe('what people type', () => {
  const parse = (change: object) => factsSchema.safeParse({ ...facts, ...change }).success;

  it.each([
    ['a title of 10,000 characters', { title: 'a'.repeat(10_000) }],
    ['a title that runs backwards', { title: 'sea\u202egnp.exe' }],
    ['an invisible title', { title: '\u200b' }],
    ['a title hiding something', { title: 'The\u2066 Sea' }],
    ['no title', { title: '  ' }],
    ['a control character', { title: 'The\u0000Sea' }],
    ['half a character', { title: 'The \ud83c Sea' }],
    ['a day that does not exist', { firstPublished: '2024-02-30' }],
    ['a month that does not exist', { firstPublished: '2024-13' }],
    ['a year before writing', { createdYear: '12' }],
    ['a type we do not know', { type: 'smell' }],
    ['a language that is none', { language: 'english language' }],
  ])('refuses %s', (_what, change) => expect(parse(change)).toBe(false));

  it.each([
    ['a long title', { title: 'ä'.repeat(300) }],
    ['Hebrew', { title: 'הים' }],
    ['Persian with a joiner', { title: 'می‌خواهم' }],
    [
      'nothing but title and type',
      { language: '', createdYear: '', createdPlace: '', firstPublished: '', making: '' },
    ],
  ])('takes %s', (_what, change) => expect(parse(change)).toBe(true));

  it.each([
    'javascript:alert(1)',
    'https://me:secret@example.org/',
    'example.org/poem',
    'ftp://example.org/',
    '',
  ])('refuses the address %j', (text) => expect(workUrlSchema.safeParse(text).success).toBe(false));

  it('keeps an address in one form', () => {
    expect(workUrlSchema.parse(' HTTPS://Bücher.Example:443/a/../poem#x ')).toBe(
      'https://xn--bcher-kva.example/poem',
    );
  });
});
