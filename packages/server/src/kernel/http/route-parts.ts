import type { z } from '@hono/zod-openapi';

/** An answer in JSON, as a route of the API describes it. */
export function jsonAnswer<S extends z.ZodType>(description: string, schema: S) {
  return { description, content: { 'application/json': { schema } } };
}

/** A body in JSON that must be there, as a route of the API describes it. */
export function jsonBody<S extends z.ZodType>(schema: S) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}
