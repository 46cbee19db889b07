import { z } from '@hono/zod-openapi';
import { SCHEMES } from './identifiers.ts';
import type { Claim, Licensability, WorkDetail } from './model.ts';
import { ANSWERS, HOLDER_KINDS, MAKINGS, REASON_CODES, ROLES, WORK_TYPES } from './model.ts';

const at = z.iso.datetime();
const ppm = z.number().int().openapi({ description: 'Parts per million; the whole is 1000000' });

export const claimDocument = z
  .object({
    id: z.uuid(),
    partyId: z.uuid(),
    name: z.string(),
    email: z.string().nullable().openapi({ description: 'For the registrant only' }),
    role: z.enum(ROLES),
    sharePpm: ppm,
    state: z.enum(['pending', 'accepted', 'declined']),
    onHold: z.boolean(),
    authority: z.enum(ANSWERS),
    authorityHolderKind: z.enum(HOLDER_KINDS).nullable(),
    authorityHolderName: z.string().nullable(),
    note: z.string().nullable(),
    wishPpm: ppm.nullable(),
    invitedAt: at.nullable(),
    answeredAt: at.nullable(),
  })
  .openapi('Claim');

export const licensabilityDocument = z
  .object({
    whole: z.boolean(),
    acceptedPpm: ppm,
    onHoldPpm: ppm,
    reasons: z.array(z.object({ code: z.enum(REASON_CODES), names: z.array(z.string()), sharePpm: ppm })),
  })
  .openapi('Licensability', { description: 'What, on the side of work and claims, is in the way.' });

export const workDocument = z
  .object({
    id: z.uuid(),
    title: z.string(),
    type: z.enum(WORK_TYPES),
    language: z.string().nullable(),
    createdYear: z.number().int().nullable(),
    createdPlace: z.string().nullable(),
    firstPublished: z.string().nullable(),
    making: z.enum(MAKINGS).nullable(),
    state: z.enum(['registered', 'withdrawn']),
    withdrawnReason: z.string().nullable(),
    version: z.number().int(),
    createdAt: at,
    publicUrl: z.url(),
    possibleDuplicate: z.boolean(),
    identifiers: z.array(z.object({ scheme: z.enum(SCHEMES), value: z.string(), display: z.string() })),
    manifestations: z.array(
      z.object({
        id: z.uuid(),
        kind: z.enum(['file', 'url', 'fingerprint']),
        url: z.string().nullable(),
        sha256: z.string().nullable(),
        bytes: z.string().nullable().openapi({ description: 'Decimal' }),
        mediaType: z.string().nullable(),
        filename: z.string().nullable(),
      }),
    ),
    claims: z.array(claimDocument),
    licensability: licensabilityDocument,
  })
  .openapi('Work');

const iso = (date: Date | null) => date?.toISOString() ?? null;

/** A claim as a document; mailboxes and messages are for the registrant, to whom rights were given for its holder. */
function showClaim(claim: Claim, partyId: string, forRegistrant: boolean): z.infer<typeof claimDocument>[] {
  const own = claim.partyId === partyId;
  const { workId: _work, state, ...rest } = claim;
  if (state === 'withdrawn') return [];
  const answers = { invitedAt: iso(claim.invitedAt), answeredAt: iso(claim.answeredAt) };
  return [
    {
      ...rest,
      ...answers,
      state,
      authorityHolderKind: own ? claim.authorityHolderKind : null,
      authorityHolderName: own ? claim.authorityHolderName : null,
      email: forRegistrant ? claim.email : null,
      note: forRegistrant ? claim.note : null,
      wishPpm: forRegistrant ? claim.wishPpm : null,
    },
  ];
}

export function showLicensability(found: Licensability): z.infer<typeof licensabilityDocument> {
  return { ...found, reasons: found.reasons.map((reason) => ({ ...reason, names: [...reason.names] })) };
}

/** A work as a document for its registrant or one of its holders. */
export function showWork(
  detail: WorkDetail & { possibleDuplicate: boolean },
  licensability: Licensability,
  { partyId, baseUrl }: { partyId: string; baseUrl: string },
): z.infer<typeof workDocument> {
  const { registrantId, createdAt, ...work } = detail.work;
  const forRegistrant = registrantId === partyId;
  return {
    ...work,
    createdAt: createdAt.toISOString(),
    publicUrl: `${baseUrl}/w/${work.id}`,
    possibleDuplicate: detail.possibleDuplicate,
    identifiers: [...detail.identifiers],
    manifestations: detail.manifestations.map(({ bytes, filename, ...rest }) => ({
      ...rest,
      bytes: bytes === null ? null : String(bytes),
      filename: forRegistrant ? filename : null,
    })),
    claims: detail.claims.flatMap((claim) => showClaim(claim, partyId, forRegistrant)),
    licensability: showLicensability(licensability),
  };
}
