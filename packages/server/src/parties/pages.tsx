import type { Child } from 'hono/jsx';
import {
  checkFields,
  createRouter,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../kernel/index.ts';
import { Facts, Field, ProblemNotice, renderPage, Select, Table } from '../web/index.ts';
import { changeProfile } from './change-profile.ts';
import { countryName, countryOptions } from './countries.ts';
import { CRAFTS, craftName } from './crafts.ts';
import { text } from './messages.ts';
import { profileSchema } from './model.ts';
import { membershipPage } from './pages/membership-page.tsx';
import { organisationPage } from './pages/organisation-page.tsx';
import { organisationsPage } from './pages/organisations-page.tsx';
import { payoutProfilePage } from './pages/payout-profile-page.tsx';
import { payoutText } from './payout-messages.ts';
import { assurancesOf } from './record-assurance.ts';
import { requireOwnParty } from './require-party.ts';

export { organisationsSection } from './pages/organisations-page.tsx';

/** The part of the account page that says how the person appears in public and what was checked. */
export async function profileSection(c: HttpContext): Promise<Child> {
  const party = await requireOwnParty(c);
  const locale = c.get('locale');
  const words = text(locale);
  const checks = await assurancesOf(c.get('k'), party.id);
  const zone = (await readInstance(c.get('k')))?.instance.zone;
  const kinds: { readonly [kind: string]: string } = words.kinds;
  const methods: { readonly [method: string]: string } = words.methods;
  return (
    <>
      <h2>{words.title}</h2>
      <Facts
        rows={[
          [words.name, party.name],
          [words.craft, party.craft ? craftName(locale, party.craft) : words.notSaid],
          [words.country, party.country ? countryName(locale, party.country) : words.notSaid],
        ]}
      />
      <p>
        <a href="/account/profile">{words.change}</a>
      </p>
      <p>
        <a href="/payout-profile">{payoutText(locale).link}</a>
      </p>
      {checks.length === 0 && <p>{words.checkedNone}</p>}
      {checks.length > 0 && (
        <Table
          caption={words.checked}
          head={[words.what, words.how, words.when]}
          rows={checks.map((check) => [
            kinds[check.kind] ?? check.kind,
            methods[check.method] ?? check.method,
            formatDate(locale, check.checkedAt, zone),
          ])}
        />
      )}
    </>
  );
}

/** `/account/profile`: how the person appears in public; organisations and the invitations to them. */
export function partiesPages(): Router {
  const router = createRouter();
  for (const page of [organisationsPage(), organisationPage(), membershipPage(), payoutProfilePage()])
    router.route('/', page);
  router.get('/account/profile', async (c) => {
    const { name, craft, country } = await requireOwnParty(c);
    return render(c, { name, craft: craft ?? '', country: country ?? '' });
  });
  router.post('/account/profile', async (c) => {
    const party = await requireOwnParty(c);
    const fields = await formFields(c);
    try {
      const profile = checkFields(profileSchema, fields);
      await changeProfile(c.get('k'), party.id, profile, party.userId ?? 'system');
      return c.redirect('/account?saved', 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, fields, error);
      throw error;
    }
  });
  return router;
}

type Values = { readonly [field: string]: string | string[] | undefined };

function render(c: HttpContext, values: Values, problem?: Problem) {
  const locale = c.get('locale');
  const words = text(locale);
  const value = (name: string) => String(values[name] ?? '').slice(0, 500);
  return renderPage(
    c,
    { title: words.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p class="lead">{words.intro}</p>
      <form method="post" action="/account/profile">
        <Field
          name="name"
          label={words.name}
          hint={words.nameHint}
          value={value('name')}
          required
          maxLength={200}
        />
        <Select
          name="craft"
          label={words.craft}
          value={value('craft')}
          empty={words.notSaid}
          options={CRAFTS.map((craft) => ({ value: craft, label: craftName(locale, craft) }))}
        />
        <Select
          name="country"
          label={words.country}
          value={value('country')}
          empty={words.notSaid}
          options={countryOptions(locale)}
        />
        <button type="submit">{words.save}</button>
      </form>
      <p>
        <a href="/account">{words.back}</a>
      </p>
    </>,
  );
}
