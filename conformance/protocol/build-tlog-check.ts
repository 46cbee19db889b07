import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GOPATH = '/usr/share/gocode';
const go = ['/usr/local/go/bin', '/usr/lib/go/bin', ...(process.env.PATH ?? '').split(':')]
  .map((dir) => join(dir, 'go'))
  .find((path) => existsSync(path));
const hasModule = existsSync(`${GOPATH}/src/golang.org/x/mod/sumdb/tlog`);

/** What this machine lacks to check logs with Go's tools; undefined when nothing is missing. */
export const missingForTlogCheck: string | undefined =
  go === undefined ? 'Go' : hasModule ? undefined : 'the package golang-golang-x-mod-dev';

/** A log as `tlog-check` reads it; byte strings in base64. */
export type DescribedLog = {
  checkpoint: string;
  leaves: string[];
  inclusion: { index: number; proof: string[] }[];
  consistency: { oldSize: number; oldRoot: string; proof: string[] }[];
  tiles: Record<string, string>;
};

/** What `tlog-check` did: exit status 0 and a report, or 1 and the first thing that does not hold. */
export type TlogCheckResult = { status: number | null; stdout: string; stderr: string };

/** Builds the Go program into a directory and answers how to run it. */
export function buildTlogCheck(
  directory: string,
): (input: { origin: string; verifierKey: string; logs: readonly DescribedLog[] }) => TlogCheckResult {
  const program = join(directory, 'tlog-check');
  const source = fileURLToPath(new URL('tlog-check/main.go', import.meta.url));
  // Go keeps its cache at home; without a home it needs a place.
  const cache = process.env.HOME ? {} : { GOCACHE: join(directory, 'cache') };
  const built = spawnSync(go!, ['build', '-o', program, source], {
    cwd: directory,
    env: { ...process.env, ...cache, GOPATH, GO111MODULE: 'off', GOTOOLCHAIN: 'local' },
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`tlog-check was not built: ${built.stderr}`);
  return (input) => {
    const run = spawnSync(program, {
      input: JSON.stringify(input),
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    return { status: run.status, stdout: run.stdout, stderr: run.stderr };
  };
}
