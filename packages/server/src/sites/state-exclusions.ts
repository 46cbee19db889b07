import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { failSites } from './problems.ts';
import { requireHeldSite } from './require-site.ts';
import { type Exclusion, insertStatement, latestStatement, type Statement } from './store-statements.ts';

const MAX_PATTERNS = 200;
const MAX_PATTERN = 500;
const MAX_WHAT = 300;

/** Everything is hers, or these paths (RFC 9309 §2.2.2 patterns) are not, each with what is there. */
export type ExclusionsInput = { readonly none: true } | { readonly patterns: readonly Exclusion[] };

/**
 * Keeps the owner's statement of what on her site is not hers. It replaces the one before, which stays on record.
 * @throws `site-not-found`, `site-released`, `site-exclusions-unclear`, `site-exclusion-pattern`
 */
export async function stateExclusions(
  k: Kernel,
  siteId: string,
  input: ExclusionsInput,
  actor = 'system',
): Promise<Statement> {
  const exclusions = 'none' in input ? [] : input.patterns.map(clean);
  const none = 'none' in input;
  if (!none && exclusions.length === 0) throw failSites('site-exclusions-unclear');
  if (exclusions.length > MAX_PATTERNS) {
    throw failSites('site-exclusion-pattern', { detail: `${exclusions.length} paths` });
  }
  return inTx(k, async (t) => {
    await requireHeldSite(t, siteId);
    const statement = { id: t.ids.id(), none, statedAt: t.clock.now(), exclusions };
    await insertStatement(t.db, siteId, statement, () => t.ids.id());
    const detail = { statement: statement.id, paths: exclusions.length };
    await recordActivity(t, { actor, action: 'sites.exclusions-stated', subject: `site:${siteId}`, detail });
    return statement;
  });
}

/** The statement in force, or undefined when the owner has said nothing yet. */
export async function exclusionsOf(k: Kernel, siteId: string): Promise<Statement | undefined> {
  return latestStatement(k.db, siteId);
}

function clean({ pattern, what }: Exclusion): Exclusion {
  const path = pattern.trim();
  const usable = path.startsWith('/') && path.length <= MAX_PATTERN && isPlain(path) && path.isWellFormed();
  if (!usable) throw failSites('site-exclusion-pattern', { detail: path.slice(0, 100) });
  const about = what.normalize('NFC').trim();
  if (about === '' || about.length > MAX_WHAT || !isPlain(about) || !about.isWellFormed()) {
    throw failSites('site-exclusions-unclear', { detail: path.slice(0, 100) });
  }
  return { pattern: path, what: about };
}

function isPlain(text: string): boolean {
  return [...text].every((char) => {
    const code = char.codePointAt(0)!;
    return (
      code >= 0x20 &&
      code !== 0x7f &&
      !(code >= 0x202a && code <= 0x202e) &&
      !(code >= 0x2066 && code <= 0x2069)
    );
  });
}
