import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { decodeParquet } from './decode-parquet.ts';
import { AHEAD, type PackedItem, type ParquetMessage, type ParquetTask } from './parquet-messages.ts';

const BATCH_BYTES = 4 * 1024 * 1024;
const BATCH_ITEMS = 2_000;

/** Decodes a Parquet file in a thread of its own, so that whoever waits can end it. */
async function work(task: ParquetTask): Promise<void> {
  const port = parentPort!;
  let [unanswered, held] = [0, 0];
  let batch: (PackedItem & { content: Uint8Array })[] = [];
  port.on('message', () => unanswered--);
  const send = async () => {
    if (batch.length === 0) return;
    while (unanswered >= AHEAD) await once(port, 'message');
    const content = new Uint8Array(held);
    for (const { at, content: part } of batch) content.set(part, at);
    const items = batch.map(({ content: _, ...item }) => item);
    port.postMessage({ tell: 'items', items, content } satisfies ParquetMessage, [content.buffer]);
    unanswered++;
    [batch, held] = [[], 0];
  };
  for await (const step of decodeParquet(task)) {
    if ('content' in step) {
      batch.push({ ...step, at: held, length: step.content.length });
      held += step.content.length;
      if (held < BATCH_BYTES && batch.length < BATCH_ITEMS) continue;
    }
    await send();
    if (!('content' in step)) port.postMessage(step satisfies ParquetMessage);
  }
  await send();
  port.postMessage({ tell: 'end' } satisfies ParquetMessage);
  port.close();
}

await work(workerData as ParquetTask);
