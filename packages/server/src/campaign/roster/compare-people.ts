import { sql } from 'kysely';
import type { Kernel } from '../../kernel/index.ts';
import { foldForSearch, nameKey, type SignatureState } from '../model.ts';
import { personKey, suppressionKey } from '../signatory/suppression-key.ts';
import type { RosterPerson, RowProblem, Verdict } from './model.ts';

/** Somebody who signed, or took a signature back. */
type Known = {
  readonly name: string;
  readonly state: SignatureState;
  readonly hidden: boolean;
  readonly craft: string;
  readonly country: string;
  readonly town: string | null;
  readonly mailbox_key: string;
};
type Asked = { readonly id: string; readonly person: RosterPerson; readonly mailboxKey: string | null };
type Found = { readonly id: string; readonly verdict: Verdict; readonly problem: RowProblem };

/**
 * Which of some people need no signature, or must not have one: those who signed, and those who took a signature back or
 * had it erased. What is not public is not told: of a hidden name, a withdrawal or an erasure it is only said that the
 * person has decided herself.
 */
export async function compareWithSigned(k: Kernel, people: readonly Asked[]): Promise<Found[]> {
  if (people.length === 0) return [];
  const known = await selectKnown(k, people);
  const refused = await selectRefused(k, people);
  return people.flatMap((one): Found[] => {
    const name = nameKey(one.person.name);
    // Wider than being the same: in doubt a person who took her signature back is asked herself.
    const near = [...(known.byName.get(name) ?? []), ...(known.byMailbox.get(one.mailboxKey ?? '') ?? [])];
    const live = near.find((other) => isLive(other) && isSame(one, other, name));
    if (live) {
      const open = live.state === 'confirmed' && !live.hidden;
      return [
        { id: one.id, verdict: 'duplicate', problem: open ? 'signed-already' : 'decided-herself' } as const,
      ];
    }
    const back = near.some((other) => other.state === 'withdrawn' && tookBack(one, other));
    return back || refused.has(one.id) ? [{ id: one.id, verdict: 'wrong', problem: 'decided-herself' }] : [];
  });
}

const isLive = ({ state }: Known) => state === 'confirmed' || state === 'held';

/** The same name, and the same mailbox or the same craft, country and town. */
function isSame({ person, mailboxKey }: Asked, other: Known, name: string): boolean {
  if (name !== nameKey(other.name)) return false;
  if (mailboxKey !== null && mailboxKey === other.mailbox_key) return true;
  const towns = person.town === null || other.town === null || sameText(person.town, other.town);
  return person.craft === other.craft && person.country === other.country && towns;
}

function tookBack({ person, mailboxKey }: Asked, other: Known): boolean {
  return person.country === other.country || (mailboxKey !== null && mailboxKey === other.mailbox_key);
}

export function sameText(a: string, b: string): boolean {
  return foldForSearch(a) === foldForSearch(b);
}

async function selectKnown(k: Kernel, people: readonly Asked[]) {
  const names = [...new Set(people.flatMap(({ person }) => spellings(person.name)))];
  const keys = people.flatMap(({ mailboxKey }) => mailboxKey ?? []);
  const found = await sql<Known>`select name, state, hidden, craft, country, town, mailbox_key
    from campaign.signatories where state in ('confirmed', 'held', 'withdrawn')
      and (name_folded = any(${names}::text[]) or mailbox_key = any(${keys}::text[]))`.execute(k.db);
  const [byName, byMailbox] = [new Map<string, Known[]>(), new Map<string, Known[]>()];
  for (const one of found.rows) {
    put(byName, nameKey(one.name), one);
    put(byMailbox, one.mailbox_key, one);
  }
  return { byName, byMailbox };
}

function put<T>(lists: Map<string, T[]>, key: string, one: T): void {
  const list = lists.get(key);
  if (list) list.push(one);
  else lists.set(key, [one]);
}

/** As written, with what stands behind a comma first, and last name first: lists are kept in all these ways. */
function spellings(name: string): string[] {
  const folded = foldForSearch(name);
  const turned = (by: string) =>
    folded
      .split(by)
      .map((part) => part.trim())
      .reverse()
      .join(' ')
      .trim();
  return [...new Set([folded, turned(','), turned(' ')])];
}

/** Those of whom only a keyed hash is left. */
async function selectRefused(k: Kernel, people: readonly Asked[]): Promise<ReadonlySet<string>> {
  const byHash = new Map<string, string[]>();
  for (const { id, person, mailboxKey } of people) {
    put(byHash, await suppressionKey(k, personKey(person)), id);
    if (mailboxKey !== null) put(byHash, await suppressionKey(k, mailboxKey), id);
  }
  const hashes = [...byHash.keys()];
  const found = await sql<{ hash: string }>`
    select mailbox_hmac as hash from campaign.suppressions where mailbox_hmac = any(${hashes}::text[])
    union select person_hmac from campaign.suppressions where person_hmac = any(${hashes}::text[])`.execute(
    k.db,
  );
  return new Set(found.rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
}
