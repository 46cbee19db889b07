import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Says how a step went on, and what it left behind. */
export type Reporter = (line: string) => void;

/** A check that did not hold. */
export class SelftestFailure extends Error {}

/** Throws with a sentence when something does not hold. */
export function expectThat(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new SelftestFailure(sentence);
}

/** Expects a status; the message shows what came instead. */
export function expectStatus(answer: { status: number; text: string }, status: number, what: string): void {
  expectThat(
    answer.status === status,
    `${what}: expected ${status}, got ${answer.status}: ${answer.text.slice(0, 600)}`,
  );
}

/** One step: its number, what it shows, and what it does; it answers the artefact it left. */
export type Step<World> = {
  readonly number: number;
  readonly title: string;
  run(world: World): Promise<string>;
};

/** Plays steps one after the other and prints each with ✓, time and artefact. Throws at the first that fails. */
export async function playSteps<World>(
  world: World,
  steps: readonly Step<World>[],
  report: Reporter,
): Promise<void> {
  for (const step of steps) {
    const started = performance.now();
    try {
      const artefact = await step.run(world);
      report(`✓ ${step.number}. ${step.title} (${Math.round(performance.now() - started)} ms) → ${artefact}`);
    } catch (error) {
      report(`✗ ${step.number}. ${step.title} (${Math.round(performance.now() - started)} ms)`);
      throw error;
    }
  }
}

/** Looks again and again until something is so; what follows a commit by a job may take a moment. */
export async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let i = 0; i < 100; i++) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new SelftestFailure(`after ten seconds still not so: ${what}`);
}
