import type { EvidenceDocument, EvidenceEntry } from '@clearway/protocol';
import { formatNumber, formatTime, type Locale } from '../../kernel/index.ts';
import { Facts, Table } from '../../web/index.ts';
import { caseText, checkText } from '../messages.ts';
import type { Case } from '../model.ts';

const PAGE = 60;

type Props = {
  readonly locale: Locale;
  readonly zone: string;
  readonly title: string;
  readonly found: Case;
  readonly document: EvidenceDocument;
  readonly verifierKey: string;
  /** The first line shown. */
  readonly from: number;
};

/** A case as its owner sees it: what it shows, what not, the timeline, and how to hand it on. */
export function CasePage({ locale, zone, title, found, document, verifierKey, from }: Props) {
  const text = caseText(locale);
  const { about, timeline, named, shows, doesNotShow } = document;
  const time = (at: string) => formatTime(locale, new Date(at), zone);
  const path = `/cases/${found.id}`;
  return (
    <>
      <h1>{title}</h1>
      <Facts
        rows={[
          [text.facts.client, about.client === undefined ? text.nobody : text.client(about.client)],
          [text.facts.site, about.site?.origin ?? text.noTerms],
          [
            text.facts.works,
            about.works.length === 0
              ? text.noTerms
              : about.works.map(({ id, title: name }, i) => (
                  <>
                    {i > 0 && ', '}
                    <a href={`/w/${id}`}>{name}</a>
                  </>
                )),
          ],
          [text.facts.period, `${time(about.period.from)} – ${time(about.period.to)}`],
          [text.facts.named, named.map(({ name }) => name).join(', ') || text.nobody],
          [text.facts.sealed, <code>{found.sealedSha256}</code>],
        ]}
      />
      <section>
        <h2>{text.shows}</h2>
        <Lines lines={shows[locale]} />
      </section>
      <section>
        <h2>{text.doesNotShow}</h2>
        <Lines lines={doesNotShow[locale]} />
      </section>
      {timeline.length > 0 && (
        <Table
          caption={text.timeline}
          head={[text.timelineHead.at, text.timelineHead.what, text.timelineHead.terms]}
          rows={timeline
            .slice(from, from + PAGE)
            .map((entry) => [
              <time datetime={entry.at}>{time(entry.at)}</time>,
              what(locale, document, entry, time),
              <TermsOf locale={locale} document={document} entry={entry} />,
            ])}
        />
      )}
      {from + PAGE < timeline.length && (
        <p>
          <a href={`${path}?from=${from + PAGE}`}>{text.next}</a>
        </p>
      )}
      <section>
        <h2>{text.bundle.title}</h2>
        <p>
          <a href={`${path}/evidence.json`} download>
            {text.bundle.download}
          </a>{' '}
          · <a href={`${path}/letter`}>{text.bundle.letter}</a>
        </p>
        <p>{text.bundle.how}</p>
        <pre>
          <code>{`clearway verify evidence-${found.id}.json --key log.pub`}</code>
        </pre>
        <Facts rows={[[text.bundle.key, <code>{verifierKey}</code>]]} />
        <p class="hint">{text.bundle.care}</p>
      </section>
    </>
  );
}

export function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul>
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

/** Names in data sets and paths may be long; the file has them whole. */
function short(name: string): string {
  return name.length > 100 ? `${name.slice(0, 60)}…${name.slice(-35)}` : name;
}

function titleOf({ about }: EvidenceDocument, work: string): string {
  return about.works.find(({ id }) => id === work)?.title ?? work;
}

function what(
  locale: Locale,
  document: EvidenceDocument,
  entry: EvidenceEntry,
  time: (at: string) => string,
): string {
  const text = caseText(locale);
  switch (entry.kind) {
    case 'refusal': {
      const reasons: { readonly [code: string]: string } = text.reason;
      return text.refused(
        formatNumber(locale, entry.count),
        reasons[entry.reason] ?? entry.reason,
        time(entry.to),
      );
    }
    case 'fetch':
      return text.fetched(short(entry.path), String(entry.status));
    case 'match': {
      const how = checkText(locale).kind[entry.match];
      return text.matched(`${short(entry.input)}, ${short(entry.item)}`, titleOf(document, entry.work), how);
    }
    case 'terms': {
      const title = titleOf(document, entry.work);
      return entry.sha256 === undefined ? text.ended(title) : text.began(title);
    }
  }
}

function TermsOf(props: { locale: Locale; document: EvidenceDocument; entry: EvidenceEntry }) {
  const { locale, document, entry } = props;
  const text = caseText(locale);
  const hashes = entry.kind === 'terms' ? [entry.sha256 ?? []].flat() : entry.terms;
  const versions = document.terms.filter(
    ({ sha256, work }) => hashes.includes(sha256) && (entry.kind !== 'match' || entry.work === work),
  );
  if (versions.length === 0) return <>{text.noTerms}</>;
  return (
    <>
      {versions.map(({ work, version }, i) => (
        <>
          {i > 0 && ', '}
          <a href={`/w/${work}/versions/${version}`}>{text.version(titleOf(document, work), version)}</a>
        </>
      ))}
    </>
  );
}
