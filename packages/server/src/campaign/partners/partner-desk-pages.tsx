import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  failCommon,
  formatDate,
  formatNumber,
  formFields,
  type HttpContext,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import {
  ActionForm,
  AskFirst,
  commonText,
  Empty,
  Field,
  Notice,
  ProblemNotice,
  renderPage,
  Table,
} from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import { campaignBase } from '../faces/faces.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { MAX_LOGO_BYTES } from './draw-logo.ts';
import { embedLines } from './embed-lines.ts';
import { listModerators } from './invite-moderator.ts';
import { changeModerators, ModeratorList } from './moderator-pages.tsx';
import { partnerText } from './partner-messages.ts';
import { changePartner, createPartner, leavePartner } from './save-partner.ts';
import { setPartnerLogo } from './show-logo.ts';
import { listPartners, partnerCounts, showPartner } from './show-partners.ts';
import type { Partner } from './store-partners.ts';

const HERE = '/operator/campaign/partners';

/** `/operator/campaign/partners`: who asks on pages of its own, with which words, shown how. */
export function partnerDeskPages(): Router {
  const router = createRouter();
  router.get(HERE, (c) => index(c, {}));
  router.post(HERE, async (c) => {
    const { id: by } = await requireOperator(c);
    const fields = await formFields(c);
    try {
      await createPartner(c.get('k'), { ...words(fields), source: String(fields.source ?? ''), by });
      return c.redirect(`${HERE}/${String(fields.source).trim()}`, 303);
    } catch (error) {
      if (error instanceof Problem) return index(c, fields, error);
      throw error;
    }
  });
  router.get(`${HERE}/:source`, (c) => one(c));
  for (const [path, act] of ACTS)
    router.post(`${HERE}/:source${path}`, async (c) => {
      const { id: by } = await requireOperator(c);
      const partner = await showPartner(c.get('k'), c.req.param('source'));
      try {
        await act(c, partner, by);
      } catch (error) {
        if (error instanceof Problem) return one(c, error);
        throw error;
      }
      return c.redirect(`${HERE}/${partner.source}?done`, 303);
    });
  return router;
}

type Act = (c: HttpContext, partner: Partner, by: string) => Promise<void>;
const ACTS: readonly (readonly [string, Act])[] = [
  ['', async (c, { id }, by) => changePartner(c.get('k'), { ...words(await formFields(c)), id, by })],
  ['/end', (c, { id }, by) => leavePartner(c.get('k'), { id, by })],
  ['/moderators', (c, { id }, by) => changeModerators(c, { partnerId: id, by })],
  ['/logo', takeLogo],
  ['/logo/remove', (c, { id }, by) => setPartnerLogo(c.get('k'), { id, file: undefined, by })],
];

async function takeLogo(c: HttpContext, { id }: Partner, by: string): Promise<void> {
  const upload = await readUpload(c, { maxBytes: MAX_LOGO_BYTES });
  try {
    if (!upload.file) throw failCommon('malformed-body');
    await setPartnerLogo(c.get('k'), { id, file: upload.file, by });
  } finally {
    await upload.discard();
  }
}

function words(fields: FormValues) {
  const text = (name: string) => String(fields[name] ?? '');
  return {
    name: text('name'),
    hosts: text('hosts'),
    consentEn: text('consentEn'),
    consentDe: text('consentDe'),
  };
}

async function index(c: HttpContext, values: FormValues, problem?: Problem) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = partnerText(locale).desk;
  const partners = await listPartners(k);
  const counts = await Promise.all(partners.map(({ id }) => partnerCounts(k, id)));
  return renderPage(
    c,
    { title: text.title, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{deskText(locale).desk.back}</a>
      </p>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {partners.length === 0 ? (
        <Empty title={text.none}>
          <p>{text.noneText}</p>
        </Empty>
      ) : (
        <Table
          caption={text.title}
          captionHidden
          head={[text.name, text.source, text.signed, text.state]}
          numbers={[2]}
          rows={partners.map((partner, i) => [
            <a href={`${HERE}/${partner.source}`}>
              <bdi>{partner.name}</bdi>
            </a>,
            <code>{partner.source}</code>,
            formatNumber(locale, counts[i]!.confirmed),
            partner.leftAt ? text.left(formatDate(locale, partner.leftAt)) : text.active,
          ])}
        />
      )}
      <h2>{text.create}</h2>
      <form method="post" action={HERE}>
        <Field
          name="source"
          label={text.source}
          hint={text.sourceHint}
          value={String(values.source ?? '')}
          required
          maxLength={40}
        />
        <Words c={c} values={values} />
        <button type="submit">{text.create}</button>
      </form>
    </>,
  );
}

