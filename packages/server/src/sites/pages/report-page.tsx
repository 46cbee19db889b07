import { readFile } from 'node:fs/promises';
import type { Issue } from '@clearway/rsl';
import { tellIssue } from '@clearway/signals';
import {
  clientAddress,
  createRouter,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { Badge, Field, Notice, ProblemNotice, renderPage, Select, Table } from '../../web/index.ts';
import { failSites } from '../problems.ts';
import { NOWHERE } from '../read-places.ts';
import { reportText } from '../report-messages.ts';
import { type Asked, reportSignals, type SignalReport } from '../report-signals.ts';

const MAX_BYTES = 8_000_000;
const KINDS = ['robots.txt', 'license.xml', 'tdmrep.json', 'headers.txt', 'page.html', 'ai.txt'] as const;

const FIELDS = ['url', 'text', 'kind', 'address'] as const;

type Typed = { readonly [name in (typeof FIELDS)[number]]?: string };
type Shown = { readonly typed: Typed; readonly report?: SignalReport; readonly problem?: Problem };

/** `/check`: what does a bot see? For anybody, without an account. */
export function reportPages(): Router {
  const router = createRouter();
  router.get('/check', (c) => show(c, { typed: { url: c.req.query('url')?.slice(0, 2_000) ?? '' } }));
  router.post('/check', async (c) => {
    const typed: { [name in (typeof FIELDS)[number]]?: string } = {};
    try {
      return await show(c, { typed, report: await look(c, typed) });
    } catch (error) {
      if (error instanceof Problem) return show(c, { typed, problem: error });
      throw error;
    }
  });
  return router;
}

async function look(
  c: HttpContext,
  typed: { [name in (typeof FIELDS)[number]]?: string },
): Promise<SignalReport> {
  const upload = await readUpload(c, { maxBytes: MAX_BYTES });
  try {
    for (const name of FIELDS) {
      const value = upload.fields[name];
      if (typeof value === 'string') typed[name] = value;
    }
    const file = upload.file && {
      name: upload.file.filename,
      body: new Uint8Array(await readFile(upload.file.path)),
    };
    const about = { locale: c.get('locale'), network: clientAddress(c) };
    return await reportSignals(c.get('k'), askedIn(typed, file), about);
  } finally {
    await upload.discard();
  }
}

function askedIn(typed: Typed, file: { name: string; body: Uint8Array } | undefined): Asked {
  const { address } = typed;
  // Without a choice, its name and what stands in it say what it is.
  const kind = KINDS.find((one) => one === typed.kind);
  if (file && file.body.length > 0) return { ...file, name: kind ?? file.name, address };
  const text = typed.text?.trim() ?? '';
  if (text !== '') return { name: kind ?? '', body: new TextEncoder().encode(typed.text), address };
  const url = typed.url?.trim() ?? '';
  if (url === '') throw failSites('signals-nothing-to-read');
  return { url };
}

async function show(c: HttpContext, { typed, report, problem }: Shown): Promise<Response> {
  const locale = c.get('locale');
  const text = reportText(locale);
  return renderPage(
    c,
    { title: text.title, wide: true, status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {report && <Report report={report} locale={locale} />}
      <form method="post" action="/check" enctype="multipart/form-data">
        <Field
          name="url"
          label={text.url}
          hint={text.urlHint}
          inputMode="url"
          value={typed.url}
          maxLength={2_000}
          required
        />
        <button type="submit" class="main">
          {text.look}
        </button>
      </form>
      <section>
        <h2>{text.orFile}</h2>
        <form method="post" action="/check" enctype="multipart/form-data">
          <Field name="file" type="file" label={text.file} hint={text.fileHint} />
          <Field name="text" label={text.text} rows={6} value={typed.text} maxLength={90_000} />
          <Select
            name="kind"
            label={text.kind}
            hint={text.kindHint}
            value={typed.kind}
            empty={text.anyKind}
            options={KINDS.map((value) => ({ value, label: text.kinds[value] }))}
          />
          <Field
            name="address"
            label={text.fileAddress}
            hint={text.fileAddressHint}
            inputMode="url"
            value={typed.address}
            maxLength={2_000}
          />
          <button type="submit">{text.read}</button>
        </form>
      </section>
      <p>
        <a href="/sites">{text.say}</a>
      </p>
      <p>{text.privacy}</p>
      <p>{text.notAdvice}</p>
      <p>{text.command}</p>
      <pre>
        <code>npm run clearway -- doctor site https://example.org/</code>
      </pre>
    </>,
  );
}

const TONES = {
  refused: 'bad',
  conditional: 'info',
  allowed: 'good',
  licensed: 'good',
  unknown: 'warn',
} as const;

function Report({ report, locale }: { report: SignalReport; locale: Locale }) {
  const text = reportText(locale);
  const { url, sentence, classes, channels, findings, licenses, asked, platform, places } = report;
  const usages = ['ai-train', 'ai-input', 'ai-index', 'search'] as const;
  return (
    <section>
      <h2>{url === NOWHERE ? text.fileResult : text.result(short(placeName(url)))}</h2>
      <Notice>
        <p>{sentence}</p>
      </Notice>
      {platform !== undefined && <p>{text.platform(platform)}</p>}
      <h3>{text.findings}</h3>
      {findings.length === 0 && <p>{text.nothing}</p>}
      {findings.length > 0 && (
        <ol>
          {findings.map((one) => (
            <li>
              <p>{placed(one.text)}</p>
              <p>
                <strong>{one.cure}</strong>
              </p>
            </li>
          ))}
        </ol>
      )}
      {places.length > 0 && (
        <Table
          caption={text.places}
          head={[text.place, ...usages.map((usage) => text.usage[usage])]}
          rows={places.map(({ pattern, classes: found }) => [
            <code>{short(pattern)}</code>,
            ...found.map(({ outcome, says, others }) => (
              <>
                <Badge tone={TONES[outcome]}>{text.outcome[outcome]}</Badge> {says}
                {others.map((one) => (
                  <p>
                    {names(one.agents)}: {one.says}
                  </p>
                ))}
              </>
            )),
          ])}
        />
      )}
      {places.length === 0 && (
        <Table
          caption={text.classes}
          head={[text.who, text.says, text.others]}
          rows={classes.map(({ who, outcome, says, others }) => [
            who,
            <>
              <Badge tone={TONES[outcome]}>{text.outcome[outcome]}</Badge> {says}
            </>,
            others.map((one) => (
              <p>
                {names(one.agents)}: {one.says}
              </p>
            )),
          ])}
        />
      )}
      {channels.length > 0 && (
        <Table
          caption={text.channels}
          head={[text.channel, ...usages.map((usage) => text.usage[usage])]}
          rows={channels.map(({ name, says }) => [name, ...usages.map((usage) => text.stance[says[usage]])])}
        />
      )}
      {licenses.length > 0 && <h3>{text.licenses}</h3>}
      {licenses.map((one) => (
        <>
          <p>
            <code>{short(placed(one.url))}</code>{' '}
            <Badge
              tone={one.level === 'not-conformant' ? 'bad' : one.level === 'conformant' ? 'good' : 'warn'}
            >
              {text.level[one.level]}
            </Badge>
          </p>
          {one.sentence !== undefined && <p>{one.sentence}</p>}
          {one.issues.length > 0 && (
            <ul>
              {one.issues.map((issue) => (
                <Fault issue={issue} locale={locale} />
              ))}
            </ul>
          )}
        </>
      ))}
      {asked.length > 0 && (
        <Table
          caption={text.asked}
          head={[text.address, text.answer]}
          rows={asked.map((one) => [short(one.url), one.status?.toString() ?? text.noAnswer(one.error)])}
        />
      )}
    </section>
  );
}

/** The file that was handed in lies nowhere: only its path is of interest. */
function placed(text: string): string {
  return text.replaceAll(NOWHERE, '/');
}

/** What is wrong in an RSL document, where, and what to do. */
function Fault({ issue, locale }: { issue: Issue; locale: Locale }) {
  const { message, cure } = tellIssue(issue, locale);
  return (
    <li>
      <code>{issue.code}</code> ({issue.position.line}:{issue.position.column}) {short(message)} {cure}
    </li>
  );
}

/** An address without a site is a path. */
function placeName(url: string): string {
  return url.startsWith(NOWHERE) ? url.slice(NOWHERE.length - 1) : url;
}

function names(agents: readonly string[]): string {
  return agents.length > 6 ? `${agents.slice(0, 5).join(', ')} +${agents.length - 5}` : agents.join(', ');
}

/** Words of strangers stay short. */
function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}
