import { canonicalBytes, sha256, toHex } from '@clearway/protocol';
import type { Locale } from '../kernel/index.ts';
import { DECLARATIONS, type DeclarationText, type DeclarationVersion } from './declaration-text.ts';

/** The version that can be signed now. */
export function currentDeclaration(): DeclarationVersion {
  return DECLARATIONS.at(-1)!;
}

/**
 * What a signature points to: the SHA-256 (64 hex digits) of the canonical JSON (RFC 8785) of
 * `{version, publishedOn, texts}` as `GET /api/declaration` answers it, all languages together.
 */
export async function declarationHash(declaration: DeclarationVersion): Promise<string> {
  return toHex(await sha256(canonicalBytes(declaration)));
}

/** The words of a version in one language, as they were signed. */
export function declarationText(version: number, locale: Locale): DeclarationText | undefined {
  return DECLARATIONS.find((declaration) => declaration.version === version)?.texts[locale];
}
