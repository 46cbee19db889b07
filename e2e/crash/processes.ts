import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Process number of the PostgreSQL of a data directory, if one runs. */
export function postmasterOf(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0]);
    return parentAndName(pid)?.name.startsWith('postgres') ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** The processes a process started. */
export function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentAndName(pid)?.parent === parent);
}

/** SIGKILL; answers false when the process was gone already. */
export function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}

function parentAndName(pid: number): { parent: number; name: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), name };
  } catch {
    return undefined;
  }
}
