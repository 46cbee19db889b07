import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ensureUser, startSession, type User } from '../identity/index.ts';
import { createRouter, inTx, type Kernel, openMails, requestContext } from '../kernel/index.ts';
import { ensurePartyOfUser, type Party } from '../parties/index.ts';
import type { Facts, HolderInput } from '../works/input.ts';
import type { HandedFile } from '../works/inspect-file.ts';
import { type RegisterWork, registerWork, type WorkSource } from '../works/register-work.ts';

export type Person = { readonly user: User; readonly party: Party };

/** A person with an account whose mailbox is `<name>@example.org`. */
export function person(k: Kernel, name: string): Promise<Person> {
  return inTx(k, async (t) => {
    const email = `${name.toLowerCase()}@example.org`;
    const user = await ensureUser(t, { email, name, locale: 'en' });
    return {
      user,
      party: await ensurePartyOfUser(t, { userId: user.id, name, craft: 'composer', country: 'DE' }),
    };
  });
}

export const facts: Facts = {
  title: 'The Sea',
  type: 'song',
  language: 'en',
  createdYear: 2024,
  createdPlace: 'Kiel',
  firstPublished: '2024-05',
  making: 'human',
  identifiers: [{ scheme: 'iswc', value: 'T-034.524.680-1' }],
};

let hashes = 0;
/** A fingerprint nobody has registered yet. */
export function fresh(): WorkSource {
  return { kind: 'fingerprint', sha256: createHash('sha256').update(`work ${hashes++}`).digest('hex') };
}

export function register(
  k: Kernel,
  { user, party }: Person,
  more: Partial<Pick<RegisterWork, 'source' | 'holders' | 'facts' | 'authority'>> = {},
) {
  return registerWork(k, {
    party,
    actor: user.id,
    locale: 'en',
    facts,
    source: fresh(),
    holders: [],
    ...more,
  });
}

/** 60 for the registrant, 40 for somebody who is invited. */
export function shared(name: string): HolderInput[] {
  return [
    { me: true, role: 'composer', sharePpm: 600_000 },
    { me: false, name, email: `${name.toLowerCase()}@example.org`, role: 'lyricist', sharePpm: 400_000 },
  ];
}

/** The secrets in the invitations to a mailbox, newest first. */
export async function tokensFor(k: Kernel, email: string): Promise<string[]> {
  const mails = (await openMails(k)).filter((mail) => mail.recipient === email);
  return mails.flatMap((mail) => /\/invitations\/([\w-]+)/.exec(mail.text)?.[1] ?? []);
}

/** A file as it lies in the spool. */
export function spooled(content: Uint8Array, mediaType: string, filename = 'work.bin'): HandedFile {
  const path = join(mkdtempSync(join(tmpdir(), 'clearway-works-')), 'spooled');
  writeFileSync(path, content);
  return {
    filename,
    mediaType,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    path,
    open: () => Readable.from([content]),
  };
}

/** The Cookie header of a fresh session of a user. */
export async function signedIn(k: Kernel, userId: string): Promise<string> {
  const router = createRouter();
  router.use(requestContext(k));
  router.post('/', async (c) => {
    await startSession(c, userId);
    return c.body(null, 204);
  });
  const answer = await router.request('/', { method: 'POST' });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
