import type { ErrorHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isPassing } from '../database/is-passing.ts';
import { failCommon } from './common-problems.ts';
import { Detour, Problem } from './problem.ts';
import type { HttpContext, HttpEnv } from './router.ts';

/** Makes a page of a problem; given by whoever knows the layout. */
export type ProblemPage = (c: HttpContext, problem: Problem) => Response | Promise<Response>;

/** Whether the client would rather read a page than a document. */
export function wantsPage(c: HttpContext): boolean {
  return !c.req.path.startsWith('/api/') && (c.req.header('Accept') ?? '').includes('text/html');
}

/** Answers every error as a problem: a page for people, RFC 9457 for programs. What we did not expect is logged. */
export function errorHandler(page: ProblemPage): ErrorHandler<HttpEnv> {
  return (error, c) => {
    const problem = toProblem(error);
    // Whoever is told when to come back met what was expected.
    const foreseen = error instanceof Problem && 'Retry-After' in problem.headers;
    if (problem.status >= 500 && !foreseen)
      c.get('k').log.error({ error, requestId: c.get('requestId') }, 'request failed');
    return answerProblem(c, problem, page);
  };
}

/** Answers a problem in the form the client reads. */
export async function answerProblem(c: HttpContext, problem: Problem, page: ProblemPage): Promise<Response> {
  const response = wantsPage(c) ? await page(c, problem) : problemDocument(c, problem);
  for (const [name, value] of Object.entries(problem.headers)) response.headers.set(name, value);
  return response;
}

function problemDocument(c: HttpContext, problem: Problem): Response {
  const instance = `urn:uuid:${c.get('requestId')}`;
  const document = problem.toDocument(c.get('locale'), c.get('k').site.baseUrl, instance);
  return c.body(JSON.stringify(document), problem.status as 400, {
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
  });
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Detour) return error.problem;
  // Hono itself reports a body that is not what its header says, or of a type not asked for, in this way.
  if (error instanceof HTTPException && error.status === 400)
    return failCommon('malformed-body', { cause: error });
  if (error instanceof HTTPException && error.status === 415)
    return failCommon('unsupported-media-type', { cause: error });
  if (error instanceof SyntaxError) return failCommon('malformed-body', { cause: error });
  if (isPassing(error)) return failCommon('busy', { cause: error, headers: { 'Retry-After': '5' } });
  return failCommon('internal-error', { cause: error });
}
