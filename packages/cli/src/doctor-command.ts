import { examine, openKernel, readConfig } from '@clearway/server';
import type { Command } from 'commander';
import { addDoctorSite } from './doctor/doctor-site.ts';

const MARK = { ok: '✓', warning: '!', wrong: '✗' } as const;

/** `clearway doctor`: says how the instance stands, exit 1 when something is wrong; `doctor site` looks at any site. */
export function addDoctor(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('Examine clock, database, fsync, mail, base URL, keys and set-up')
    .option('--data <dir>', 'data directory')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json, ...given }: { data?: string; json?: boolean }) => {
      const config = readConfig(process.env, given);
      const { k, close } = await openKernel(config, 'join');
      try {
        const findings = await examine(k, config);
        if (json) console.log(JSON.stringify(findings, null, 2));
        else {
          for (const { name, state, detail, cure } of findings) {
            console.log(`${MARK[state]} ${name}: ${detail}`);
            if (cure) console.log(`    ${cure}`);
          }
        }
        if (findings.some((finding) => finding.state === 'wrong')) process.exitCode = 1;
      } finally {
        await close();
      }
    });
  addDoctorSite(doctor);
}
