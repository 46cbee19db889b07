import { contentUsage, tdmReservation } from '@clearway/signals';
import type { Locale } from '../../kernel/index.ts';
import { HOST_KINDS, HOST_TEXTS, type HostKind, hostText } from '../host-kinds.ts';
import { reservations } from '../reservations.ts';
import type { SiteChannels } from '../site-channels.ts';
import { siteText } from '../site-messages.ts';
import type { SiteTexts } from '../site-texts.ts';

type Props = {
  readonly locale: Locale;
  readonly channels: SiteChannels;
  readonly texts: SiteTexts;
  /** True where the robots.txt that is there was read, so that the text is the whole new file. */
  readonly merged: boolean;
  readonly lookHref: string;
};

/** One choice, to be copied for the kind of host a site has; every text says the same. */
export function Everywhere({ locale, channels, texts, merged, lookHref }: Props) {
  const [text, words] = [hostText(locale), siteText(locale)];
  const reserved = tdmReservation(channels.permissions) === 1;
  return (
    <>
      <section>
        <h2>{text.title}</h2>
        <p>{text.intro}</p>
        {channels.parts.length > 0 && <p>{text.partsNote}</p>}
        {HOST_KINDS.map((kind) => (
          <details>
            <summary>{text.name[kind]}</summary>
            <p>{text.where[kind]}</p>
            {kind === 'none' ? (
              <p>
                <a href="/works">{text.works}</a>
              </p>
            ) : (
              <>
                <HostTexts locale={locale} kind={kind} merged={merged} />
                <p>
                  <a href={lookHref}>{text.look}</a>
                </p>
              </>
            )}
          </details>
        ))}
      </section>
      <section>
        <h2>{words.copy}</h2>
        <Copy id="robots" title={merged ? text.robotsWhole : words.robots} content={texts.robots} />
        <Copy id="head" title={words.html} content={texts.head} />
        <Copy title={words.tdmrep} content={texts.tdmrep} />
        {texts.feed !== undefined && <Copy title={words.feed} content={texts.feed} />}
        <Copy title={words.xmp} content={texts.xmp} />
        {texts.servers.map(({ server, content }) => (
          <Copy id={idOf(server)} title={`${words.link} · ${server}`} content={content} />
        ))}
        <Copy title={words.document} content={channels.licenseUrl} />
        {contentUsage(channels.permissions) === undefined && <p>{words.noAipref}</p>}
        <details>
          <summary>{text.linkOnly}</summary>
          <p>{text.linkOnlyWhy}</p>
          {texts.linkOnly.map(({ server, content }) => (
            <Copy title={server} content={content} />
          ))}
        </details>
      </section>
      {reserved && <Law locale={locale} licenseUrl={channels.licenseUrl} />}
      <p>
        <a href={lookHref}>{text.look}</a>
      </p>
    </>
  );
}

/** Which of the texts below belong there. Each stands on the page once: there are ten kinds of host. */
function HostTexts({ locale, kind, merged }: { locale: Locale; kind: HostKind; merged: boolean }) {
  const [text, words] = [hostText(locale), siteText(locale)];
  const links = HOST_TEXTS[kind].flatMap((one) => {
    if (one === 'head') return [{ id: 'head', title: words.html }];
    if (one === 'robots') return [{ id: 'robots', title: merged ? text.robotsWhole : words.robots }];
    return BELONGS[one].map((server) => ({ id: idOf(server), title: `${words.link} · ${server}` }));
  });
  return (
    <ul>
      {links.map(({ id, title }) => (
        <li>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  );
}

function idOf(server: string): string {
  return `for-${server.toLowerCase().replaceAll(' ', '-')}`;
}

const BELONGS: { readonly [K in 'servers' | 'pages' | 'cloudflare']: readonly string[] } = {
  servers: ['nginx', 'Caddy', 'Apache'],
  pages: ['Cloudflare Pages'],
  cloudflare: ['Cloudflare'],
};

function Law({ locale, licenseUrl }: { locale: Locale; licenseUrl: string }) {
  const text = hostText(locale);
  return (
    <section>
      <h2>{text.law}</h2>
      <p>{text.lawWhy}</p>
      {reservations(licenseUrl).map(({ law, lang, sentence, reviewed }) => (
        <>
          <h3>{law}</h3>
          <blockquote lang={lang}>{sentence}</blockquote>
          <p class="hint">{text.reviewed(reviewed.on, reviewed.by)}</p>
        </>
      ))}
    </section>
  );
}

function Copy({ id, title, content }: { id?: string; title: string; content: string }) {
  return (
    <>
      <h3 id={id}>{title}</h3>
      <pre>{content}</pre>
    </>
  );
}
