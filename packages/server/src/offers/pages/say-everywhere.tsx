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
            <HostTexts locale={locale} kind={kind} texts={texts} merged={merged} />
            {kind === 'none' ? (
              <p>
                <a href="/works">{text.works}</a>
              </p>
            ) : (
              <p>
                <a href={lookHref}>{text.look}</a>
              </p>
            )}
          </details>
        ))}
      </section>
      <section>
        <h2>{words.copy}</h2>
        <Copy title={merged ? text.robotsWhole : words.robots} content={texts.robots} />
        <Copy title={words.html} content={texts.head} />
        <Copy title={words.tdmrep} content={texts.tdmrep} />
        {texts.feed !== undefined && <Copy title={words.feed} content={texts.feed} />}
        <Copy title={words.xmp} content={texts.xmp} />
        {texts.servers.map(({ server, content }) => (
          <Copy title={`${words.link} · ${server}`} content={content} />
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

function HostTexts(props: { locale: Locale; kind: HostKind; texts: SiteTexts; merged: boolean }) {
  const { locale, kind, texts, merged } = props;
  const [text, words] = [hostText(locale), siteText(locale)];
  return (
    <>
      {HOST_TEXTS[kind].map((one) => {
        if (one === 'head') return <Copy title={words.html} content={texts.head} />;
        if (one === 'robots')
          return <Copy title={merged ? text.robotsWhole : words.robots} content={texts.robots} />;
        return texts.servers
          .filter(({ server }) => BELONGS[one].includes(server))
          .map(({ server, content }) => <Copy title={`${words.link} · ${server}`} content={content} />);
      })}
    </>
  );
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

function Copy({ title, content }: { title: string; content: string }) {
  return (
    <>
      <h3>{title}</h3>
      <pre>{content}</pre>
    </>
  );
}
