import type { Issue } from '@clearway/rsl';

/** The marks before what is wrong and what is worth a thought. */
export const MARK = { error: '✗', warning: '!' } as const;

/** One issue as a line. */
export function issueLine(file: string, { severity, code, message, cure, path, position }: Issue): string {
  const place = `${file}:${position.line}:${position.column}`;
  return `${place} ${MARK[severity]} ${code} ${message} ${cure}${path === '' ? '' : ` (${path})`}`;
}
