import { type License, normalisePath, parse } from '@clearway/rsl';
import { Problem } from '../../kernel/index.ts';
import { governingScope, type SiteChannels, type Standing } from '../../offers/index.ts';

/** What is published for a resource: the priced licences of the scope that governs it. */
export type Offered = {
  readonly pattern: string;
  readonly standing: Standing;
  readonly licenses: readonly License[];
};

/**
 * The scope that governs a resource, named by its pattern or by a path in it. Undefined where nothing of a work stands
 * there, or where only part of the resource asked for lies in one scope.
 */
export function offeredFor({ scopes, rsl }: SiteChannels, resource: string): Offered | undefined {
  const same = scopes.filter(({ pattern }) => normalisePattern(pattern) === resource);
  const isPattern = resource.endsWith('$') || resource.includes('*');
  const scope = same[0] ?? (isPattern ? undefined : governingScope(scopes, resource));
  if (!scope?.standing) return undefined;
  const contents = parse(rsl).document?.contents ?? [];
  const licenses = contents
    .filter(({ url }) => url !== undefined && normalisePattern(url) === normalisePattern(scope.pattern))
    .flatMap((content) => content.licenses)
    .filter(({ payment }) => payment?.amount !== undefined);
  return { pattern: same.length > 0 ? resource : `${resource}$`, standing: scope.standing, licenses };
}

function normalisePattern(pattern: string): string {
  return normalisePath(pattern);
}

/** A site whose owner has not shown control, or not said what is hers, offers nothing. */
export async function onReadySite<T>(body: () => Promise<T>): Promise<T | undefined> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof Problem && error.code === 'site-not-ready') return undefined;
    throw error;
  }
}
