import { kernel } from '@clearway/server';
import type { NewsSite } from './news-site.ts';
import { openPast } from './past.ts';
import { seedLegal, seedNewPrivacy } from './seed-legal.ts';
import { seedGoals, seedMailings } from './seed-mailings.ts';
import { type Person, seedPeople } from './seed-people.ts';
import { seedRosters } from './seed-rosters.ts';
import { seedSpread } from './seed-spread.ts';
import { seedWall } from './seed-wall.ts';
import { seedWorks } from './seed-works.ts';

const START = '2026-09-01T08:00:00Z';

const INSTANCE: kernel.Instance = {
  name: 'Harbour Licences (demo)',
  operator: {
    name: 'Harbour Guild, an invented association',
    legalForm: 'association that does not exist',
    role: 'agent',
    imprint: 'Nobody runs this demo world. It exists on your machine only.',
    privacyNotice:
      'All people here are invented. What you type stays on your machine, in the demo data directory.',
    complaintsContact: 'nobody@demo.example',
  },
  feePpm: 50_000,
  currency: 'EUR',
  zone: 'Europe/Berlin',
};

/** Fills an empty demo world: the same people, works, terms and times on every machine. */
export async function seedDemo(k: kernel.Kernel, news: NewsSite): Promise<Map<string, Person>> {
  const past = openPast(k, START);
  await kernel.saveInstance(past, INSTANCE, 0);
  await seedLegal(past, INSTANCE);
  await seedGoals(past);
  const people = await seedPeople(past);
  await seedNewPrivacy(past, INSTANCE);
  await seedRosters(past, people);
  await seedWorks(past, people, news);
  await seedWall(past, people);
  await seedMailings(past, people);
  await seedSpread(k, people);
  return people;
}
