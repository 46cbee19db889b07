import { createRoute, z } from '@hono/zod-openapi';
import {
  actFor,
  changeRole,
  currentMembership,
  inviteMember,
  MEMBER_ROLES,
  type MemberInvitation,
  membersOf,
  openInvitationsOf,
  removeMember,
  requireMember,
  requireUser,
  withdrawInvitation,
} from '../identity/index.ts';
import {
  checkFields,
  createRouter,
  jsonAnswer,
  jsonBody,
  problemAnswers,
  type Router,
} from '../kernel/index.ts';
import { organisationSchema } from './model.ts';
import { createOrganisation, organisationsOf, partyOfOrganisation } from './organisations.ts';
import { payoutProfileRoutes } from './payout-routes.ts';

const tags = ['organisations'];
const PRIVATE = { 'Cache-Control': 'no-store' };
const UNSIGNED = { 401: 'sign-in-required' } as const;
const id = z.object({ id: z.uuid() });

const role = z.enum(MEMBER_ROLES).openapi({
  description: '`member` sees, `signer` also acts, `admin` also manages the members',
});
const actedFor = z
  .object({
    id: z.uuid(),
    partyId: z.uuid().openapi({ description: 'The legal person; it owns, licenses and pays' }),
    name: z.string(),
    role,
    acting: z.boolean().openapi({ description: 'The session acts for it' }),
  })
  .openapi('Organisation');
const invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role,
    sentAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('MemberInvitation');
const details = z
  .object({
    id: z.uuid(),
    partyId: z.uuid(),
    name: z.string(),
    country: z.string().nullable(),
    url: z.string().nullable().openapi({ description: 'As its members say; control is proved at sites' }),
    role,
    members: z.array(
      z.object({
        userId: z.uuid(),
        name: z.string(),
        email: z.string().nullable().openapi({ description: 'For administrators' }),
        role,
        joinedAt: z.iso.datetime(),
      }),
    ),
    invitations: z.array(invitation).openapi({ description: 'Not yet answered; for administrators' }),
  })
  .openapi('OrganisationDetails');

const createIt = createRoute({
  method: 'post',
  path: '/api/organisations',
  tags,
  summary: 'Add an organisation; the user becomes its administrator',
  request: {
    body: jsonBody(
      z.object({
        name: z.string().max(1_000),
        country: z.string().max(10).nullish().openapi({ description: 'ISO 3166-1 alpha-2' }),
        url: z.string().max(2_000).nullish(),
      }),
    ),
  },
  responses: {
    201: jsonAnswer('The organisation', actedFor),
    ...problemAnswers({ ...UNSIGNED, 422: 'invalid-input', 429: 'too-many-requests' }),
  },
});

const list = createRoute({
  method: 'get',
  path: '/api/organisations',
  tags,
  summary: 'The organisations the user acts for, longest first',
  responses: {
    200: jsonAnswer('The organisations', z.object({ organisations: z.array(actedFor) })),
    ...problemAnswers(UNSIGNED),
  },
});

const show = createRoute({
  method: 'get',
  path: '/api/organisations/{id}',
  tags,
  summary: 'One organisation with its people',
  request: { params: id },
  responses: {
    200: jsonAnswer('The organisation', details),
    ...problemAnswers({ ...UNSIGNED, 404: 'organisation-unknown' }),
  },
});

const choose = createRoute({
  method: 'put',
  path: '/api/acting',
  tags,
  summary: 'Choose for whom this session acts',
  request: { body: jsonBody(z.object({ organisationId: z.uuid().nullable() })) },
  responses: {
    204: { description: 'Chosen' },
    ...problemAnswers({ ...UNSIGNED, 404: 'organisation-unknown' }),
  },
});

const ADMIN = { ...UNSIGNED, 403: 'role-required' } as const;

const invite = createRoute({
  method: 'post',
  path: '/api/organisations/{id}/invitations',
  tags,
  summary: 'Invite a person by mail; an earlier invitation of the same mailbox is replaced',
  request: { params: id, body: jsonBody(z.object({ email: z.string().max(1_000), role })) },
  responses: {
    201: jsonAnswer('The invitation, good for 14 days', invitation),
    ...problemAnswers({
      ...ADMIN,
      404: 'organisation-unknown',
      409: 'already-member',
      422: 'email-invalid, invalid-input',
      429: 'too-many-requests',
    }),
  },
});

