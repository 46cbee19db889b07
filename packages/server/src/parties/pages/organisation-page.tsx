import type { Child } from 'hono/jsx';
import {
  changeRole,
  inviteMember,
  MEMBER_ROLES,
  type Member,
  type Membership,
  membersOf,
  openInvitationsOf,
  organisationText,
  removeMember,
  requireMember,
  type User,
  withdrawInvitation,
} from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { ActionForm, Facts, Field, ProblemNotice, renderPage, Table } from '../../web/index.ts';
import { countryName } from '../countries.ts';
import { organisationSchema } from '../model.ts';
import { organisationWords } from '../organisation-messages.ts';
import { changeOrganisation, partyOfOrganisation } from '../organisations.ts';
import {
  inviteForm,
  OrganisationFields,
  RoleChoices,
  roleForm,
  type Typed,
  typedText,
} from './organisation-fields.tsx';

type Action = (about: { organisationId: string; actor: string; typed: Typed }) => Promise<string>;

/** `/organisations/:id`: who acts for the organisation, and what its administrators change. */
export function organisationPage(): Router {
  const router = createRouter();

  router.get('/organisations/:id', (c) => render(c, {}));

  router.post('/organisations/:id', (c) =>
    act(c, async ({ organisationId, actor, typed }) => {
      await requireMember(c, organisationId, 'admin');
      const facts = checkFields(organisationSchema, typed);
      await changeOrganisation(c.get('k'), { organisationId, actor, ...facts });
      return `/organisations/${organisationId}`;
    }),
  );

  router.post('/organisations/:id/invitations', (c) =>
    act(c, async ({ organisationId, actor, typed }) => {
      const { email, role } = checkFields(inviteForm, typed);
      await inviteMember(c.get('k'), { organisationId, email, role, actor, locale: c.get('locale') });
      return `/organisations/${organisationId}`;
    }),
  );

  router.post('/organisations/:id/invitations/:invitation/withdraw', (c) =>
    act(c, async ({ organisationId, actor }) => {
      await withdrawInvitation(c.get('k'), { organisationId, id: c.req.param('invitation'), actor });
      return `/organisations/${organisationId}`;
    }),
  );

  router.post('/organisations/:id/members/:user/role', (c) =>
    act(c, async ({ organisationId, actor, typed }) => {
      const { role } = checkFields(roleForm, typed);
      await changeRole(c.get('k'), { organisationId, userId: c.req.param('user'), actor, role });
      return `/organisations/${organisationId}`;
    }),
  );

  router.post('/organisations/:id/members/:user/remove', (c) =>
    act(c, async ({ organisationId, actor }) => {
      const userId = c.req.param('user');
      await removeMember(c.get('k'), { organisationId, userId, actor });
      return userId === actor ? '/organisations' : `/organisations/${organisationId}`;
    }),
  );
  return router;
}

async function act(c: HttpContext, action: Action): Promise<Response> {
  const organisationId = c.req.param('id') ?? '';
  const { user } = await requireMember(c, organisationId, 'member');
  const typed = await formFields(c);
  try {
    return c.redirect(await action({ organisationId, actor: user.id, typed }), 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return render(c, typed, error);
  }
}

async function render(c: HttpContext, typed: Typed, problem?: Problem): Promise<Response> {
  const locale = c.get('locale');
  const words = organisationWords(locale).one;
  const k = c.get('k');
  const { user, membership } = await requireMember(c, c.req.param('id') ?? '', 'member');
  const { organisationId, name, role } = membership;
  const admin = role === 'admin';
  const [{ party, website, claim }, members] = [
    await partyOfOrganisation(k, organisationId),
    await membersOf(k, organisationId),
  ];
  const { roles } = organisationText(locale);
  const here = `/organisations/${organisationId}`;
  const changing = problem && typed.name !== undefined ? typed : undefined;
  return renderPage(
    c,
    { title: name, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{name}</h1>
      <ProblemNotice problem={problem} locale={locale} beside={changing !== undefined} />
      <Facts
        rows={[
          [words.role, roles[role]],
          [words.country, party.country ? countryName(locale, party.country) : words.notSaid],
          [words.url, website ?? words.notSaid],
          ...(claim
            ? [[words.members, words.membersSaid(formatNumber(locale, claim.count), claim.saidTo)] as const]
            : []),
        ]}
      />
      <p>
        <a href="/sites">{words.prove}</a> <small>{words.proveHint}</small>
      </p>
      <Table
        caption={words.people}
        head={[words.person, words.theirRole, words.since, ...(admin ? [words.change] : [])]}
        rows={members.map((member) => memberRow(member, { user, membership, locale, here }))}
      />
      {admin && (
        <Invitations {...{ locale, here, typed }} open={await openInvitationsOf(k, organisationId)} />
      )}
      {admin && (
        <>
          <h2>{words.facts}</h2>
          <form method="post" action={here}>
            <OrganisationFields
              locale={locale}
              problem={changing && problem}
              typed={changing ?? { name, country: party.country ?? '', url: website ?? '' }}
            />
            <button type="submit">{words.save}</button>
          </form>
        </>
      )}
      <h2>{words.leave}</h2>
      <p>{words.leaveHint}</p>
      <ActionForm action={`${here}/members/${user.id}/remove`} label={words.leave} tone="danger" />
      <p>
        <a href="/organisations">{words.back}</a>
      </p>
    </>,
  );
}

type Around = { user: User; membership: Membership; locale: Locale; here: string };

function memberRow(member: Member, { user, membership, locale, here }: Around): Child[] {
  const { roles } = organisationText(locale);
  const manage = membership.role === 'admin' && member.userId !== user.id;
  return [
    <>
      {member.name}
      {membership.role === 'admin' && <small> {member.email}</small>}
    </>,
    roles[member.role],
    formatDate(locale, member.joinedAt),
    ...(membership.role === 'admin' ? [manage && changeForms(member, locale, here)] : []),
  ];
}

function changeForms(member: Member, locale: Locale, here: string): Child {
  const words = organisationWords(locale).one;
  const { roles } = organisationText(locale);
  return (
    <>
      <form method="post" action={`${here}/members/${member.userId}/role`} class="inline">
        <label>
          {words.setRole(member.name)}{' '}
          <select name="role">
            {MEMBER_ROLES.map((role) => (
              <option value={role} selected={role === member.role}>
                {roles[role]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="quiet">
          {words.saveRole}
        </button>
      </form>
      <ActionForm action={`${here}/members/${member.userId}/remove`} label={words.remove(member.name)} />
    </>
  );
}

type Open = Awaited<ReturnType<typeof openInvitationsOf>>;

function Invitations({
  locale,
  here,
  typed,
  open,
}: {
  locale: Locale;
  here: string;
  typed: Typed;
  open: Open;
}) {
  const words = organisationWords(locale).one;
  const { roles } = organisationText(locale);
  return (
    <>
      {open.length > 0 && (
        <Table
          caption={words.invited}
          head={[words.email, words.roleChoice, words.until, words.change]}
          rows={open.map(({ id, email, role, expiresAt }) => [
            email,
            roles[role],
            formatDate(locale, expiresAt),
            <ActionForm action={`${here}/invitations/${id}/withdraw`} label={words.withdraw} />,
          ])}
        />
      )}
      <h2>{words.invite}</h2>
      <form method="post" action={`${here}/invitations`}>
        <Field
          name="email"
          type="email"
          label={words.email}
          value={typedText(typed, 'email')}
          required
          maxLength={254}
        />
        <RoleChoices locale={locale} typed={typed} />
        <button type="submit">{words.send}</button>
      </form>
    </>
  );
}
