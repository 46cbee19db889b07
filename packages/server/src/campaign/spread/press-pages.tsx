import {
  clientAddress,
  createRouter,
  documentsKey,
  failCommon,
  formatDate,
  formatNumber,
  formatTime,
  type HttpContext,
  type Limit,
  type Locale,
  type Router,
  readInstance,
} from '../../kernel/index.ts';
import { Facts, renderPage, Table } from '../../web/index.ts';
import { closedUntil } from '../declaration/declaration.ts';
import { campaignLogo } from '../partners/show-logo.ts';
import { fail } from '../problems.ts';
import { createListCache } from './export-list.ts';
import { KIT, kitFile } from './media-kit.ts';
import { type PressNumbers, pressNumbers } from './press-numbers.ts';
import { writeFeed } from './read-feed.ts';
import { languageOf } from './share-pages.tsx';
import { spreadText } from './spread-messages.ts';
import { whatChanged } from './what-changed.ts';
import { type Correction, listCorrections } from './write-correction.ts';

const DOWNLOADS: Limit = { name: 'campaign-list', per: 120, windowMs: 3_600_000, burst: 30 };

/** `/press`, its files, and `/feed.xml`. */
export function pressPages(): Router {
  const router = createRouter();
  const files = createListCache();
  const closed = async (c: HttpContext, next: () => Promise<void>) => {
    const until = await closedUntil(c.get('k'));
    if (until) throw fail('campaign-not-open', { detail: until.toISOString() });
    await next();
  };
  router.use('/press/*', closed);
  router.use('/feed.xml', closed);

  router.get('/press', (c) => page(c));

  for (const format of ['json', 'csv'] as const)
    router.get(`/press/signatures.${format}`, async (c) => {
      const wait = c.get('k').limits.take(DOWNLOADS, clientAddress(c));
      if (wait > 0)
        throw failCommon('too-many-requests', {
          headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) },
        });
      const list = await files(c.get('k'));
      return c.body(list[format], 200, {
        'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="signatures.${format}"`,
        // Whoever asks gets what holds now.
        'Cache-Control': 'no-store',
        'Repr-Digest': `sha-256=:${Buffer.from(format === 'csv' ? list.csvSha256 : list.jsonSha256, 'hex').toString('base64')}:`,
      });
    });

  router.get('/press/sha256.txt', async (c) => {
    const { jsonSha256, csvSha256 } = await files(c.get('k'));
    const sums = `${jsonSha256}  signatures.json\n${csvSha256}  signatures.csv\n`;
    return c.text(sums, 200, { 'Cache-Control': 'no-store' });
  });

  router.get('/press/kit/:name', async (c) => {
    const file = await kitFile(c.get('k'), c.req.param('name'));
    if (!file) return c.notFound();
    return c.body(file.body as Uint8Array<ArrayBuffer>, 200, {
      'Content-Type': file.type,
      'Content-Disposition': `attachment; filename="${c.req.param('name')}"`,
      'Cache-Control': 'public, max-age=60',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
  });

  router.get('/feed.xml', async (c) => {
    const k = c.get('k');
    return c.body(await writeFeed(k, languageOf(c)), 200, {
      'Content-Type': 'application/atom+xml; charset=utf-8',
      'Cache-Control': 'public, max-age=60',
    });
  });
  return router;
}

async function page(c: HttpContext) {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = spreadText(locale).press;
  const numbers = await pressNumbers(k);
  const contact = (await readInstance(k))?.instance.operator;
  const hasLogo = (await campaignLogo(k)) !== undefined;
  const names = KIT.filter((name) => hasLogo || name !== 'logo.png');
  const labels: { readonly [name: string]: string } = text.files;
  return renderPage(
    c,
    {
      title: text.title,
      description: text.lead,
      head: (
        <link rel="alternate" type="application/atom+xml" href={`/feed.xml?in=${locale}`} title={text.feed} />
      ),
    },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <Numbers locale={locale} numbers={numbers} />
      <h2 id="corrections">{text.corrections}</h2>
      <p>{text.correctionsHint}</p>
      <Corrections locale={locale} corrections={await listCorrections(k)} />
      <h2 id="list">{text.list}</h2>
      <p>{text.listHint}</p>
      <ul>
        <li>
          <a href="/press/signatures.json" download>
            {text.json}
          </a>
        </li>
        <li>
          <a href="/press/signatures.csv" download>
            {text.csv}
          </a>
        </li>
        <li>
          <a href="/press/sha256.txt">{text.sums}</a>
        </li>
      </ul>
      <p>
        {text.verify} <a href="/verify">{text.verifyHere}</a>
      </p>
      <pre>
        <code>npm run clearway -- verify signatures.json --key clearway.pub</code>
      </pre>
      <pre>
        <code>{(await documentsKey(k)).verifierKey}</code>
      </pre>
      <h2 id="kit">{text.kit}</h2>
      <p>{text.kitHint}</p>
      <ul>
        {names.map((name) => (
          <li>
            <a href={`/press/kit/${name}`} download>
              {labels[name]}
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/feed.xml?in=${locale}`}>{text.feed}</a>
      </p>
      {contact && (
        <>
          <h2>{text.contact}</h2>
          <p>
            {contact.name}
            <br />
            {contact.complaintsContact}
          </p>
        </>
      )}
    </>,
  );
}

function Numbers({ locale, numbers }: { locale: Locale; numbers: PressNumbers }) {
  const text = spreadText(locale).press;
  const number = (n: number) => formatNumber(locale, n);
  const { kinds, methods, versions, days } = numbers;
  return (
    <>
      <h2 id="numbers">{text.numbers}</h2>
      <p class="hint">{text.asOf(formatTime(locale, numbers.at))}</p>
      <Facts
        rows={numbers.figures.map(({ label, value, definition }) => [
          label[locale],
          <>
            <strong>{number(value)}</strong>
            <br />
            <small>{definition[locale]}</small>
          </>,
        ])}
      />
      <h3>{text.kinds.title}</h3>
      <Facts
        rows={[
          [text.kinds.person, number(kinds.person)],
          [text.kinds.organisation, number(kinds.organisation)],
          [text.kinds.featured, number(kinds.featured)],
        ]}
      />
      <h3>{text.methods.title}</h3>
      <p>{text.methods.hint}</p>
      <Facts rows={methods.map(({ method, count }) => [text.methods[method], number(count)])} />
      <h3>{text.versions}</h3>
      <Facts
        rows={versions.map(({ version, signed, agreed }) => [
          text.version(version),
          `${number(signed)}${agreed > 0 ? ` (+ ${number(agreed)} ${text.agreed})` : ''}`,
        ])}
      />
      {days.length > 0 && (
        <>
          <h3>{text.days}</h3>
          <p>{text.daysHint}</p>
          <Table
            caption={text.days}
            captionHidden
            head={[text.day, text.kinds.person, text.kinds.organisation, `${text.hash} (JSON)`]}
            numbers={[1, 2]}
            rows={days.map(({ day, confirmed, organisations, listSha256 }) => [
              formatDate(locale, new Date(`${day}T00:00:00Z`)),
              number(confirmed),
              organisations === null ? '–' : number(organisations),
              <code>{listSha256.slice(0, 16)}…</code>,
            ])}
          />
        </>
      )}
    </>
  );
}

/** The log of corrections as a table. */
export function Corrections({ locale, corrections }: { locale: Locale; corrections: readonly Correction[] }) {
  const { press, correct } = spreadText(locale);
  if (corrections.length === 0) return <p>{press.noCorrections}</p>;
  const number = (n: number) => formatNumber(locale, Math.abs(n));
  const what = (one: Correction) => {
    const { kind, change } = one;
    if (kind !== 'operator') return whatChanged(locale, one);
    return change === null ? correct.by : `${change > 0 ? '+' : '−'}${number(change)} (${correct.by})`;
  };
  return (
    <Table
      caption={press.corrections}
      captionHidden
      head={[press.date, press.change, press.why]}
      rows={corrections.map((one) => [formatDate(locale, one.at), what(one), one.texts[locale]])}
    />
  );
}
