import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { offers, sites, works } from '@clearway/server';
import { exampleWorks } from '../selftest/run-selftest.ts';
import type { NewsSite } from './news-site.ts';
import type { Past } from './past.ts';
import { type Person, tokenFromMail } from './seed-people.ts';

const HOUR = 3_600_000;

/** Works, shares, a proven site and published terms, made by the same use cases as everywhere. */
export async function seedWorks(
  past: Past,
  people: ReadonlyMap<string, Person>,
  news: NewsSite,
): Promise<void> {
  const who = (key: string) => people.get(key)!;
  for (const key of ['hanna', 'tomas', 'nordlys', 'ida', 'per', 'news']) await answer(past, who(key), 'mine');
  await answer(past, who('guild'), 'theirs');

  const story = await register(past, who('hanna'), {
    title: 'The Lighthouse Keeper’s Ledger',
    type: 'text',
    language: 'en',
    year: 2024,
    file: 'the-lighthouse-keepers-ledger.txt',
    mediaType: 'text/plain',
  });
  await publish(past, who('hanna'), story, 'search-free-answers-paid', '2500');
  const poem = await register(past, who('hanna'), {
    title: 'Was bleibt',
    type: 'poem',
    language: 'de',
    year: 2021,
    file: 'was-bleibt.txt',
    mediaType: 'text/plain',
  });
  await publish(past, who('hanna'), poem, 'ask-me');

  const beam = await register(past, who('tomas'), {
    title: 'Beam at dusk',
    type: 'photograph',
    year: 2023,
    file: 'lighthouse.png',
    mediaType: 'image/png',
  });
  await publish(past, who('tomas'), beam, 'no-ai');
  const rings = await register(past, who('tomas'), {
    title: 'Rings',
    type: 'image',
    year: 2025,
    file: 'rings.png',
    mediaType: 'image/png',
  });
  await publish(past, who('tomas'), rings, 'ask-me');

  const song = await register(
    past,
    who('nordlys'),
    {
      title: 'Harbour Tune',
      type: 'song',
      language: 'no',
      year: 2022,
      file: 'harbour-tune.wav',
      mediaType: 'audio/wav',
    },
    [
      { me: true, role: 'performer', sharePpm: 500_000 },
      { me: false, name: 'Ida Falk', email: 'ida@demo.example', role: 'composer', sharePpm: 250_000 },
      { me: false, name: 'Per Solheim', email: 'per@demo.example', role: 'lyricist', sharePpm: 250_000 },
    ],
  );
  past.clock.advance(20 * HOUR);
  await works.acceptInvitation(past, {
    token: await tokenFromMail(past, 'ida@demo.example', 'invitations'),
    locale: 'en',
  });
  await publish(past, who('nordlys'), song, 'search-free-answers-paid', '4000');

  await register(past, who('guild'), {
    title: 'Tide Tables: an anthology',
    type: 'text',
    language: 'en',
    year: 2025,
    fingerprint: 'Tide Tables',
  });
  await proveNewsSite(past, who('news'), news);
  const report = await register(past, who('news'), {
    title: 'Six months on the dredgers',
    type: 'text',
    language: 'en',
    year: 2026,
    url: new URL('/dredgers', news.url).href,
  });
  await publish(past, who('news'), report, 'search-free-answers-paid', '12000');
}

async function answer(past: Past, person: Person, said: 'mine' | 'theirs'): Promise<void> {
  past.clock.advance(HOUR);
  const holder =
    said === 'theirs'
      ? ({ holderKind: 'client', holderName: 'the authors of the anthology' } as const)
      : ({ holderKind: null, holderName: null } as const);
  await works.answerAuthority(past, {
    partyId: person.party.id,
    actor: person.userId,
    answer: { answer: said, ...holder },
  });
}

type About = {
  readonly title: string;
  readonly type: works.WorkType;
  readonly language?: string;
  readonly year: number;
  readonly file?: string;
  readonly mediaType?: string;
  readonly url?: string;
  readonly fingerprint?: string;
};

async function register(
  past: Past,
  person: Person,
  about: About,
  holders: readonly works.HolderInput[] = [],
): Promise<string> {
  past.clock.advance(3 * HOUR);
  const { work } = await works.registerWork(past, {
    party: person.party,
    actor: person.userId,
    locale: 'en',
    facts: {
      title: about.title,
      type: about.type,
      language: about.language ?? null,
      createdYear: about.year,
      createdPlace: null,
      firstPublished: null,
      making: 'human',
      identifiers: [],
    },
    source: sourceOf(about),
    holders,
  });
  return work.id;
}

function sourceOf(about: About): works.WorkSource {
  if (about.url) return { kind: 'url', url: about.url };
  if (about.fingerprint)
    return { kind: 'fingerprint', sha256: createHash('sha256').update(about.fingerprint).digest('hex') };
  const path = join(exampleWorks(), about.file!);
  const content = readFileSync(path);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const open = () => createReadStream(path);
  return {
    kind: 'file',
    file: { filename: about.file!, mediaType: about.mediaType!, bytes: content.length, sha256, path, open },
  };
}

async function publish(
  past: Past,
  person: Person,
  workId: string,
  preset: Exclude<offers.Preset, 'own'>,
  amountMicro?: string,
): Promise<void> {
  past.clock.advance(HOUR);
  const who = { workId, partyId: person.party.id, actor: person.userId };
  const terms = offers.presetTerms(preset);
  const paid =
    amountMicro === undefined
      ? terms
      : {
          ...terms,
          'ai-input': {
            answer: 'paid' as const,
            prices: [{ unit: 'fetch' as const, amountMicro, perUnits: '1' as const }],
          },
        };
  const { version } = await offers.saveDraft(past, who, { version: 0, preset, terms: paid });
  await offers.publishOffer(past, { ...who, draftVersion: version });
}

async function proveNewsSite(past: Past, person: Person, news: NewsSite): Promise<void> {
  past.clock.advance(HOUR);
  const site = await sites.registerSite(past, {
    partyId: person.party.id,
    url: news.url,
    actor: person.userId,
  });
  const instructions = await sites.startProof(past, site.id);
  if (instructions.kind !== 'host') throw new Error('the news site is a host');
  news.publish(new URL(instructions.file.url).pathname, instructions.file.content);
  const check = await sites.checkProof(past, site.id, 'file', person.userId);
  if (check.result !== 'proven') throw new Error(`the news site was not proven: ${check.result}`);
  await sites.stateExclusions(
    past,
    site.id,
    { patterns: [{ pattern: '/agency/', what: 'Reports of a news agency' }] },
    person.userId,
  );
}
