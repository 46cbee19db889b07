import { jobHandlers, subscribers } from '../app.ts';
import { type Kernel, startRunner } from '../kernel/index.ts';

/** Does all jobs and events that are due, except sending mail: the mails stay in the outbox to be read. */
export async function drain(k: Kernel): Promise<void> {
  const runner = startRunner(k, { handlers: jobHandlers, subscribers, lanes: 0 });
  await runner.drain();
  await runner.stop();
}
