import { readFile, unlink, writeFile } from 'node:fs/promises';

/** Makes sure that one process writes a spool; what a killed process left behind does not count. */
export async function lockDirectory(path: string): Promise<() => Promise<void>> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = Number(await readFile(path, 'utf8'));
    if (owner !== process.pid && isRunning(owner)) {
      throw new Error(
        `Another gate (process ${owner}) writes to this spool. Give each gate a directory of its own.`,
      );
    }
    await writeFile(path, String(process.pid));
  }
  return () => unlink(path);
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
