import { isProductToken, type PathPattern, robotsBlock, specificity } from '@clearway/rsl';
import { contentUsage, contentUsageLine } from './aipref.ts';
import { contentSignalLine, contentSignalNotice } from './content-signal.ts';
import { type GoverningPart, orderParts, type PublicationPart } from './order-parts.ts';
import { intersect, overlaps } from './overlaps.ts';
import type { Permissions } from './permissions.ts';
import { withoutPaths } from './without-paths.ts';

/** Input of {@link robotsSection}. */
export interface RobotsSectionInput {
  readonly licenseUrl: string;
  readonly permissions: Permissions;
  /** Parts of the site for which something else holds, by RFC 9309 path pattern. */
  readonly parts?: readonly PublicationPart[];
  /** Agents that shall fetch nothing. */
  readonly disallowAgents?: readonly string[];
  /** Agents that have a group of their own further down: it must repeat what is said to all, else they never see it. */
  readonly repeatFor?: readonly string[];
}

/**
 * Everything to put at the top of a robots.txt: where the RSL document is, `Content-Signal` and `Content-Usage` for
 * everybody, and who may fetch nothing. The group for everybody ends in an empty `Disallow`: it changes no rule, but
 * without a rule the next group would be read as part of it. Throws as `robotsBlock` does.
 *
 * @example
 * ```ts
 * import { robotsSection } from '@clearway/signals';
 *
 * const text = robotsSection({ licenseUrl: 'https://example.org/l.xml', permissions: { 'ai-train': 'disallow' } });
 * text.startsWith('License: https://example.org/l.xml\n') // => true
 * ```
 */
export function robotsSection(input: RobotsSectionInput): string {
  const { licenseUrl, permissions, parts = [], disallowAgents = [], repeatFor = [] } = input;
  const [license, ...refusals] = robotsBlock({ licenseUrl, disallowAgents }).split('\n');
  const ordered = orderParts(parts);
  const everywhere = withoutPaths(
    permissions,
    ordered.map((one) => one.permissions),
  );
  const said = [contentSignalLine(everywhere), ...usageLines(permissions, ordered)].filter(
    (line) => line !== undefined,
  );
  const names = ['*', ...repeatFor.filter(isProductToken)];
  const everybody = [
    contentSignalNotice,
    ...names.map((name) => `User-agent: ${name}`),
    ...said,
    'Disallow:',
  ];
  return [license, ...(said.length > 0 ? ['', ...everybody] : []), ...refusals].join('\n');
}

/**
 * `Content-Usage` for the whole and for each part, the broadest first. There the longest pattern decides, which need not be
 * that of the part which governs: where a longer pattern overlaps with it, either what both match has a line of its own, or
 * the longer one does not give what the other refuses.
 */
function usageLines(whole: Permissions, parts: readonly GoverningPart[]): (string | undefined)[] {
  // Without a line of its own a part would get what a broader one is given.
  const silent = parts.map((one) => one.permissions).filter((one) => contentUsage(one) === undefined);
  const shared = new Set<string>();
  const lines = parts.map((part, index) => {
    const above = [...silent];
    for (const { path, permissions, excluded } of parts.slice(0, index)) {
      if (specificity(path) > specificity(part.path) || !overlaps(path, part.path)) continue;
      const both = excluded ? intersect(path, part.path) : undefined;
      for (const one of both ?? []) shared.add(contentUsageLine(permissions, longerThan(part.path, one))!);
      // Who drops idle stars must not be given there what is refused.
      if (!both?.every((one) => specificity(one) > specificity(part.path))) above.push(permissions);
    }
    return contentUsageLine(withoutPaths(part.permissions, above), part.pattern);
  });
  return [contentUsageLine(withoutPaths(whole, silent)), ...lines.toReversed(), ...shared];
}

/** The pattern with idle stars at its open end, so that it is the longest of all that match; one with an end stays as it is. */
function longerThan(other: PathPattern, { source, anchored }: PathPattern): string {
  return anchored ? source : source.padEnd(specificity(other) + 1, '*');
}
