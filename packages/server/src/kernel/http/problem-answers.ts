import { z } from '@hono/zod-openapi';

const problemSchema = z
  .looseObject({
    type: z.url(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    cure: z.string(),
    detail: z.string().optional(),
    instance: z.string(),
  })
  .openapi('Problem', { description: 'What went wrong, with a stable code and a cure (RFC 9457).' });

type Answer = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemSchema } };
};

/**
 * The problem responses of a route, for `createRoute`: description by status, e.g. the codes it may answer with.
 * @example
 * responses: { 200: …, ...problemAnswers({ 404: 'log-empty' }) }
 */
export function problemAnswers<Status extends number>(
  descriptions: Readonly<Record<Status, string>>,
): Record<Status, Answer> {
  const content = { 'application/problem+json': { schema: problemSchema } };
  const answers = Object.entries<string>(descriptions).map(([status, description]) => [
    status,
    { description, content },
  ]);
  return Object.fromEntries(answers) as Record<Status, Answer>;
}
