import { readFile } from 'node:fs/promises';
import { type SignedFileVerdict, tellCheckInGerman, verifyFile } from '@clearway/protocol';
import {
  clientAddress,
  createRouter,
  documentsKey,
  failCommon,
  type HttpContext,
  type Limit,
  type Locale,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { logVerifierKey } from '../../transparency/index.ts';
import { Field, FileCheck, Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import { verifyText } from '../verify-messages.ts';

/** Larger files are for the browser or the command line; this one costs the server's time. */
const MAX_BYTES = 8_000_000;
const LIMIT: Limit = { name: 'verify', per: 60, windowMs: 3_600_000, burst: 20 };

type Shown = { readonly verdict?: SignedFileVerdict; readonly key?: string; readonly problem?: Problem };

/** `/verify`: anyone drops a signed file and sees each check; without scripts the server makes them. */
export function verifyPages(): Router {
  const router = createRouter();
  router.get('/verify', (c) => show(c, {}));
  router.post('/verify', async (c) => {
    try {
      return await show(c, await take(c));
    } catch (error) {
      if (error instanceof Problem) return show(c, { problem: error });
      throw error;
    }
  });
  return router;
}

async function take(c: HttpContext): Promise<Shown> {
  const wait = c.get('k').limits.take(LIMIT, clientAddress(c));
  if (wait > 0) {
    throw failCommon('too-many-requests', { headers: { 'Retry-After': String(Math.ceil(wait / 1_000)) } });
  }
  const upload = await readUpload(c, { maxBytes: MAX_BYTES });
  try {
    const typed = upload.fields.key;
    const key = (typeof typed === 'string' ? typed : '').slice(0, 4_000).trim();
    const bytes = upload.file ? new Uint8Array(await readFile(upload.file.path)) : new Uint8Array();
    return { key, verdict: await verifyFile(bytes, key === '' ? {} : { key }) };
  } finally {
    await upload.discard();
  }
}

async function show(c: HttpContext, { verdict, key, problem }: Shown): Promise<Response> {
  const [k, locale] = [c.get('k'), c.get('locale')];
  const text = verifyText(locale);
  const keys = `${(await documentsKey(k)).verifierKey}\n${await logVerifierKey(k)}`;
  return renderPage(
    c,
    { title: text.title, scripts: ['verify.js'], status: problem?.status ?? 200 },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.intro}</p>
      <p>{text.private}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {verdict && <Verdict verdict={verdict} locale={locale} />}
      <FileCheck words={text}>
        <form method="post" action="/verify" enctype="multipart/form-data">
          <Field
            name="file"
            type="file"
            label={text.file}
            hint={text.fileHint}
            accept=".json,application/json"
            required
          />
          <Field name="key" label={text.key} hint={text.keyHint} rows={4} value={key ?? keys} />
          <button type="submit">{text.check}</button>
        </form>
      </FileCheck>
      <p>{text.offline}</p>
      <pre>
        <code>npm run clearway -- verify statement.json --key clearway.pub</code>
      </pre>
    </>,
  );
}

/** What was looked at, each with its outcome in words. */
function Verdict({ verdict, locale }: { verdict: SignedFileVerdict; locale: Locale }) {
  const text = verifyText(locale);
  const names: { readonly [name: string]: string } = text.checks;
  const others = verdict.checks.every((check) => check.ok || check.name === 'key');
  const whole = verdict.ok ? 'good' : !verdict.keyGiven && others ? 'warn' : 'bad';
  return (
    <section aria-label={text.result}>
      <Notice tone={whole}>
        <p>{text.outcome[whole]}</p>
      </Notice>
      <ul class="checks">
        {verdict.checks.map(({ name, ok, detail }) => (
          <li class={ok ? 'good' : 'bad'}>
            <strong>
              {ok ? '✓' : '✗'} {names[name] ?? name}
            </strong>{' '}
            {ok ? text.holds : text.fails}
            <Detail detail={detail} locale={locale} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What `protocol` says about a check; whatever has no German stays English and says so. */
function Detail({ detail, locale }: { detail: string; locale: Locale }) {
  const told = locale === 'de' ? tellCheckInGerman(detail) : detail;
  return told === undefined ? <small lang="en">{detail}</small> : <small>{told}</small>;
}
