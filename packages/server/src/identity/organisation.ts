import { z } from 'zod';
import { cleanLine } from '../kernel/index.ts';

/** What somebody may do for an organisation, least first: see, also sign, also manage the members. */
export const MEMBER_ROLES = ['member', 'signer', 'admin'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** One person's place in one organisation. */
export type Membership = {
  readonly organisationId: string;
  /** The organisation's name. */
  readonly name: string;
  readonly role: MemberRole;
  readonly joinedAt: Date;
};

/** A person in an organisation, as the others see them. */
export type Member = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly joinedAt: Date;
};

/** An invitation that nobody has answered. */
export type MemberInvitation = {
  readonly id: string;
  readonly email: string;
  readonly role: MemberRole;
  readonly sentAt: Date;
  readonly expiresAt: Date;
};

export const organisationName = cleanLine(200);
export const memberRole = z.enum(MEMBER_ROLES);

/** True when `role` includes what `needed` allows. */
export function roleAllows(role: MemberRole, needed: MemberRole): boolean {
  return MEMBER_ROLES.indexOf(role) >= MEMBER_ROLES.indexOf(needed);
}
