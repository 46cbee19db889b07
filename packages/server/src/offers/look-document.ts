import { z } from '@hono/zod-openapi';
import type { Look } from './look.ts';
import type { WorkLook } from './look-at-work.ts';

const lookSchema = z
  .object({
    url: z.string(),
    at: z.string(),
    verdict: z.enum(['agrees', 'conflict', 'silent', 'unreachable']),
    fetched: z.array(
      z.object({
        what: z.string(),
        url: z.string(),
        status: z.number().int().nullable(),
        error: z.string().nullable(),
      }),
    ),
    documents: z.array(
      z.object({
        url: z.string(),
        outcomes: z.record(z.string(), z.string()),
        version: z.string().nullable(),
        sha256: z.string().nullable(),
        issues: z.array(z.object({ code: z.string(), severity: z.string(), message: z.string() })),
      }),
    ),
    agreements: z.array(z.object({ carrier: z.string(), usage: z.string(), raw: z.string() })),
    conflicts: z.array(
      z.object({
        carrier: z.string(),
        usage: z.string(),
        says: z.string(),
        expected: z.string(),
        kind: z.enum(['too-open', 'too-strict']),
        raw: z.string(),
        fix: z.string(),
      }),
    ),
    unreadable: z.array(z.object({ carrier: z.string(), raw: z.string() })),
    missing: z.array(z.object({ carrier: z.string(), fix: z.string() })),
  })
  .openapi('Look');

export const workLookSchema = z
  .object({
    licensable: z.array(z.string()).openapi({ description: 'AI uses that can be licensed now' }),
    reasons: z.array(z.string()),
    expectedSha256: z
      .string()
      .nullable()
      .openapi({ description: 'What the page must name; null while it must name no version' }),
    own: lookSchema,
    elsewhere: z.array(z.object({ controlled: z.boolean(), look: lookSchema })),
  })
  .openapi('WorkLook');

function lookDocument(look: Look) {
  const { agreements, conflicts, missing, unreadable } = look.comparison;
  return {
    url: look.url,
    at: look.at.toISOString(),
    verdict: look.verdict,
    fetched: look.fetched.map(({ kind, url, status, error }) => ({
      what: kind,
      url,
      status: status ?? null,
      error: error ?? null,
    })),
    documents: look.documents.map(({ url, outcomes, version, sha256, issues }) => ({
      url,
      outcomes,
      version: version ?? null,
      sha256: sha256 ?? null,
      issues: issues.map(({ code, severity, message }) => ({ code, severity, message })),
    })),
    agreements: agreements.map(({ carrier, usage, raw }) => ({ carrier, usage, raw })),
    conflicts: conflicts.map(({ carrier, usage, says, expected, kind, fix, record }) => ({
      carrier,
      usage,
      says,
      expected,
      kind,
      raw: record.raw,
      fix,
    })),
    unreadable: unreadable.map(({ carrier, raw }) => ({ carrier, raw })),
    missing: missing.map(({ carrier, fix }) => ({ carrier, fix })),
  };
}

/** A look as a document. */
export function workLookDocument({ standing, own, expectedSha256, elsewhere }: WorkLook) {
  return {
    licensable: [...standing.agreed],
    reasons: standing.reasons.map(({ code }) => code),
    expectedSha256: expectedSha256 ?? null,
    own: lookDocument(own),
    elsewhere: elsewhere.map(({ controlled, look }) => ({ controlled, look: lookDocument(look) })),
  };
}