const uninvite = createRoute({
  method: 'delete',
  path: '/api/organisations/{id}/invitations/{invitationId}',
  tags,
  summary: 'Take an invitation back',
  request: { params: id.extend({ invitationId: z.uuid() }) },
  responses: {
    204: { description: 'Taken back' },
    ...problemAnswers({ ...ADMIN, 404: 'organisation-unknown, membership-link-unknown' }),
  },
});

const member = id.extend({ userId: z.uuid() });
const MEMBER_PROBLEMS = {
  ...ADMIN,
  404: 'organisation-unknown, member-unknown',
  409: 'last-admin',
} as const;

const setRole = createRoute({
  method: 'put',
  path: '/api/organisations/{id}/members/{userId}',
  tags,
  summary: 'Give a member another role',
  request: { params: member, body: jsonBody(z.object({ role })) },
  responses: { 204: { description: 'Changed' }, ...problemAnswers(MEMBER_PROBLEMS) },
});

const remove = createRoute({
  method: 'delete',
  path: '/api/organisations/{id}/members/{userId}',
  tags,
  summary: 'Remove a member at once, or leave',
  request: { params: member },
  responses: { 204: { description: 'Removed' }, ...problemAnswers(MEMBER_PROBLEMS) },
});

/** Organisations, their members and invitations, and for whom a session acts, as JSON. */
export function partiesRoutes(): Router {
  const router = createRouter();
  router.route('/', payoutProfileRoutes());
  router.openapi(createIt, async (c) => {
    const user = await requireUser(c);
    const about = { ...checkFields(organisationSchema, c.req.valid('json')), userId: user.id };
    const { organisationId, partyId } = await createOrganisation(c.get('k'), about);
    return c.json(
      { id: organisationId, partyId, name: about.name, role: 'admin' as const, acting: false },
      201,
    );
  });
  router.openapi(list, async (c) => {
    const user = await requireUser(c);
    const acting = await currentMembership(c);
    const all = await organisationsOf(c.get('k'), user.id);
    const organisations = all.map(({ organisationId, partyId, name, role }) => ({
      ...{ id: organisationId, partyId, name, role },
      acting: acting?.organisationId === organisationId,
    }));
    return c.json({ organisations }, 200, PRIVATE);
  });
  router.openapi(show, async (c) => {
    const { membership } = await requireMember(c, c.req.valid('param').id, 'member');
    const { organisationId, name, role } = membership;
    const k = c.get('k');
    const admin = role === 'admin';
    const { party, website } = await partyOfOrganisation(k, organisationId);
    const members = (await membersOf(k, organisationId)).map((one) => ({
      ...one,
      email: admin ? one.email : null,
      joinedAt: one.joinedAt.toISOString(),
    }));
    const invitations = admin ? (await openInvitationsOf(k, organisationId)).map(invitationJson) : [];
    const about = { id: organisationId, partyId: party.id, name, country: party.country, url: website, role };
    return c.json({ ...about, members, invitations }, 200, PRIVATE);
  });
  router.openapi(choose, async (c) => {
    await actFor(c, c.req.valid('json').organisationId);
    return c.body(null, 204);
  });
  router.openapi(invite, async (c) => {
    const user = await requireUser(c);
    const about = { organisationId: c.req.valid('param').id, actor: user.id, locale: c.get('locale') };
    const sent = await inviteMember(c.get('k'), { ...about, ...c.req.valid('json') });
    return c.json(invitationJson(sent), 201);
  });
  router.openapi(uninvite, async (c) => {
    const user = await requireUser(c);
    const { id: organisationId, invitationId } = c.req.valid('param');
    await withdrawInvitation(c.get('k'), { organisationId, id: invitationId, actor: user.id });
    return c.body(null, 204);
  });
  router.openapi(setRole, async (c) => {
    const user = await requireUser(c);
    const { id: organisationId, userId } = c.req.valid('param');
    await changeRole(c.get('k'), { organisationId, userId, actor: user.id, role: c.req.valid('json').role });
    return c.body(null, 204);
  });
  router.openapi(remove, async (c) => {
    const user = await requireUser(c);
    const { id: organisationId, userId } = c.req.valid('param');
    await removeMember(c.get('k'), { organisationId, userId, actor: user.id });
    return c.body(null, 204);
  });
  return router;
}

function invitationJson({ id, email, role, sentAt, expiresAt }: MemberInvitation) {
  return { id, email, role, sentAt: sentAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
