import { sql } from 'kysely';
import type { Instance, Kernel } from '../../kernel/index.ts';
import { openMails, saveInstance } from '../../kernel/index.ts';
import { createTestKernel, type TestKernel } from '../../testing/test-kernel.ts';
import { currentConsent, type SignInput, signDeclaration } from '../index.ts';

const INSTANCE: Instance = {
  name: 'Clearing house of the guild',
  operator: {
    name: 'Guild of Makers',
    legalForm: 'registered association',
    role: 'agent',
    imprint: 'Guild of Makers, Harbour Street 1, 20457 Hamburg',
    privacyNotice: 'We keep what we need.',
    complaintsContact: 'complaints@guild.example',
  },
  feePpm: 50_000,
  currency: 'EUR',
  zone: 'Europe/Berlin',
};

/** A kernel over an instance that is set up. */
export async function createCampaign(
  options: Parameters<typeof createTestKernel>[0] = {},
): Promise<TestKernel> {
  const k = await createTestKernel(options);
  await saveInstance(k, INSTANCE, 0);
  return k;
}

/** A complete signature; what a test is about is given. */
export function signature(about: Partial<SignInput> = {}): SignInput {
  return {
    name: 'Ada Oduya',
    craft: 'author',
    country: 'DE',
    hideName: false,
    email: 'ada@example.org',
    age: 'sixteen',
    consent: true,
    mailConsent: false,
    declarationVersion: 1,
    consentVersion: currentConsent().version,
    locale: 'en',
    ...about,
  };
}

/** Signs and answers the token of the confirmation link in the mail. */
export async function signed(k: TestKernel, about: Partial<SignInput> = {}, base?: string): Promise<string> {
  // Of mails of one moment none is the newest.
  k.clock.advance(1_000);
  const input = signature(about);
  await signDeclaration(k, input);
  return tokenIn(k, 'c', input.email.trim(), base);
}

/** The token of the newest link of a kind (`c` confirm, `s` see and manage) mailed to an address. */
export async function tokenIn(
  k: Kernel,
  kind: 'c' | 's',
  email: string,
  base = 'http://localhost:4000',
): Promise<string> {
  const mails = await openMails(k, 1_000);
  const mine = mails.filter((mail) => mail.recipient.toLowerCase() === email.toLowerCase());
  for (const mail of mine) {
    const found = new RegExp(`${base}/${kind}/([A-Za-z0-9_-]+)`).exec(mail.text);
    if (found) return found[1]!;
  }
  throw new Error(`no link /${kind}/ was mailed to ${email}`);
}

/** How many mails went to an address. */
export async function mailsTo(k: Kernel, email: string): Promise<number> {
  return (await openMails(k, 1_000)).filter((mail) => mail.recipient === email).length;
}

/** Every row of every table of the given schemas, as text. */
export async function dumpRows(k: Kernel, schemas: readonly string[]): Promise<string> {
  const found = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name
    from pg_tables where schemaname = any(${schemas}) order by 1`.execute(k.db);
  const parts: string[] = [];
  for (const { name } of found.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(k.db);
    parts.push(name, ...rows.rows.map(({ row }) => row));
  }
  return parts.join('\n');
}
