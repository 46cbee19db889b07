import { openLicense } from '@clearway/protocol';
import { requireUser } from '../../identity/index.ts';
import {
  createRouter,
  failCommon,
  formatDate,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import {
  ActionForm,
  AskFirst,
  Badge,
  commonText,
  Empty,
  Facts,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { scopeText } from '../license-document.ts';
import { declareCopies, readManifest } from '../licensed-files.ts';
import { SIGNING_PURPOSE } from '../make-agreement.ts';
import { licensingText } from '../messages.ts';
import { type AgreementState, agreementState } from '../model.ts';
import { namingText } from '../naming-messages.ts';
import { listAgreements, readAgreement, readLicense } from '../read-agreement.ts';
import { listQuotes } from '../read-quote.ts';
import { revokeAgreement } from '../revoke-agreement.ts';
import { asCompany } from './as-company.ts';
import { linePrice, TermsLink, WorkLink } from './parts.tsx';

const TONE = { 'in-force': 'good', ended: 'info', revoked: 'bad' } as const satisfies Record<
  AgreementState,
  string
>;

/** `/agreements`, `/agreements/:id` for the licensee; `/licenses/:secret` for whoever has the address. */
export function agreementPages(): Router {
  const router = createRouter();
  router.get('/agreements', listPage);
  router.get('/agreements/:id', (c) => detailPage(c));
  router.post('/agreements/:id/copies', (c) => act(c, declare));
  router.post('/agreements/:id/end', (c) => act(c, end));
  router.get('/licenses/:secret', licensePage);
  router.get('/licenses/:secret/license.jws', async (c) => {
    const { agreement } = await readLicense(c.get('k'), c.req.param('secret'));
    return c.body(agreement.document, 200, {
      'Content-Type': 'application/jose',
      'Content-Disposition': `attachment; filename="license-${agreement.id}.jws"`,
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    });
  });
  return router;
}

async function listPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const party = await requireParty(c);
  const { zone } = await requireInstance(k);
  const text = licensingText(locale);
  const words = text.agreements;
  const now = k.clock.now();
  const agreements = await listAgreements(k, { licenseeId: party.id, before: c.req.query('before') });
  const quotes = (await listQuotes(k, party.id)).filter(
    ({ acceptedAt, expiresAt }) => acceptedAt === null && expiresAt > now,
  );
  const date = (at: Date) => formatDate(locale, at, zone);
  return renderPage(
    c,
    { title: words.title },
    <>
      <h1>{words.title}</h1>
      {agreements.length === 0 ? (
        <Empty title={words.none}>
          <p>{words.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          head={[words.head.made, words.head.what, words.head.until, words.head.state, words.head.page]}
          rows={agreements.map((one) => [
            date(one.madeAt),
            `${text.use[one.use]}, ${text.unit[one.unit]}`,
            date(one.endsAt),
            words.state[agreementState(one, now)],
            <a href={`/agreements/${one.id}`}>{words.open}</a>,
          ])}
        />
      )}
      {quotes.length > 0 && (
        <Table
          caption={words.quotes}
          head={[words.quotesHead.made, words.quotesHead.what, words.quotesHead.until]}
          rows={quotes.map((one) => [
            date(one.createdAt),
            <a href={`/quotes/${one.id}`}>{`${text.use[one.use]}, ${text.unit[one.unit]}`}</a>,
            date(one.expiresAt),
          ])}
        />
      )}
      <p>
        <a href="/catalogue">{words.toCatalogue}</a> · <a href="/clients">{text.catalogue.clients}</a> ·{' '}
        <a href="/invoices">{words.toInvoices}</a> · <a href="/publicity">{namingText(locale).link}</a>
      </p>
    </>,
  );
}

type Act = (
  c: HttpContext,
  who: { agreementId: string; licenseeId: string; userId: string },
) => Promise<void>;

async function act(c: HttpContext, body: Act): Promise<Response> {
  const user = await requireUser(c);
  const agreementId = c.req.param('id') ?? '';
  const { party } = await asCompany(c, (licenseeId) =>
    readAgreement(c.get('k'), { agreementId, licenseeId }),
  );
  try {
    await body(c, { agreementId, licenseeId: party.id, userId: user.id });
    return c.redirect(`/agreements/${agreementId}?done=yes`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.code === 'agreement-unknown') throw error;
    return detailPage(c, error);
  }
}

const declare: Act = async (c, who) => {
  const typed = String((await formFields(c)).sha256s ?? '').slice(0, 100_000);
  const sha256s = typed
    .split(/\s+/)
    .filter((one) => one !== '')
    .map((one) => one.toLowerCase());
  if (sha256s.length === 0 || sha256s.length > 1_000 || sha256s.some((one) => !/^[0-9a-f]{64}$/.test(one)))
    throw failCommon('invalid-input', { detail: 'SHA-256' });
  await declareCopies(c.get('k'), { ...who, sha256s });
};

const end: Act = async (c, { agreementId, userId, licenseeId }) => {
  const reason = String((await formFields(c)).reason ?? '').slice(0, 2_000);
  // Only one's own is ended from this page, also by the operator.
  await readAgreement(c.get('k'), { agreementId, licenseeId });
  await revokeAgreement(c.get('k'), { agreementId, userId, operator: false, reason });
};

async function detailPage(c: HttpContext, problem?: Problem): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const agreementId = c.req.param('id') ?? '';
  const { found, party } = await asCompany(c, (licenseeId) => readAgreement(k, { agreementId, licenseeId }));
  const { agreement, works } = found;
  const { zone } = await requireInstance(k);
  const text = licensingText(locale);
  const words = text.agreements;
  const state = agreementState(agreement, k.clock.now());
  const running = state === 'in-force';
  const files = running ? (await readManifest(k, { agreementId, licenseeId: party.id })).files : [];
  return renderPage(
    c,
    { title: words.title, status: problem?.status ?? 200 },
    <>
      <h1>{text.use[agreement.use]}</h1>
      {c.req.query('done') === 'yes' && <Notice tone="good">{words.done}</Notice>}
      <ProblemNotice problem={problem} locale={locale} />
      <p>
        <Badge tone={TONE[state]}>{words.state[state]}</Badge> {text.unit[agreement.unit]},{' '}
        {formatDate(locale, agreement.madeAt, zone)} – {formatDate(locale, agreement.endsAt, zone)}
      </p>
      <p>
        <a href={`/licenses/${agreement.secret}`}>{words.license}</a>
      </p>
      <Table
        caption={text.license.works}
        head={[text.license.worksHead.work, text.license.worksHead.terms, text.license.worksHead.price]}
        rows={works.map((work) => [
          <WorkLink {...work} />,
          <TermsLink line={work} locale={locale} />,
          linePrice(locale, work, agreement.unit, agreement.currency),
        ])}
      />
      {running && files.length === 0 && <p>{words.noFiles}</p>}
      {files.length > 0 && (
        <>
          <Table
            caption={words.files}
            head={[words.filesHead.work, words.filesHead.file, words.filesHead.get]}
            rows={files.map((file) => [
              <WorkLink {...file} />,
              <code>{file.sha256}</code>,
              <>
                {file.path === null ? words.fingerprintOnly : <a href={file.path}>{words.download}</a>}
                {file.declared && ` · ${words.declared}`}
              </>,
            ])}
          />
          <form method="post" action={`/agreements/${agreement.id}/copies`}>
            <Field name="sha256s" label={words.copies} rows={4} required />
            <button type="submit">{words.declare}</button>
          </form>
        </>
      )}
      {running && (
        <section>
          <h2>{words.end}</h2>
          <AskFirst label={words.end} title={words.endSure} cancel={commonText(locale).keep} tone="danger">
            <p>{words.endHint}</p>
            <ActionForm action={`/agreements/${agreement.id}/end`} label={words.end} tone="danger">
              <Field name="reason" label={words.reason} maxLength={2_000} />
            </ActionForm>
          </AskFirst>
        </section>
      )}
    </>,
  );
}

/** What the signed document says; the page adds only whether it still holds. */
async function licensePage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { agreement, works } = await readLicense(k, c.req.param('secret') ?? '');
  const key = await k.keys.signing(SIGNING_PURPOSE);
  const license = await openLicense(agreement.document, (kid) =>
    kid === key.kid ? key.publicKey : undefined,
  );
  const { zone } = await requireInstance(k);
  const text = licensingText(locale);
  const words = text.license;
  const state = agreementState(agreement, k.clock.now());
  const { modelScope } = agreement;
  return renderPage(
    c,
    { title: words.title, headers: { 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' } },
    <>
      <h1>{words.title}</h1>
      <Facts
        rows={[
          [words.state, <Badge tone={TONE[state]}>{text.agreements.state[state]}</Badge>],
          [
            words.licensee,
            <>
              {license.licensee.name} <code>{license.licensee.id}</code>
            </>,
          ],
          [words.licensors, license.licensors.map(({ name }) => name).join(', ')],
          [words.use, `${text.use[agreement.use]}, ${text.unit[agreement.unit]}`],
          ...(modelScope ? [[words.model, scopeText(modelScope)] as const] : []),
          [
            words.period,
            `${formatDate(locale, agreement.madeAt, zone)} – ${formatDate(locale, agreement.endsAt, zone)}`,
          ],
          [words.hash, <code>{agreement.documentSha256}</code>],
        ]}
      />
      <Table
        caption={words.works}
        head={[words.worksHead.work, words.worksHead.terms, words.worksHead.price]}
        rows={works.map((work) => [
          <WorkLink {...work} />,
          <>
            <TermsLink line={work} locale={locale} /> <code>{work.offerSha256}</code>
          </>,
          linePrice(locale, work, agreement.unit, agreement.currency),
        ])}
      />
      <p>{words.says}</p>
      <p>
        <a href={`/licenses/${agreement.secret}/license.jws`}>{words.download}</a>
      </p>
      <p class="hint">
        {words.verify} <a href="/api/licensing-keys">{words.key}</a>
      </p>
    </>,
  );
}
