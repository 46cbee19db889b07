import { rslMediaType } from '@clearway/rsl';
import { noai, tdmHeaders } from '@clearway/signals';
import {
  createRouter,
  formatDate,
  type HttpContext,
  type Instance,
  type Locale,
  type Router,
  requireInstance,
} from '../../kernel/index.ts';
import { Badge, Facts, Notice, renderPage } from '../../web/index.ts';
import { type PublicWork, publicWork, worksText } from '../../works/index.ts';
import { termsChanges } from '../compare-terms.ts';
import { offersText } from '../messages.ts';
import type { OfferDocument } from '../offer-document.ts';
import { readStanding, type Standing } from '../read-standing.ts';
import { namesErased, publicVersion, type Version, versionsOf } from '../read-versions.ts';
import { type WorkChannels, workAddresses, workChannels } from '../work-channels.ts';
import { Changes, Reasons, Sentences, StandingBadge, TermsText } from './standing-parts.tsx';

/** The public page of a work and of its versions. */
export function publicPages(): Router {
  const router = createRouter();
  router.get('/w/:id', workPage);
  router.get('/w/:id/versions', versionsPage);
  router.get('/w/:id/versions/:number', versionPage);
  return router;
}

async function workPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const instance = await requireInstance(k);
  const shown = await publicWork(k, c.req.param('id') ?? '');
  const standing = await readStanding(k, shown.work.id);
  const channels = workChannels(standing, k.site.baseUrl, instance.currency);
  const title = shown.work.title || offersText(locale).publicPage.untitled;
  const head = <MachineHead channels={channels} baseUrl={k.site.baseUrl} workId={shown.work.id} />;
  return renderPage(
    c,
    { title, head, headers: channels.headers },
    <WorkPage
      locale={locale}
      title={title}
      shown={shown}
      standing={standing}
      instance={instance}
      baseUrl={k.site.baseUrl}
    />,
  );
}

/** The same as the headers say, for readers of the page alone. */
function MachineHead(props: { channels: WorkChannels; baseUrl: string; workId: string }) {
  const { channels, baseUrl, workId } = props;
  const tdm = tdmHeaders(channels.permissions, workAddresses(baseUrl, workId).policy);
  const robots = noai(channels.permissions);
  return (
    <>
      <link rel="license" type={rslMediaType} href={channels.licenseUrl} />
      {Object.entries(tdm).map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      {robots && <meta name="robots" content={robots} />}
    </>
  );
}

type WorkPageProps = {
  readonly locale: Locale;
  readonly title: string;
  readonly shown: PublicWork;
  readonly standing: Standing;
  readonly instance: Instance;
  readonly baseUrl: string;
};

function WorkPage({ locale, title, shown, standing, instance, baseUrl }: WorkPageProps) {
  const text = offersText(locale).publicPage;
  const { work, identifiers } = shown;
  const names = shown.holders.flatMap(({ name }) => (name ? [name] : []));
  const { inForce, waiting } = standing;
  const addresses = workAddresses(baseUrl, work.id);
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">
        {worksText(locale).type[work.type]} · {text.by}{' '}
        {names.length > 0 ? [...new Set(names)].join(', ') : text.nobody}
      </p>
      {work.state === 'withdrawn' && <Notice tone="warn">{text.withdrawn}</Notice>}
      <p>
        <StandingBadge locale={locale} standing={standing} />
      </p>
      <section>
        <h2>{text.now}</h2>
        <Sentences
          locale={locale}
          terms={standing.effective}
          currency={inForce?.currency ?? instance.currency}
        />
        {waiting && <p>{text.waiting(waiting.version)}</p>}
      </section>
      {standing.reasons.length > 0 && (
        <section>
          <h2>{text.why}</h2>
          <Reasons locale={locale} standing={standing} named={false} />
        </section>
      )}
      <section>
        <h2>{text.terms}</h2>
        {inForce && (
          <>
            <p>{text.version(inForce.version, formatDate(locale, inForce.publishedAt, instance.zone))}</p>
            <ul>
              <li>
                <a href={addresses.terms}>{text.text}</a>
              </li>
              <li>
                <a href={`${addresses.page}/offer.json`}>{text.data}</a>
              </li>
            </ul>
          </>
        )}
        <p>
          <a href={addresses.license}>{text.machine}</a> · <a href={addresses.versions}>{text.versions}</a>
        </p>
      </section>
      <section id="ask">
        <h2>{text.ask}</h2>
        {standing.agreed[0] && (
          <p>
            <a href={`/catalogue?use=${standing.agreed[0]}&work=${standing.workId}`}>{text.take}</a>
          </p>
        )}
        <p>{text.askHow(instance.operator.name, instance.operator.complaintsContact)}</p>
      </section>
      <Facts rows={identifiers.map(({ scheme, display }) => [scheme.toUpperCase(), display] as const)} />
      <p class="hint">{text.declared}</p>
      {inForce && (
        <p class="hint">
          {text.hash}: <code>{inForce.sha256}</code>
        </p>
      )}
    </>
  );
}

