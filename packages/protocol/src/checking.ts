import { ProtocolError } from './problem.ts';

/** One thing checked, with a sentence about it. */
export type FolderCheck = { readonly name: string; readonly ok: boolean; readonly detail: string };

/** A check that failed for the reason said; unlike errors of reading and parsing it has no code. */
export class Refusal extends Error {}

export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: unknown };

/** Keeps a failure until the check that reports it, since several checks need the same file and key. */
export async function attempt<T>(run: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

export function unwrap<T>(result: Attempt<T>): T {
  if (!result.ok) throw result.error;
  return result.value;
}

/** A list of checks, and what adds to it: whatever a check throws is its failure. */
export function openChecks() {
  const checks: FolderCheck[] = [];
  async function check<T>(name: string, run: () => Promise<readonly [T, string]>): Promise<T | undefined> {
    try {
      const [result, detail] = await run();
      checks.push({ name, ok: true, detail });
      return result;
    } catch (error) {
      checks.push({ name, ok: false, detail: sentence(error) });
      return undefined;
    }
  }
  return { checks, check };
}

function sentence(error: unknown): string {
  if (error instanceof ProtocolError) return `${error.message} (${error.code}) ${error.cure}`;
  return error instanceof Error ? error.message : String(error);
}

/** Of several keys, one a line, the one the file names; else the first, which then does not fit. */
export function keyNamed(given: string, named: string): string {
  const lines = given
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => line === named) ?? lines[0] ?? '';
}
