import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { writeFiles } from '../folder.ts';
import { playSteps, type Reporter } from './play.ts';
import { STEPS } from './steps/index.ts';
import type { Tls } from './tls-front.ts';
import { openWorld } from './world.ts';

/** The works that come with the project; found from the repository or from an installed package. */
export function exampleWorks(): string {
  const beside = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'works');
  if (existsSync(beside)) return beside;
  throw new Error('The example works are not here. Name a folder with --works <dir>.');
}

/**
 * Plays all steps on a fresh instance and leaves the proof folder at `out` and its key at `<out>.pub`.
 * Throws when a step fails; the instance is removed either way.
 */
export async function runSelftest(options: {
  works: string;
  out: string | undefined;
  report: Reporter;
  /** Certificates with which the instance is reached; the process must trust `ca`. Without them plain http on loopback. */
  tls?: Tls;
}): Promise<void> {
  const started = performance.now();
  const { out, report } = options;
  if (out !== undefined && existsSync(out))
    throw new Error(`${out} exists already. Name a folder that does not.`);
  const world = await openWorld({ works: options.works, tls: options.tls });
  try {
    await playSteps(world, STEPS, report);
    if (out !== undefined && world.proof) {
      writeFiles(out, world.proof.folder);
      writeFileSync(`${out}.pub`, `${world.proof.verifierKey}\n`);
      report(`\nThe proof lies in ${out}, the public key beside it. Check it with:`);
      report(`  npm run clearway -- verify ${out} --key ${out}.pub`);
    }
  } finally {
    await world.close();
  }
  report(`\nAll ${STEPS.length} steps hold (${((performance.now() - started) / 1000).toFixed(1)} s).`);
}
