import { isProductToken, robotsBlock } from '@clearway/rsl';
import { contentUsageLine } from './aipref.ts';
import { contentSignalLine, contentSignalNotice } from './content-signal.ts';
import type { Permissions } from './permissions.ts';
import { withoutPaths } from './without-paths.ts';

/** Input of {@link robotsSection}. */
export interface RobotsSectionInput {
  readonly licenseUrl: string;
  readonly permissions: Permissions;
  /** Parts of the site for which something else holds, by RFC 9309 path pattern. */
  readonly parts?: readonly { readonly pattern: string; readonly permissions: Permissions }[];
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
  const everywhere = withoutPaths(
    permissions,
    parts.map((one) => one.permissions),
  );
  const said = [
    contentSignalLine(everywhere),
    contentUsageLine(permissions),
    ...parts.map((one) => contentUsageLine(one.permissions, one.pattern)),
  ].filter((line) => line !== undefined);
  const names = ['*', ...repeatFor.filter(isProductToken)];
  const everybody = [
    contentSignalNotice,
    ...names.map((name) => `User-agent: ${name}`),
    ...said,
    'Disallow:',
  ];
  return [license, ...(said.length > 0 ? ['', ...everybody] : []), ...refusals].join('\n');
}
