import { availableParallelism, cpus } from 'node:os';

/** CPU milliseconds of this process so far: what others do on the machine does not count. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** CPU microseconds for one call, over as many calls as fill the given milliseconds. */
export function costOf(call: () => unknown, milliseconds: number): number {
  const before = cpu();
  let calls = 0;
  while (cpu() - before < milliseconds) {
    for (let times = 0; times < 8; times += 1) call();
    calls += 8;
  }
  return ((cpu() - before) * 1_000) / calls;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

export function heading(text: string): void {
  console.log(`${cpus()[0]?.model.trim()} × ${availableParallelism()}, Node ${process.version}`);
  console.log(`${text}; CPU time\n`);
}
