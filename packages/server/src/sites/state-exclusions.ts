import { recordActivity } from '../identity/index.ts';
import { inTx, type Kernel } from '../kernel/index.ts';
import { queueLook } from './find-excluded-pages.ts';
import { failSites } from './problems.ts';
import { requireHeldSite } from './require-site.ts';
import { type Exclusion, insertStatement, latestStatement, type Statement } from './store-statements.ts';

const MAX_PATTERNS = 200;
const MAX_PATTERN = 500;
const MAX_WHAT = 300;

/** A part that is not hers; without a kind it is a path (RFC 9309 §2.2.2). */
export type ExclusionInput = Omit<Exclusion, 'kind'> & Partial<Pick<Exclusion, 'kind'>>;

/** Everything is hers, or these parts are not, each with what is there. */
export type ExclusionsInput = { readonly none: true } | { readonly patterns: readonly ExclusionInput[] };

/**
 * Keeps the owner's statement of what on her site is not hers. It replaces the one before, which stays on record. Where
 * parts are named by a mark on their pages, a look for such pages is queued.
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
    if (exclusions.some(({ kind }) => kind !== 'path')) await queueLook(t, siteId, statement.id);
    const detail = { statement: statement.id, paths: exclusions.length };
    await recordActivity(t, { actor, action: 'sites.exclusions-stated', subject: `site:${siteId}`, detail });
    return statement;
  });
}

/** The statement in force, or undefined when the owner has said nothing yet. */
export async function exclusionsOf(k: Kernel, siteId: string): Promise<Statement | undefined> {
  return latestStatement(k.db, siteId);
}

function clean({ kind = 'path', pattern, what }: ExclusionInput): Exclusion {
  const value = pattern.normalize('NFC').trim();
  const fits = value !== '' && value.length <= MAX_PATTERN && isPlain(value) && value.isWellFormed();
  const isPlace = kind === 'path' || kind === 'feed';
  if (!fits || (isPlace && !value.startsWith('/')))
    throw failSites('site-exclusion-pattern', { detail: value.slice(0, 100) });
  const about = what.normalize('NFC').trim();
  if (about === '' || about.length > MAX_WHAT || !isPlain(about) || !about.isWellFormed()) {
    throw failSites('site-exclusions-unclear', { detail: value.slice(0, 100) });
  }
  return { kind, pattern: value, what: about };
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
