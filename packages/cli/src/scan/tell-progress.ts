import type { ScanInput } from './item.ts';
import type { ScanState } from './run-scan.ts';

const EVERY_MS = 10_000;

/** Tells people on a terminal in one line that changes, and files and logs every ten seconds, how far a scan is. */
export function progressTeller(
  stream: { isTTY?: boolean; write(text: string): unknown },
  inputs: readonly ScanInput[],
  now: () => number,
): { tell(state: ScanState): void; end(): void } {
  const total = inputs.reduce((bytes, input) => bytes + input.bytes, 0);
  const started = now();
  let told = started;
  let open = false;
  return {
    tell({ inputsDone, items, bytes, hits }) {
      if (!stream.isTTY && now() - told < EVERY_MS) return;
      told = now();
      const seconds = (told - started) / 1000;
      const rate = seconds > 0 ? ` ${(bytes / 1e6 / seconds).toFixed(1)} MB/s` : '';
      const line =
        `${inputsDone} of ${inputs.length} files, ${items} items, ` +
        `${(bytes / 1e6).toFixed(0)} MB (files: ${(total / 1e6).toFixed(0)} MB)${rate}, ${hits} hits`;
      stream.write(stream.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
      open = true;
    },
    end() {
      if (open && stream.isTTY) stream.write('\n');
    },
  };
}
