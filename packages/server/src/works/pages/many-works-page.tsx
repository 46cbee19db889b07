import { z } from 'zod';
import { requireUser } from '../../identity/index.ts';
import {
  checkFields,
  createRouter,
  formatNumber,
  type HttpContext,
  type Locale,
  Problem,
  type Router,
  readUpload,
} from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import {
  Badge,
  commonText,
  Field,
  ManyWorks,
  Notice,
  ProblemNotice,
  renderPage,
  Select,
  Table,
} from '../../web/index.ts';
import { authorityOf } from '../answer-authority.ts';
import { factsSchema, sha256Schema } from '../input.ts';
import { worksText } from '../messages.ts';
import { MAKINGS, WORK_TYPES } from '../model.ts';
import { fail } from '../problems.ts';
import { type FileOutcome, knownBytes, MAX_FILES, registerMany } from '../register-many.ts';
import { manyText } from './many-messages.ts';
import { one, type Typed } from './work-form.ts';

const PATH = '/works/many';
const KNOWN = `${PATH}/known`;
const known = z.object({ sha256s: z.array(sha256Schema).max(1_000) });
const shared = factsSchema.pick({ type: true, language: true, making: true });

/**
 * `/works/many`: many files, each a work of its own. Without scripts all travel in one form; with them one by one, with
 * progress, pause and going on after a break.
 */
export function manyWorksPage(): Router {
  const router = createRouter();
  router.get(PATH, async (c) => {
    const party = await requireParty(c);
    if (!(await authorityOf(c.get('k'), party.id))) return c.redirect(`/rights?next=${PATH}`, 303);
    return page(c, {});
  });
  router.post(PATH, async (c) => {
    const party = await requireParty(c);
    const { id: actor } = await requireUser(c);
    const [k, locale] = [c.get('k'), c.get('locale')];
    const upload = await readUpload(c, { maxBytes: k.site.maxUploadBytes, maxFiles: MAX_FILES });
    const typed = upload.fields;
    try {
      if (upload.files.length === 0) throw fail('file-missing');
      const facts = readShared(typed);
      const outcomes = await registerMany(k, { party, actor, locale, facts, files: upload.files });
      if (wantsJson(c)) return c.json({ files: outcomes.map((one) => describe(locale, one)) }, 200);
      return page(c, typed, undefined, outcomes);
    } catch (error) {
      if (error instanceof Problem && !wantsJson(c)) return page(c, typed, error);
      throw error;
    } finally {
      await upload.discard();
    }
  });
  router.post(KNOWN, async (c) => {
    const party = await requireParty(c);
    const { sha256s } = checkFields(known, await c.req.json().catch(() => ({})));
    const found = await knownBytes(c.get('k'), { partyId: party.id, sha256s });
    return c.json(
      { known: Object.fromEntries([...found].map(([sha256, id]) => [sha256, `/works/${id}`])) },
      200,
    );
  });
  return router;
}

function wantsJson(c: HttpContext): boolean {
  return (c.req.header('Accept') ?? '').startsWith('application/json');
}

function readShared(typed: Typed) {
  const facts = checkFields(shared, {
    type: one(typed, 'type'),
    language: one(typed, 'language').trim(),
    making: one(typed, 'making'),
  });
  return { createdYear: null, createdPlace: null, firstPublished: null, ...facts };
}

/** What a script shows of one file. */
function describe(locale: Locale, one: FileOutcome) {
  const words = manyText(locale).outcome[one.outcome];
  if (one.outcome !== 'refused') return { ...one, words, url: `/works/${one.workId}` };
  const { code, definition } = one.problem;
  const { title, cure } = definition[locale];
  return { filename: one.filename, outcome: one.outcome, words, code, title, cure };
}

async function page(c: HttpContext, typed: Typed, problem?: Problem, outcomes?: readonly FileOutcome[]) {
  const locale = c.get('locale');
  const text = manyText(locale);
  return renderPage(
    c,
    { title: text.title, scripts: ['many-works.js'], ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <ProblemNotice problem={problem} locale={locale} />
      {outcomes && <Outcomes locale={locale} outcomes={outcomes} />}
      <ManyWorks known={KNOWN} words={text}>
        <form method="post" action={PATH} enctype="multipart/form-data">
          <SharedFacts locale={locale} typed={typed} />
          <Field
            name="files"
            type="file"
            multiple
            label={text.files}
            hint={text.filesHint(
              formatNumber(locale, Math.floor(c.get('k').site.maxUploadBytes / 1_000_000)),
            )}
            required
          />
          <p>
            <button type="submit">{text.button}</button>
          </p>
        </form>
      </ManyWorks>
      <p class="hint">
        {text.shared} <a href="/works/new">{text.one}</a>
      </p>
    </>,
  );
}

function SharedFacts({ locale, typed }: { locale: Locale; typed: Typed }) {
  const text = manyText(locale);
  const words = worksText(locale);
  return (
    <>
      <Select
        name="type"
        label={text.type}
        options={WORK_TYPES.map((value) => ({ value, label: words.type[value] }))}
        value={one(typed, 'type')}
        required
        empty={commonText(locale).choose}
      />
      <Field
        name="language"
        label={text.language}
        hint={text.languageHint}
        value={one(typed, 'language')}
        maxLength={20}
      />
      <Select
        name="making"
        label={text.making}
        options={MAKINGS.map((value) => ({ value, label: words.making[value] }))}
        value={one(typed, 'making')}
        empty={text.making0}
      />
    </>
  );
}

function Outcomes({ locale, outcomes }: { locale: Locale; outcomes: readonly FileOutcome[] }) {
  const text = manyText(locale);
  const count = (wanted: FileOutcome['outcome']) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  const refused = outcomes.flatMap((one) => (one.outcome === 'refused' ? [one] : []));
  const rest = outcomes.flatMap((one) => (one.outcome === 'refused' ? [] : [one]));
  const number = (n: number) => formatNumber(locale, n);
  return (
    <>
      <Notice tone={refused.length === 0 ? 'good' : 'warn'}>
        <p>{text.result(number(count('registered')), number(count('known')), number(refused.length))}</p>
      </Notice>
      {refused.length > 0 && (
        <Table
          caption={text.refusedCaption}
          head={[text.file, text.reason, text.cure]}
          rows={refused.map(({ filename, problem }) => [
            <bdi>{filename}</bdi>,
            problem.definition[locale].title,
            problem.definition[locale].cure,
          ])}
        />
      )}
      {rest.length > 0 && (
        <Table
          caption={text.doneCaption}
          head={[text.file, text.state]}
          rows={rest.map(({ filename, workId, outcome }) => [
            <a href={`/works/${workId}`}>
              <bdi>{filename}</bdi>
            </a>,
            <Badge tone={outcome === 'registered' ? 'good' : 'info'}>{text.outcome[outcome]}</Badge>,
          ])}
        />
      )}
    </>
  );
}
