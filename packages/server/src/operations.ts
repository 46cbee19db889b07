import { sql } from 'kysely';
import { clientAddress, createRouter, type Kernel, type Metrics, type Router } from './kernel/index.ts';

/** What service managers ask: is the process alive, can it work, what has it done. */
export function operationsRoutes(metrics: Metrics): Router {
  const router = createRouter();
  router.get('/healthz', (c) => c.text('ok\n'));
  router.get('/readyz', async (c) => {
    const ready = await databaseAnswers(c.get('k'));
    return ready ? c.text('ready\n') : c.text('the database does not answer\n', 503);
  });
  // Counters say how busy the instance is; only this machine may ask.
  router.get('/metrics', async (c) => {
    if (!['127.0.0.1', '::1'].includes(clientAddress(c))) return c.notFound();
    return c.body(await metrics.render(c.get('k')), 200, {
      'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    });
  });
  return router;
}

async function databaseAnswers(k: Kernel): Promise<boolean> {
  try {
    await sql`select 1`.execute(k.db);
    return true;
  } catch (error) {
    k.log.error({ error }, 'database');
    return false;
  }
}
