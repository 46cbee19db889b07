import { z } from '@hono/zod-openapi';
import type { HttpContext } from '../../kernel/index.ts';
import { type Party, requireParty } from '../../parties/index.ts';
import { failLicensing } from '../problems.ts';

export const tags = ['licensing'];
export const json = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
export const body = <S extends z.ZodType>(schema: S) => ({
  required: true,
  content: { 'application/json': { schema } },
});
export const idParam = z.object({ id: z.string().max(100) });
export const SIGNED_IN = { 401: 'sign-in-required' } as const;
export const FOR_SIGNERS = { 401: 'sign-in-required', 403: 'not-a-signer, role-required' } as const;

/** Micro-units as decimal digits. */
export const micro = z.string().openapi({ description: 'Micro-units (millionths) as decimal digits' });

export const modelScopeAnswer = z
  .union([
    z.object({ kind: z.literal('named'), name: z.string() }),
    z.object({ kind: z.literal('sealed'), commitment: z.string() }),
  ])
  .nullable();

/** The company the session acts for. Throws `sign-in-required`, `licensee-needed`. */
export async function requireLicensee(c: HttpContext): Promise<Party> {
  const party = await requireParty(c);
  if (party.kind !== 'organisation') throw failLicensing('licensee-needed');
  return party;
}
