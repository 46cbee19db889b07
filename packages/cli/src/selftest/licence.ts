import { type KeyLookup, type LicenseDocument, openLicense as open } from '@clearway/protocol';
import type { SelftestWorld } from './world.ts';

/** The instance's keys for licences, tokens and feeds, as a stranger fetches them. */
export async function licensingKeys(world: SelftestWorld): Promise<KeyLookup> {
  const known = await fetchKeys(world);
  return (kid) => known.get(kid);
}

/** Key id → raw public key. */
export async function fetchKeys(world: SelftestWorld): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const answer = await world.person('stranger').get('/api/licensing-keys', { Accept: 'application/json' });
  const { keys } = answer.json<{ keys: { kid: string; x: string }[] }>();
  return new Map(keys.map(({ kid, x }) => [kid, new Uint8Array(Buffer.from(x, 'base64url'))]));
}

/** Checks a licence document as anyone can, and answers what it says. */
export async function openLicense(world: SelftestWorld, document: string): Promise<LicenseDocument> {
  return open(document, await licensingKeys(world));
}
