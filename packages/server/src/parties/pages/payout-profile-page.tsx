import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatTime,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { Facts, Notice, ProblemNotice, renderPage, Select } from '../../web/index.ts';
import { countryName, countryOptions } from '../countries.ts';
import { payoutProfile } from '../find-payout-profiles.ts';
import { payoutText } from '../payout-messages.ts';
import { type PayoutProfile, payoutProfileSchema } from '../payout-profile.ts';
import { requireParty } from '../require-party.ts';
import { savePayoutProfile } from '../save-payout-profile.ts';
import { type Typed, typedText } from './organisation-fields.tsx';
import { PayoutProfileFields } from './payout-profile-fields.tsx';

const HERE = '/payout-profile';

/** `/payout-profile`: where the party the session acts for is paid. */
export function payoutProfilePage(): Router {
  const router = createRouter();
  router.get(HERE, (c) => render(c));
  router.post(HERE, async (c) => {
    const [user, party] = [await requireUser(c), await requireParty(c)];
    const typed = await formFields(c);
    try {
      const before = await payoutProfile(c.get('k'), party.id);
      // The stored number is not sent to the browser; an empty field keeps it.
      const iban = typed.iban === '' && before ? before.iban : typed.iban;
      const given = checkFields(payoutProfileSchema, { ...typed, iban });
      await savePayoutProfile(c.get('k'), { ...given, partyId: party.id, actor: user.id });
      return c.redirect(`${HERE}?saved`, 303);
    } catch (error) {
      if (error instanceof Problem) return render(c, { typed, problem: error });
      throw error;
    }
  });
  return router;
}

function valuesOf(profile: PayoutProfile | undefined, country: string | null): Typed {
  if (!profile) return { country: country ?? '', taxResidence: country ?? '' };
  const { name, bic, address, taxResidence } = profile;
  return { name, bic: bic ?? '', ...address, taxResidence };
}

async function render(c: HttpContext, again?: { typed: Typed; problem: Problem }) {
  const locale = c.get('locale');
  const words = payoutText(locale);
  const party = await requireParty(c);
  const k = c.get('k');
  const profile = await payoutProfile(k, party.id);
  const zone = (await readInstance(k))?.instance.zone;
  const typed = again?.typed ?? valuesOf(profile, party.country);
  const waiting = profile && profile.usableFrom > k.clock.now() ? profile.usableFrom : undefined;
  const { has } = await c.get('face')();
  const saved = !again && c.req.query('saved') !== undefined;
  return renderPage(
    c,
    { title: words.title, ...(again ? { status: again.problem.status } : {}) },
    <>
      <h1>{words.title}</h1>
      <ProblemNotice problem={again?.problem} locale={locale} beside />
      {saved && <Notice tone="good">{words.saved}</Notice>}
      <p class="lead">{words.intro}</p>
      <p>{words.forWhom(party.name)}</p>
      {!profile && <p>{words.none}</p>}
      {profile && (
        <Facts
          rows={[
            [words.account, words.accountEnd(profile.iban.slice(-4))],
            [words.name, profile.name],
            [words.country, countryName(locale, profile.address.country)],
            [words.since, formatTime(locale, profile.changedAt, zone)],
          ]}
        />
      )}
      {waiting && <Notice tone="warn">{words.waits(formatTime(locale, waiting, zone))}</Notice>}
      <form method="post" action={HERE}>
        <PayoutProfileFields
          locale={locale}
          typed={typed}
          problem={again?.problem}
          ibanEnd={profile?.iban.slice(-4)}
        />
        <Select
          name="taxResidence"
          label={words.taxResidence}
          value={typedText(typed, 'taxResidence')}
          empty={words.choose}
          required
          options={countryOptions(locale)}
        />
        {profile && <p class="hint">{words.changes}</p>}
        <button type="submit">{words.save}</button>
      </form>
      <p>
        {has('/payouts') && (
          <>
            <a href="/payouts">{words.paid}</a> ·{' '}
          </>
        )}
        <a href="/account">{words.back}</a>
      </p>
    </>,
  );
}