function Words({ c, values }: { c: HttpContext; values: FormValues }) {
  const text = partnerText(c.get('locale')).desk;
  const value = (name: string) => String(values[name] ?? '');
  return (
    <>
      <Field name="name" label={text.name} value={value('name')} required maxLength={120} />
      <Field
        name="hosts"
        label={text.hosts}
        hint={text.hostsHint}
        value={value('hosts')}
        rows={3}
        required
        maxLength={4_000}
      />
      <p class="hint">{text.consentHint}</p>
      <Field
        name="consentEn"
        label={text.consentEn}
        value={value('consentEn')}
        rows={2}
        required
        lang="en"
        maxLength={400}
      />
      <Field
        name="consentDe"
        label={text.consentDe}
        value={value('consentDe')}
        rows={2}
        required
        lang="de"
        maxLength={400}
      />
    </>
  );
}

async function one(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = partnerText(locale).desk;
  const partner = await showPartner(k, c.req.param('source') ?? '');
  const { source, consent } = partner;
  const path = `${HERE}/${source}`;
  return renderPage(
    c,
    { title: partner.name, ...(problem ? { status: problem.status, headers: problem.headers } : {}) },
    <>
      <p>
        <a href={HERE}>{text.back}</a>
      </p>
      <h1>
        <bdi>{partner.name}</bdi>
      </h1>
      <ProblemNotice problem={problem} locale={locale} />
      {c.req.query('done') !== undefined && !problem && (
        <Notice tone="good">
          <p>{text.done}</p>
        </Notice>
      )}
      {partner.leftAt && (
        <Notice tone="warn">
          <p>{text.left(formatDate(locale, partner.leftAt))}</p>
        </Notice>
      )}
      <p>
        <a href={`/partner/${source}`}>{text.area}</a>
      </p>
      {!partner.leftAt && (
        <>
          <h2>{text.embed}</h2>
          <p>{text.embedHint}</p>
          <pre>
            <code>{embedLines(await campaignBase(k), source, locale, text.sign)}</code>
          </pre>
          <h2>{text.version(consent.version)}</h2>
          <form method="post" action={path}>
            <Words
              c={c}
              values={{
                name: partner.name,
                hosts: partner.hosts.join('\n'),
                consentEn: consent.texts.en,
                consentDe: consent.texts.de,
              }}
            />
            <button type="submit">{text.save}</button>
          </form>
          <h2>{text.logo}</h2>
          {partner.logoSha256 && (
            <p>
              <img src={`/logos/${partner.logoSha256}.png`} alt={partner.name} class="logo" />
            </p>
          )}
          <form method="post" action={`${path}/logo`} enctype="multipart/form-data">
            <Field
              name="file"
              type="file"
              label={text.logo}
              hint={text.logoHint}
              accept="image/png,image/jpeg,image/webp"
              required
            />
            <button type="submit">{text.logoButton}</button>
          </form>
          {partner.logoSha256 && <ActionForm action={`${path}/logo/remove`} label={text.logoRemove} />}
          <h2>{text.moderators}</h2>
          <ModeratorList
            locale={locale}
            action={`${path}/moderators`}
            list={await listModerators(k, partner.id)}
          />
          <h2>{text.end}</h2>
          <AskFirst label={text.end} title={text.end} cancel={commonText(locale).back} tone="danger">
            <p>{text.endHint}</p>
            <ActionForm action={`${path}/end`} label={text.endButton} tone="danger" />
          </AskFirst>
        </>
      )}
    </>,
  );
}
