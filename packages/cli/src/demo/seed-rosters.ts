import { createHash } from 'node:crypto';
import { campaign, kernel } from '@clearway/server';
import type { Past } from './past.ts';
import type { Person } from './seed-people.ts';

const HEAD = ['name', 'craft', 'country', 'town', 'email', 'authority date', 'authority reference'];

/** Writers of the guild, who gave it written authority; one stands there twice, one is on the wall already. */
const GUILD = [
  ['Aurelia Kestrel', 'author', 'DE', 'Kiel', 'aurelia@crowd.example', '2026-02-11', 'G-0417'],
  ['Bao Nguyen-Falk', 'translator', 'DE', 'Hamburg', '', '2026-02-11', 'G-0418'],
  ['Corvin Achterberg', 'poet', 'NL', 'Groningen', 'corvin@crowd.example', '2026-03-02', 'G-0431'],
  ['Dilnoza Rahimova', 'playwright', 'DE', 'Bremen', '', '2026-03-02', 'G-0432'],
  ['Kestrel, Aurelia', 'author', 'DE', 'Kiel', '', '2026-02-11', 'G-0417'],
  ['Wiebke Struve', 'author', 'DE', '', '', '2026-03-09', 'G-0440'],
  ['Enno Tjarks', 'screenwriter', 'DE', 'Emden', '', '2026-04-20', 'G-0455'],
];

/** An estate that waits for a moderator, and a list somebody has not gone on with. */
const ESTATE = [['Karla Brandt (1931–2009)', 'author', 'DE', 'Lübeck', '', '2010-01-18', '12 VI 88/09']];
const DRAFT = [
  ['Malte Priem', 'musician', 'DE', 'Jever', 'malte@crowd.example', '2026-05-05', ''],
  ['Nele', 'percussion', 'DE', 'Jever', '', '2026-05-05', ''],
  ['Okko Lammers', 'musician', 'Friesland', 'Jever', 'okko at crowd', '2026-05-05', ''],
];

/** Signed on paper at a book fair before the site was there. */
const FAIR_HEAD = [
  'name',
  'craft',
  'country',
  'town',
  'email',
  'signed on',
  'signed at',
  'text',
  'reference',
];
const FAIR = [
  [
    'Friso van der Laan',
    'illustrator',
    'NL',
    '',
    '',
    '2026-03-20',
    'Harbour Book Fair, hall 3',
    '1',
    'sheet 2, line 4',
  ],
  [
    'Gesa Ohlsen',
    'author',
    'DE',
    '',
    'gesa@crowd.example',
    '2026-03-20',
    'Harbour Book Fair, hall 3',
    '1',
    'sheet 2, line 5',
  ],
  ['Hidde Bakker', 'poet', 'NL', '', 'hidde@crowd.example', '', '', '', ''],
];

type Input = Parameters<typeof campaign.takeRoster>[1];

/** Signatures somebody gave for others: a guild, an estate that waits, a draft with mistakes, a list from before. */
export async function seedRosters(past: Past, people: ReadonlyMap<string, Person>): Promise<void> {
  const [guild, hanna, renke] = [people.get('guild')!, people.get('hanna')!, people.get('renke')!];
  const by = (one: Person, defaults: Input['defaults']) => ({
    ...{ origin: 'roster' as const, userId: one.userId, locale: 'de' as const, defaults },
    through: { name: one.party.name, partyId: one.party.id },
  });
  const contract = { basis: 'authority', authority: 'contract' } as const;
  past.clock.advance(3 * 3_600_000);
  const members = await take(past, { ...by(guild, contract), role: 'guild' }, 'mitglieder.csv', HEAD, GUILD);
  await submit(past, members, guild);
  past.clock.advance(20 * 3_600_000);
  const answer = 'The contracts of ten members were looked at; all name statements about AI.';
  await campaign.decideRoster(past, { id: members, by: renke.userId, outcome: 'publish', answer });
  const heir = { basis: 'authority', authority: 'inheritance' } as const;
  const estate = await take(past, { ...by(hanna, heir), role: 'estate' }, 'Karla Brandt', HEAD, ESTATE);
  await submit(past, estate, hanna);
  await take(past, { ...by(hanna, contract), role: 'band' }, 'band.csv', HEAD, DRAFT);
  const instance = { name: 'Harbour Guild', partyId: campaign.INSTANCE_PARTY };
  const defaults = { basis: 'confirm' } as const;
  const earlier = { ...by(renke, defaults), through: instance, origin: 'import', role: 'organiser' } as const;
  const fair = await take(past, earlier, 'book-fair.csv', FAIR_HEAD, FAIR);
  await submit(past, fair, { ...renke, party: { ...renke.party, id: campaign.INSTANCE_PARTY } });
}

async function take(
  past: Past,
  about: Omit<Input, 'file'>,
  name: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<string> {
  past.clock.advance(60_000);
  const text = [head, ...rows].map((row) => kernel.csvRow(row)).join('');
  const records = kernel.readCsv(async function* () {
    yield new TextEncoder().encode(text);
  });
  const sha256 = createHash('sha256').update(text).digest('hex');
  return (await campaign.takeRoster(past, { ...about, file: { name, sha256 } }, records)).id;
}

async function submit(past: Past, id: string, { userId, party }: Person): Promise<void> {
  const said = { statement: true, statementVersion: 1, onlyGood: true } as const;
  await campaign.submitRoster(past, { ...said, id, userId, partyId: party.id });
}
