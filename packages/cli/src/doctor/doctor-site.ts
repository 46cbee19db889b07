import { agents } from '@clearway/agents';
import type { GuardedFetch } from '@clearway/net';
import { describeReport, gatherSources, type ReportDescription, readSignals } from '@clearway/signals';
import type { Command } from 'commander';
import { Option } from 'commander';
import { signalFetch, siteFetch } from '../web-fetch.ts';
import { printDescription } from './print-description.ts';

/** Exit codes: 0 nothing to mend, 1 nobody answers, 2 something contradicts itself or does not work, 3 something is left unsaid. */
export const SITE_EXIT = { ok: 0, unreachable: 1, wrong: 2, silent: 3 } as const;

/** `clearway doctor site <url>`: what does a bot see? */
export function addDoctorSite(doctor: Command, fetch: GuardedFetch = siteFetch()): void {
  doctor
    .command('site <url>')
    .description(
      'What does a bot see? Every channel of a site, every kind of AI agent, what contradicts itself and how to mend it. ' +
        'Exit codes: 0 nothing to mend, 1 nobody answers, 2 something contradicts itself or does not work, 3 something is left unsaid',
    )
    .addOption(new Option('--language <code>', 'en or de').choices(['en', 'de']).default('en'))
    .option('--json', 'print everything as JSON')
    .action(async (url: string, { language, json }: { language: 'en' | 'de'; json?: boolean }) => {
      const at = new Date().toISOString();
      const found = await gatherSources(
        signalFetch(fetch),
        /^https?:/i.test(url) ? url : `https://${url}`,
        at,
      );
      const asked = ['*', ...agents.map((one) => one.token)];
      const report = await readSignals({ url: found.url, at, sources: found.sources, agents: asked });
      const told = describeReport(report, language, found);
      if (json) console.log(JSON.stringify({ url: found.url, at, asked: found.asked, ...told }, null, 2));
      else console.log(printDescription(told, found, language));
      process.exitCode = exitCode(told, found.asked[0]?.status !== undefined);
    });
}

function exitCode({ findings }: ReportDescription, answered: boolean): number {
  if (!answered) return SITE_EXIT.unreachable;
  if (findings.some((one) => one.code !== 'silent')) return SITE_EXIT.wrong;
  return findings.length > 0 ? SITE_EXIT.silent : SITE_EXIT.ok;
}