async function versionsPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const { work } = await publicWork(k, c.req.param('id') ?? '');
  const instance = await requireInstance(k);
  const versions = await versionsOf(k, work.id);
  const all = offersText(locale);
  const text = all.versions;
  const hidden = await Promise.all(versions.map((one) => namesErased(k, one)));
  const title = text.title(work.title || all.publicPage.untitled);
  return renderPage(
    c,
    { title },
    <>
      <p>
        <a href={`/w/${work.id}`}>{text.back}</a>
      </p>
      <h1>{title}</h1>
      {versions.length === 0 && <p>{text.none}</p>}
      {versions.map((one, i) => (
        <section>
          <h2>
            <a href={`/w/${work.id}/versions/${one.version}`}>
              {all.publicPage.version(one.version, formatDate(locale, one.publishedAt, instance.zone))}
            </a>
          </h2>
          <p>
            <Badge tone={one.state === 'in-force' ? 'good' : 'info'}>{all.versionState[one.state]}</Badge>
          </p>
          {hidden[i] ? (
            <p>{text.hidden}</p>
          ) : (
            <Difference locale={locale} one={one} before={versions[i + 1]} />
          )}
        </section>
      ))}
    </>,
  );
}

function Difference(props: { locale: Locale; one: Version; before: Version | undefined }) {
  const { locale, one, before } = props;
  const text = offersText(locale).versions;
  const changes = termsChanges(locale, before, one);
  return (
    <>
      <p>{before ? text.changed : text.first}</p>
      {changes.length === 0 ? <p>{text.noOfferChange}</p> : <Changes locale={locale} changes={changes} />}
      <p class="hint">
        SHA-256 <code>{one.sha256}</code>
      </p>
    </>
  );
}

async function versionPage(c: HttpContext): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const offer = await publicVersion(k, c.req.param('id') ?? '', c.req.param('number'));
  const document = JSON.parse(offer.document) as OfferDocument;
  const all = offersText(locale);
  return renderPage(
    c,
    { title: all.versions.title(document.work.title) },
    <>
      <p>
        <a href={`/w/${offer.workId}/versions`}>{all.publicPage.versions}</a>
      </p>
      <h1>{all.versions.title(document.work.title)}</h1>
      <p>
        <Badge tone={offer.state === 'in-force' ? 'good' : 'info'}>{all.versionState[offer.state]}</Badge>
      </p>
      <TermsText text={document.text[locale]} />
      <p>
        <a href={`/w/${offer.workId}/versions/${offer.version}/offer.txt`}>{all.publicPage.text}</a> ·{' '}
        <a href={`/w/${offer.workId}/versions/${offer.version}/offer.json`}>{all.publicPage.data}</a>
      </p>
      <p class="hint">
        {all.publicPage.hash}: <code>{offer.sha256}</code>
      </p>
    </>,
  );
}
