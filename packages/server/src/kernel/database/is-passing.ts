/**
 * SQLSTATEs of a fault that belongs to the moment (PostgreSQL, appendix A): two transactions stood in each other's way, or
 * the server has no room, is being stopped or started.
 */
const states = new Set(['40001', '40P01', '53300', '55P03', '57P01', '57P02', '57P03', '08006']);

/** What `pg` says when no connection of the pool came free in time; it has no code. */
const noConnection = /^timeout exceeded when trying to connect$|^Connection terminated/;

/** Whether a database error may well be gone when the same is tried again. Its transaction has left nothing behind. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && states.has(code)) || noConnection.test(error.message);
}
