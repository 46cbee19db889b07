import { requireOperator } from '../../identity/index.ts';
import {
  createRouter,
  failCommon,
  type HttpContext,
  type Kernel,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { ActionForm, Field, ProblemNotice, renderPage } from '../../web/index.ts';
import { deskText } from '../desk-messages.ts';
import { MAX_LOGO_BYTES } from './draw-logo.ts';
import { partnerText } from './partner-messages.ts';
import { campaignLogo, readLogo, setCampaignLogo } from './show-logo.ts';
import { listPartners } from './show-partners.ts';

const HERE = '/operator/campaign/logo';

/** `/logos/…`: the pictures that are shown now; `/operator/campaign/logo`: the campaign's own. */
export function logoPages(): Router {
  const router = createRouter();
  router.get('/logos/:file', async (c) => {
    const sha256 = /^([0-9a-f]{64})\.png$/.exec(c.req.param('file'))?.[1];
    const png = sha256 && (await readLogo(c.get('k'), sha256));
    if (!png) return c.notFound();
    return c.body(png as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': 'image/png',
      'Cache-Control': 'public, max-age=300',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    });
  });
  router.get(HERE, (c) => page(c));
  router.post(HERE, async (c) => {
    const { id: by } = await requireOperator(c);
    const upload = await readUpload(c, { maxBytes: MAX_LOGO_BYTES }).catch((error: unknown) => {
      if (error instanceof Problem) return error;
      throw error;
    });
    if (upload instanceof Problem) return page(c, upload);
    try {
      if (!upload.file) throw failCommon('malformed-body');
      await setCampaignLogo(c.get('k'), { file: upload.file, by });
      return c.redirect(HERE, 303);
    } catch (error) {
      if (error instanceof Problem) return page(c, error);
      throw error;
    } finally {
      await upload.discard();
    }
  });
  router.post(`${HERE}/remove`, async (c) => {
    const { id: by } = await requireOperator(c);
    await setCampaignLogo(c.get('k'), { file: undefined, by });
    return c.redirect(HERE, 303);
  });
  return router;
}

async function page(c: HttpContext, problem?: Problem) {
  await requireOperator(c);
  const locale = c.get('locale');
  const text = partnerText(locale).desk;
  const logo = await campaignLogo(c.get('k'));
  return renderPage(
    c,
    { title: text.logo, ...(problem ? { status: problem.status } : {}) },
    <>
      <p>
        <a href="/operator/campaign">{deskText(locale).desk.back}</a>
      </p>
      <h1>{text.logo}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {logo && (
        <>
          <p>
            <img src={`/logos/${logo}.png`} alt={text.logo} class="logo" />
          </p>
          <ActionForm action={`${HERE}/remove`} label={text.logoRemove} />
        </>
      )}
      <form method="post" action={HERE} enctype="multipart/form-data">
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
    </>,
  );
}

/** The campaign's logo where its words stand. */
export async function CampaignLogo({ k, alt }: { k: Kernel; alt: string }) {
  const sha256 = await campaignLogo(k);
  if (!sha256) return null;
  return (
    <p>
      <img src={`/logos/${sha256}.png`} alt={alt} class="logo" />
    </p>
  );
}

/** Who carries the campaign, by logo where there is one. */
export async function PartnerLogos({ k, title }: { k: Kernel; title: string }) {
  const partners = (await listPartners(k)).filter(({ leftAt }) => leftAt === null);
  if (partners.length === 0) return null;
  return (
    <section aria-labelledby="partners">
      <h2 id="partners">{title}</h2>
      <ul class="partners">
        {partners.map(({ name, hosts, logoSha256 }) => (
          <li>
            <a href={`https://${hosts[0]}/`} rel="noopener">
              {logoSha256 ? (
                <img src={`/logos/${logoSha256}.png`} alt={name} class="logo" />
              ) : (
                <bdi>{name}</bdi>
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
