import type { z } from 'zod';
import {
  foundOrganisation,
  type MemberRole,
  type Membership,
  membershipOf,
  organisationsOf as membershipsOf,
  recordActivity,
  renameOrganisation,
  roleAllows,
} from '../identity/index.ts';
import { emit, failCommon, inTx, type Kernel } from '../kernel/index.ts';
import { createParty } from './create-party.ts';
import { findParties } from './find-parties.ts';
import { organisationSchema, type Party } from './model.ts';
import { fail } from './problems.ts';
import { insertOrganisation, selectOrganisations, updateParty, updateWebsite } from './store.ts';

const PER_USER = { name: 'parties.create-organisation', per: 20, windowMs: 86_400_000, burst: 10 };

/** An organisation somebody acts for: the place in it and the legal person. */
export type ActedFor = Membership & { readonly partyId: string };

/** How many members an organisation says it has, and to whom it said so: the host of a campaign. */
export type MembersClaim = { readonly count: number; readonly saidTo: string };

/**
 * Makes an organisation: its members in identity, its legal person here. The user becomes its first administrator.
 * Throws `too-many-requests`, and a ZodError for what `organisationSchema` refuses. Sends `parties.party-created`.
 */
export async function createOrganisation(
  k: Kernel,
  about: z.input<typeof organisationSchema> & { userId: string; members?: MembersClaim | null },
): Promise<{ organisationId: string; partyId: string }> {
  const { name, country, url } = organisationSchema.parse(about);
  const { userId, members } = about;
  const wait = k.limits.take(PER_USER, userId);
  if (wait > 0)
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
  return inTx(k, async (t) => {
    const organisationId = await foundOrganisation(t, { name, userId });
    const facts = { kind: 'organisation', name, craft: null, country, email: null, userId: null } as const;
    // Without a user there is nothing to collide with.
    const party = (await createParty(t, facts))!;
    await insertOrganisation(t.db, {
      organisation_id: organisationId,
      party_id: party.id,
      website: url,
      members: members?.count ?? null,
      members_said_to: members?.saidTo ?? null,
    });
    return { organisationId, partyId: party.id };
  });
}

/** Changes what is said about an organisation. Throws `party-erased`. Sends `parties.profile-changed` `{ partyId }`. */
export async function changeOrganisation(
  k: Kernel,
  about: z.output<typeof organisationSchema> & { organisationId: string; actor: string },
): Promise<void> {
  const { organisationId, name, country, url, actor } = about;
  await inTx(k, async (t) => {
    const { id } = (await partyOfOrganisation(t, organisationId)).party;
    if (!(await updateParty(t.db, id, { name, country }))) throw fail('party-erased');
    await updateWebsite(t.db, id, url);
    await renameOrganisation(t, organisationId, name);
    await recordActivity(t, { actor, action: 'parties.profile-changed', subject: `party:${id}` });
    await emit(t, 'parties.profile-changed', { partyId: id });
  });
}

/** The organisations a user acts for, each with its legal person, longest first. */
export async function organisationsOf(k: Kernel, userId: string): Promise<ActedFor[]> {
  const memberships = await membershipsOf(k, userId);
  const organisationIds = memberships.map(({ organisationId }) => organisationId);
  const links = await selectOrganisations(k.db, { organisationIds });
  const parties = new Map(links.map((link) => [link.organisation_id, link.party_id]));
  return memberships.flatMap((membership) => {
    const partyId = parties.get(membership.organisationId);
    return partyId === undefined ? [] : [{ ...membership, partyId }];
  });
}

/** The legal person of an organisation, the website its members named, and its claim. The organisation must exist. */
export async function partyOfOrganisation(
  k: Kernel,
  organisationId: string,
): Promise<{ party: Party; website: string | null; claim: MembersClaim | null }> {
  const [link] = await selectOrganisations(k.db, { organisationIds: [organisationId] });
  const party = link && (await findParties(k, [link.party_id])).get(link.party_id);
  if (!party) throw new Error(`organisation ${organisationId} has no party`);
  const { website, members: count, members_said_to: saidTo } = link;
  return { party, website, claim: count === null || saidTo === null ? null : { count, saidTo } };
}

/**
 * Whether a user may act for a party at this moment: everybody for the own person; for an organisation who has the role
 * (`signer` accepts agreements and changes things, `member` sees, `admin` manages members; each includes the lesser).
 */
export async function mayAct(
  k: Kernel,
  { userId, partyId, as }: { userId: string; partyId: string; as: MemberRole },
): Promise<boolean> {
  const party = (await findParties(k, [partyId])).get(partyId);
  if (!party || party.erased) return false;
  if (party.userId !== null) return party.userId === userId;
  const [link] = await selectOrganisations(k.db, { partyIds: [partyId] });
  const membership = link && (await membershipOf(k, { userId, organisationId: link.organisation_id }));
  return membership !== undefined && roleAllows(membership.role, as);
}
