import { robotsBlock } from '@clearway/rsl';

/**
 * The instance's own robots.txt: where the licence document of its pages is, before any group, and nobody kept out.
 * People, search engines and whoever reads terms are always let in.
 */
export function instanceRobots(baseUrl: string): string {
  return `${robotsBlock({ licenseUrl: `${baseUrl}/license.xml` })}\nUser-agent: *\nDisallow:\n`;
}
