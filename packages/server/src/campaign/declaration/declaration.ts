import { canonicalBytes, sha256, toHex } from '@clearway/protocol';
import type { Kernel, Locale } from '../../kernel/index.ts';
import { fail } from '../problems.ts';
import { DECLARATIONS, type DeclarationText, type DeclarationVersion } from './declaration-text.ts';
import {
  countByVersion,
  type DeclarationRow,
  type DeclarationState,
  selectByCollectKey,
  selectClosing,
  selectDeclaration,
  selectDeclarations,
  selectPublic,
} from './store-declarations.ts';

/** The version that is public now. */
export async function currentDeclaration(k: Kernel): Promise<DeclarationVersion> {
  const row = await selectPublic(k.db);
  return (row && toVersion(row)) ?? DECLARATIONS.at(-1)!;
}

/** The version a person can sign: the public one, or with the key of an embargo the one to come. */
export async function declarationToSign(
  k: Kernel,
  collectKey?: string,
): Promise<DeclarationVersion | undefined> {
  if (!collectKey) return currentDeclaration(k);
  const row = await selectByCollectKey(k.db, collectKey);
  return row && toVersion(row);
}

/**
 * What a signature points to: the SHA-256 (64 hex digits) of the canonical JSON (RFC 8785) of
 * `{version, publishedOn, texts}` as `GET /api/declaration` answers it, all languages together.
 */
export async function declarationHash(declaration: DeclarationVersion): Promise<string> {
  return toHex(await sha256(canonicalBytes(declaration)));
}

/** The words of a version in one language, as they were signed. */
export async function declarationText(
  k: Kernel,
  version: number,
  locale: Locale,
): Promise<DeclarationText | undefined> {
  const shipped = DECLARATIONS.find((declaration) => declaration.version === version);
  if (shipped) return shipped.texts[locale];
  return (await selectDeclaration(k.db, version))?.texts[locale];
}

/** A version whose words are fixed, as it is hashed. */
export function toVersion({ version, publishedOn, texts }: DeclarationRow): DeclarationVersion | undefined {
  return publishedOn === null ? undefined : { version, publishedOn, texts };
}

/** A version with its state and how many count for it. */
export type VersionLine = {
  readonly version: number;
  /** Came with the software. */
  readonly shipped: boolean;
  readonly state: DeclarationState;
  readonly signed: number;
  readonly agreed: number;
  readonly waiting: number;
};

/** All versions, newest first, each counted for itself. */
export async function versionsOf(k: Kernel): Promise<VersionLine[]> {
  const counts = new Map((await countByVersion(k.db)).map((one) => [one.version, one]));
  const later = await selectDeclarations(k.db);
  const all = [
    ...later.map(({ version, state }) => ({ version, state, shipped: false })),
    ...DECLARATIONS.map(({ version }) => ({ version, state: 'public' as const, shipped: true })).toReversed(),
  ];
  return all.map((one) => {
    const { signed = 0, agreed = 0, waiting = 0 } = counts.get(one.version) ?? {};
    return { ...one, signed, agreed, waiting };
  });
}

/**
 * When a campaign that collects in secret opens; undefined for one that is open. What operators decided about the version to
 * come says so, and nothing else: whoever signs something in between opens nothing.
 */
export async function closedUntil(k: Kernel): Promise<Date | undefined> {
  return (await selectClosing(k.db))?.until;
}

/** While the campaign is closed only the version to come can be signed. Throws `campaign-not-open`. */
export async function checkOpen(k: Kernel, version: number | undefined): Promise<void> {
  const closing = await selectClosing(k.db);
  if (closing && closing.version !== version)
    throw fail('campaign-not-open', { detail: closing.until.toISOString() });
}
