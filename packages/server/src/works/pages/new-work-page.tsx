import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatNumber,
  formFields,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { type Party, requireParty } from '../../parties/index.ts';
import { Field, ProblemNotice, renderPage, WorkFingerprint } from '../../web/index.ts';
import { authorityOf } from '../answer-authority.ts';
import { mediaTypeSchema, sha256Schema, workUrlSchema } from '../input.ts';
import { fail } from '../problems.ts';
import { registerWork, type WorkSource } from '../register-work.ts';
import { pageText } from './messages.ts';
import { FactFields, HolderFields } from './work-fields.tsx';
import { MAX_ROWS, one, readFacts, readHolders, type Typed } from './work-form.ts';

const WAYS = ['file', 'url', 'fingerprint'] as const;
type Way = (typeof WAYS)[number];

const urlForm = z.object({ url: workUrlSchema });
const fingerprintForm = z.object({
  sha256: sha256Schema,
  bytes: z
    .literal('')
    .transform(() => null)
    .or(z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER))
    .optional(),
  mediaType: z
    .literal('')
    .transform(() => null)
    .or(mediaTypeSchema)
    .optional(),
});

/** `/works/new`: one form in three ways. */
export function newWorkPage(): Router {
  const router = createRouter();
  router.get('/works/new', async (c) => {
    const party = await requireParty(c);
    const answered = await authorityOf(c.get('k'), party.id);
    if (!answered) return c.redirect('/rights?next=/works/new', 303);
    return page(c, {}, undefined);
  });
  router.post('/works/new', async (c) => {
    const party = await requireParty(c);
    return wayOf(c) === 'file' ? takeFile(c, party) : takeForm(c, party);
  });
  return router;
}

function wayOf(c: HttpContext): Way {
  const asked = c.req.query('way');
  return WAYS.find((way) => way === asked) ?? 'file';
}

async function takeFile(c: HttpContext, party: Party): Promise<Response> {
  let typed: Typed = {};
  let discard = async () => {};
  try {
    const upload = await readUpload(c, { maxBytes: c.get('k').site.maxUploadBytes });
    ({ fields: typed, discard } = upload);
    if (!upload.file) throw fail('file-missing');
    return await register(c, party, typed, { kind: 'file', file: upload.file });
  } catch (error) {
    if (error instanceof Problem) return page(c, typed, error);
    throw error;
  } finally {
    await discard();
  }
}

async function takeForm(c: HttpContext, party: Party): Promise<Response> {
  const typed = await formFields(c);
  try {
    const source: WorkSource =
      wayOf(c) === 'url'
        ? { kind: 'url', ...checkFields(urlForm, { url: one(typed, 'url') }) }
        : { kind: 'fingerprint', ...checkFields(fingerprintForm, typed) };
    return await register(c, party, typed, source);
  } catch (error) {
    if (error instanceof Problem) return page(c, typed, error);
    throw error;
  }
}

async function register(c: HttpContext, party: Party, typed: Typed, source: WorkSource): Promise<Response> {
  const user = await requireUser(c);
  const { work } = await registerWork(c.get('k'), {
    party,
    actor: user.id,
    locale: c.get('locale'),
    facts: readFacts(typed),
    holders: readHolders(typed),
    source,
  });
  return c.redirect(`/works/${work.id}?done=registered`, 303);
}

function rowsOf(c: HttpContext): number {
  const asked = Number(c.req.query('rows') ?? 3);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_ROWS) : 3;
}

async function page(c: HttpContext, typed: Typed, problem: Problem | undefined): Promise<Response> {
  const locale = c.get('locale');
  const text = pageText(locale).new;
  const way = wayOf(c);
  const rows = rowsOf(c);
  const action = `/works/new?way=${way}&rows=${rows}`;
  const known = problem?.code === 'work-already-registered' ? String(problem.fields.url) : undefined;
  return renderPage(
    c,
    {
      title: text.title,
      status: problem?.status ?? 200,
      scripts: way === 'fingerprint' ? ['fingerprint.js'] : [],
    },
    <>
      <h1>{text.title}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      {known && (
        <p>
          <a href={known}>{known}</a>
        </p>
      )}
      <Ways locale={locale} way={way} rows={rows} />
      <form method="post" action={action} enctype={way === 'file' ? 'multipart/form-data' : undefined}>
        <SourceFields locale={locale} way={way} typed={typed} maxBytes={c.get('k').site.maxUploadBytes} />
        <h2>{text.about}</h2>
        <FactFields locale={locale} typed={typed} />
        <h2>{text.holders}</h2>
        <HolderFields locale={locale} typed={typed} rows={rows}>
          <p>
            <a href={`/works/new?way=${way}&rows=${Math.min(MAX_ROWS, rows + 7)}`}>{text.moreHolders}</a>
          </p>
        </HolderFields>
        <p class="hint">{text.after}</p>
        <button type="submit">{text.submit}</button>
      </form>
    </>,
  );
}

function Ways({ locale, way, rows }: { locale: Locale; way: Way; rows: number }) {
  const text = pageText(locale).new;
  return (
    <nav aria-label={text.way}>
      <ul>
        {WAYS.map((other) => (
          <li>
            <a
              href={`/works/new?way=${other}&rows=${rows}`}
              aria-current={other === way ? 'page' : undefined}
            >
              {text.ways[other]}
            </a>
          </li>
        ))}
      </ul>
      <p class="hint">{text.wayHints[way]}</p>
    </nav>
  );
}

function SourceFields(props: { locale: Locale; way: Way; typed: Typed; maxBytes: number }) {
  const { locale, way, typed, maxBytes } = props;
  const text = pageText(locale).new;
  if (way === 'file') {
    const size = `${formatNumber(locale, Math.floor(maxBytes / 1_000_000))} MB`;
    return <Field name="file" label={text.file} hint={text.fileHint(size)} type="file" required />;
  }
  if (way === 'url') {
    return (
      <Field
        name="url"
        label={text.url}
        hint={text.urlHint}
        type="url"
        value={one(typed, 'url')}
        required
        maxLength={2000}
      />
    );
  }
  return (
    <>
      <WorkFingerprint words={text} />
      <Field
        name="sha256"
        label={text.sha256}
        hint={text.sha256Hint}
        value={one(typed, 'sha256')}
        required
        maxLength={64}
      />
      <input type="hidden" name="bytes" value={one(typed, 'bytes')} />
      <input type="hidden" name="mediaType" value={one(typed, 'mediaType')} />
    </>
  );
}
