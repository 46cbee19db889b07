import { z } from '@hono/zod-openapi';

export const tags = ['bank'];
export const json = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});
export const FOR_OPERATORS = { 401: 'sign-in-required', 403: 'operator-required' } as const;
export const idParam = z.object({ id: z.string().max(100) });

/** Micro-units as decimal digits. */
export const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });
