import { canonicalBytes, sha256, toHex } from '@clearway/protocol';
import type { Kernel, Locale } from '../kernel/index.ts';
import { DECLARATIONS, type DeclarationText, type DeclarationVersion } from './declaration-text.ts';
import {
  type DeclarationRow,
  selectByCollectKey,
  selectDeclaration,
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
