import { networkOf } from '../../identity/index.ts';
import {
  checkFields,
  clientAddress,
  createRouter,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
} from '../../kernel/index.ts';
import { countryName, craftName } from '../../parties/index.ts';
import { Choices, Facts, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import type { Signature } from '../model.ts';
import { Checks } from '../roster/basis-view.tsx';
import { proofOf } from '../roster/show-proof.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { OpenGraph } from '../spread/share-pages.tsx';
import { spreadText } from '../spread/spread-messages.ts';
import { GROUNDS, reportEntry, reportSchema } from '../wall/report-entry.ts';
import { showEntry } from '../wall/show-entry.ts';

/** `/signed/:id`: one entry with what was checked, by method and date; and the way to report it. */
export function entryPages(): Router {
  const router = createRouter();
  router.get('/signed/:id', async (c) => {
    const { signature, checks } = await showEntry(c.get('k'), c.req.param('id'));
    const locale = c.get('locale');
    const text = deskText(locale).entry;
    return renderPage(
      c,
      {
        title: signature.name,
        head: (
          <OpenGraph
            k={c.get('k')}
            locale={locale}
            signature={signature}
            title={spreadText(locale).share.cardAlt(signature.name)}
          />
        ),
      },
      <>
        <h1>
          <bdi>{signature.name}</bdi>
        </h1>
        <EntryFacts locale={locale} signature={signature} featured={checks.length > 0} />
        <h2>{text.checks}</h2>
        <Checks
          locale={locale}
          signature={signature}
          checks={checks}
          proof={await proofOf(c.get('k'), signature)}
        />
        <p class="hint">{text.limits}</p>
        <p>
          <a href="/wall">{text.wall}</a> ·{' '}
          <a href={`/signed/${signature.id}/share`}>{spreadText(locale).share.link}</a> ·{' '}
          <a href={`/signed/${signature.id}/report`}>{text.report}</a>
        </p>
      </>,
    );
  });
  router.get('/signed/:id/report', (c) => form(c, {}));
  router.post('/signed/:id/report', async (c) => {
    const fields = await formFields(c);
    try {
      const report = checkFields(reportSchema, fields);
      const about = { ...report, signatoryId: c.req.param('id'), locale: c.get('locale') };
      await reportEntry(c.get('k'), about, networkOf(clientAddress(c)));
    } catch (error) {
      if (error instanceof Problem && error.code !== 'entry-unknown') return form(c, fields, error);
      throw error;
    }
    return c.redirect(`${c.req.path}?done`, 303);
  });
  return router;
}

/** `featured`: a check stands, without which nobody is. */
function EntryFacts(props: { locale: Locale; signature: Signature; featured: boolean }) {
  const { locale, signature, featured } = props;
  const text = deskText(locale).entry;
  const rows: (readonly [string, string | null])[] = [
    [text.craft, `${craftName(locale, signature.craft)} (${text.kinds[signature.kind]})`],
    [text.town, signature.town],
    [text.country, countryName(locale, signature.country)],
    [text.affiliation, signature.affiliation],
    [text.note, signature.note],
    [text.members, signature.members === null ? null : formatNumber(locale, signature.members)],
    [text.signedOn, formatDate(locale, signature.consentedAt)],
    [text.featured, featured && signature.featuredAt ? formatDate(locale, signature.featuredAt) : null],
  ];
  return <Facts rows={rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))} />;
}

async function form(c: HttpContext, values: FormValues, problem?: Problem) {
  const locale = c.get('locale');
  const text = deskText(locale).report;
  const { signature } = await showEntry(c.get('k'), c.req.param('id') ?? '');
  if (c.req.query('done') !== undefined)
    return renderPage(
      c,
      { title: text.doneTitle },
      <>
        <h1>{text.doneTitle}</h1>
        <p>{text.done}</p>
      </>,
    );
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">
        <bdi>{signature.name}</bdi>
      </p>
      <p>{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <form method="post" action={c.req.path}>
        <Choices
          name="ground"
          legend={text.ground}
          required
          value={String(values.ground ?? '')}
          options={GROUNDS.map((ground) => ({ value: ground, label: text.grounds[ground] }))}
        />
        <Field
          name="words"
          label={text.words}
          hint={text.wordsHint}
          rows={5}
          required
          maxLength={2_000}
          value={String(values.words ?? '')}
        />
        <Field
          name="email"
          type="email"
          label={text.email}
          hint={text.emailHint}
          autocomplete="email"
          maxLength={300}
          value={String(values.email ?? '')}
        />
        <button type="submit">{text.send}</button>
      </form>
    </>,
  );
}
