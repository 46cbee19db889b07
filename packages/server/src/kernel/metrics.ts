import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './http/router.ts';
import { jobCounts } from './jobs.ts';
import type { Kernel } from './kernel.ts';

/** Counters of this process in the text format of Prometheus 0.0.4. */
export type Metrics = {
  /** Counts each answered request by method and status. */
  readonly middleware: MiddlewareHandler<HttpEnv>;
  /** All counters and the state of the job queue. */
  render(k: Kernel): Promise<string>;
};

export function createMetrics(): Metrics {
  const requests = new Map<string, { count: number; seconds: number }>();
  return {
    middleware: async (c, next) => {
      const started = performance.now();
      await next();
      const key = `method="${c.req.method}",status="${c.res.status}"`;
      const row = requests.get(key) ?? { count: 0, seconds: 0 };
      requests.set(key, {
        count: row.count + 1,
        seconds: row.seconds + (performance.now() - started) / 1000,
      });
    },
    async render(k) {
      const jobs = await jobCounts(k);
      return [
        '# HELP clearway_requests_total Requests answered.',
        '# TYPE clearway_requests_total counter',
        ...[...requests].map(([labels, { count }]) => `clearway_requests_total{${labels}} ${count}`),
        '# HELP clearway_request_seconds_total Time spent answering requests.',
        '# TYPE clearway_request_seconds_total counter',
        ...[...requests].map(
          ([labels, { seconds }]) => `clearway_request_seconds_total{${labels}} ${seconds.toFixed(6)}`,
        ),
        '# HELP clearway_jobs Jobs by kind and state.',
        '# TYPE clearway_jobs gauge',
        ...jobs.map(({ kind, state, count }) => `clearway_jobs{kind="${kind}",state="${state}"} ${count}`),
        '',
      ].join('\n');
    },
  };
}
