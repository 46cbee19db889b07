import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from './database/connect.ts';
import { defineProblems } from './http/problem.ts';
import type { Kernel } from './kernel.ts';
import { readSetting, writeSetting } from './settings.ts';

const line = (max: number) => z.string().trim().min(1).max(max);

/** Who runs this instance and how: everything set-up asks for. */
export const instanceSchema = z.object({
  /** Name of the instance, as people see it. */
  name: line(120),
  /** Where people reach it; the process setting CLEARWAY_BASE_URL wins. Holds from the next start on. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  operator: z.object({
    name: line(200),
    legalForm: line(120),
    /** Whether the operator invoices in the holders' name, in its own, or as a society (DESIGN rule 14). */
    role: z.enum(['agent', 'principal', 'society']),
    /** Postal address, registration, representative: what the law asks for. */
    imprint: line(4000),
    privacyNotice: line(20_000),
    /** E-mail address or page where complaints arrive. */
    complaintsContact: line(300),
  }),
  /** The operator's fee in parts per million of each line. */
  feePpm: z.number().int().min(0).max(1_000_000),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** IANA zone in which books close. */
  zone: line(60).refine(isZone, 'not a time zone of the IANA list'),
});

export type Instance = z.infer<typeof instanceSchema>;

export const { problems: instanceProblems, fail: failInstance } = defineProblems({
  'instance-not-set-up': {
    status: 503,
    en: {
      title: 'This instance is not set up yet: nobody has said who runs it.',
      cure: 'The operator opens the one-time link printed at the start and fills in the set-up page.',
    },
    de: {
      title: 'Diese Instanz ist noch nicht eingerichtet: Niemand hat gesagt, wer sie betreibt.',
      cure: 'Der Betreiber öffnet den beim Start gezeigten Einmal-Link und füllt die Einrichtung aus.',
    },
  },
});

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const KEY = 'instance';

/** The base URL said at set-up, before there is a kernel; undefined in a fresh database. */
export async function storedBaseUrl(db: Db): Promise<string | undefined> {
  const there = await sql<{
    there: boolean;
  }>`select to_regclass('kernel.settings') is not null as there`.execute(db);
  if (!there.rows[0]?.there) return undefined;
  const row = await sql<{
    url: string | null;
  }>`select value ->> 'baseUrl' as url from kernel.settings where key = ${KEY}`.execute(db);
  return row.rows[0]?.url ?? undefined;
}

/** The instance's settings with their version, or undefined before set-up. */
export async function readInstance(k: Kernel): Promise<{ instance: Instance; version: number } | undefined> {
  const row = await readSetting(k, KEY);
  return row && { instance: instanceSchema.parse(row.value), version: row.version };
}

/** The settings; throws `instance-not-set-up` before set-up. Whatever concerns the public starts here. */
export async function requireInstance(k: Kernel): Promise<Instance> {
  const found = await readInstance(k);
  if (!found) throw failInstance('instance-not-set-up');
  return found.instance;
}

/** Stores the settings if nobody changed them since `version` (0: not set up yet); answers whether they were stored. */
export function saveInstance(k: Kernel, instance: Instance, version: number): Promise<boolean> {
  return writeSetting(k, KEY, instanceSchema.parse(instance), version);
}
