import { createRouter, type HttpContext, type Router, requireInstance } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { requireSite, siteDetails, siteWideReady } from '../../sites/index.ts';
import { Notice, renderPage } from '../../web/index.ts';
import { lookAt } from '../look.ts';
import { lookText } from '../look-messages.ts';
import { offersText } from '../messages.ts';
import { type SiteChannels, siteChannels } from '../site-channels.ts';
import { siteText } from '../site-messages.ts';
import { siteTexts } from '../site-texts.ts';
import { LookPart } from './look-pages.tsx';
import { Everywhere } from './say-everywhere.tsx';
import { Sentences } from './standing-parts.tsx';

/** `/sites/:id/terms` for the owner of a site, `/site/:id` for everybody. */
export function sitePages(): Router {
  const router = createRouter();
  router.get('/sites/:id/terms', ownerPage);
  router.get('/site/:id', publicSitePage);
  return router;
}

async function ownerPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const party = await requireParty(c);
  const { site } = await siteDetails(k, c.req.param('id') ?? '', party.id);
  const words = siteText(locale);
  const title = words.title(site.host);
  const { ready, reasons } = await siteWideReady(k, site.id);
  if (!ready) {
    return renderPage(
      c,
      { title },
      <>
        <h1>{title}</h1>
        <Notice tone="warn">{words.notReady}</Notice>
        <ul>
          {reasons.map((reason) => (
            <li>{words.reasons[reason]}</li>
          ))}
        </ul>
        <p>
          <a href={`/sites/${site.id}`}>{words.toSite}</a>
        </p>
      </>,
    );
  }
  const channels = await siteChannels(k, site.id);
  const { currency } = await requireInstance(k);
  const look =
    c.req.query('look') === 'yes'
      ? await lookAt(k, { url: site.url, expected: channels.permissions, carriers: ['rsl'] })
      : undefined;
  return renderPage(
    c,
    { title, wide: true },
    <>
      <p>
        <a href={`/sites/${site.id}`}>{words.toSite}</a>
      </p>
      <h1>{title}</h1>
      <Terms c={c} channels={channels} currency={currency} />
      {look && (
        <section>
          <h2>{lookText(locale).elsewhere(site.host)}</h2>
          <LookPart locale={locale} look={look} expectedSha256={undefined} place="controlled" />
        </section>
      )}
      <Everywhere
        locale={locale}
        channels={channels}
        texts={siteTexts(channels, look?.robots)}
        merged={look?.robots !== undefined}
        lookHref={`/sites/${site.id}/terms?look=yes`}
      />
    </>,
  );
}

async function publicSitePage(c: HttpContext): Promise<Response> {
  const k = c.get('k');
  const { host } = await requireSite(k, c.req.param('id') ?? '');
  const channels = await siteChannels(k, c.req.param('id') ?? '');
  const { currency } = await requireInstance(k);
  const text = offersText(c.get('locale'));
  const words = siteText(c.get('locale'));
  const title = words.title(host);
  return renderPage(
    c,
    { title },
    <>
      <h1>{title}</h1>
      <p class="lead">{words.publicIntro(host)}</p>
      <Terms c={c} channels={channels} currency={currency} />
      <p>
        <a href={channels.licenseUrl}>{text.publicPage.machine}</a>
      </p>
    </>,
  );
}

function Terms({ c, channels, currency }: { c: HttpContext; channels: SiteChannels; currency: string }) {
  const locale = c.get('locale');
  const text = siteText(locale);
  const { wholeSite, works, site, unsaid } = channels;
  return (
    <section>
      {wholeSite ? (
        <>
          <p>{text.whole}</p>
          <Sentences
            locale={locale}
            terms={wholeSite.effective}
            currency={wholeSite.inForce?.currency ?? currency}
          />
        </>
      ) : (
        <p>{text.noWhole(site.url)}</p>
      )}
      <p>{text.works(works)}</p>
      {unsaid.length > 0 && <Notice tone="warn">{text.unsaid(unsaid.join(', '))}</Notice>}
    </section>
  );
}
