import { createHash } from 'node:crypto';
import { z } from 'zod';
import { keptForm, requireUser } from '../../identity/index.ts';
import { checkFields, createRouter, formFields, type HttpContext, type Router } from '../../kernel/index.ts';
import { requireParty } from '../../parties/index.ts';
import { Notice, ProblemNotice, renderPage } from '../../web/index.ts';
import type { FormValues } from '../signatory/form-values.ts';
import { type RowFault, readFaults } from './person-faults.ts';
import { ChoiceLists, DefaultsFields, PERSON_FIELDS, PersonFields } from './roster-fields.tsx';
import { recordsOf } from './roster-files.ts';
import { rosterText } from './roster-messages.ts';
import { frame, listForm, problemOf } from './roster-pages.tsx';
import { takeRoster } from './take-roster.ts';

/** Rows of the form, to begin with, by each press, and at most: with more, and something wrong in each, the page would weigh too much. */
const ROWS = { first: 10, more: 5, most: 15 } as const;

const moreForm = z.object({ more: z.literal('yes') });

/** `/rosters/people`: signing for a few people without a file. Nobody signs before the report is confirmed. */
export function peoplePage(): Router {
  const router = createRouter();
  router.get('/rosters/people', async (c) => {
    // Whoever had to sign in again, or took another language, finds all rows she had.
    const kept = await keptForm(c, c.req.query('kept'));
    return show(c, { collectKey: c.req.query('collect'), ...Object.fromEntries(kept?.fields ?? []) });
  });

  router.post('/rosters/people', async (c) => {
    const { id: userId } = await requireUser(c);
    const fields = await formFields(c);
    if (moreForm.safeParse(fields).success) {
      const rows = rowsOf(fields);
      return show(c, fields, { rows: Math.min(rows + ROWS.more, ROWS.most), focus: rows + 1 });
    }
    try {
      const { role, collectKey, ...defaults } = checkFields(listForm, fields);
      const party = await requireParty(c);
      const people = peopleIn(fields);
      const records = recordsOf(people.map(({ cells }) => cells));
      const sha256 = createHash('sha256')
        .update(JSON.stringify([records, defaults]))
        .digest('hex');
      const name = String(people[0]?.cells.name ?? '').slice(0, 80);
      const taken = await takeRoster(
        c.get('k'),
        {
          ...{ origin: 'roster', role, userId, defaults, collectKey, strict: true },
          through: { name: party.name, partyId: party.id },
          locale: c.get('locale'),
          file: { name: people.length > 1 ? `${name} …` : name, sha256 },
        },
        // Empty rows between people do not move what is said of them.
        records.map((record, i) => ({ ...record, line: people[i - 1]?.n ?? 0 })),
      );
      return c.redirect(`/rosters/${taken.id}${taken.known ? '?done=known' : ''}`, 303);
    } catch (error) {
      return show(c, fields, { problem: problemOf(error) });
    }
  });
  return router;
}

/** As many as were shown, and never fewer than something was typed into. */
function rowsOf(fields: FormValues): number {
  const asked = Number(fields.rows);
  const typed = typedRows(fields).at(-1) ?? 0;
  const rows = Math.max(ROWS.first, Number.isInteger(asked) ? asked : 0, typed);
  return Math.min(rows, ROWS.most);
}

function typedRows(fields: FormValues): number[] {
  return range(ROWS.most).filter((n) =>
    PERSON_FIELDS.some((name) => String(fields[`${name}${n}`] ?? '').trim() !== ''),
  );
}

/** People of whom something was typed, each with the number of the row. */
function peopleIn(fields: FormValues) {
  return typedRows(fields).map((n) => ({
    n,
    cells: Object.fromEntries(
      PERSON_FIELDS.map((name) => [
        name === 'hide' ? 'hide name' : name,
        String(fields[`${name}${n}`] ?? ''),
      ]),
    ),
  }));
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

type Shown = {
  readonly rows?: number;
  readonly focus?: number;
  readonly problem?: ReturnType<typeof problemOf>;
};

async function show(
  c: HttpContext,
  values: FormValues,
  { rows = rowsOf(values), focus, problem }: Shown = {},
) {
  const { party, collectKey } = await frame(c, values);
  const locale = c.get('locale');
  const text = rosterText(locale);
  const faults = readFaults(locale, problem);
  const empty = typedRows(values).length === 0;
  return renderPage(
    c,
    { title: text.form.peopleTitle, ...(problem ? { status: problem.status } : {}) },
    <>
      <h1>{text.form.peopleTitle}</h1>
      <p>{text.list.as(party.name)}</p>
      <ProblemNotice problem={problem} locale={locale} />
      <Faults faults={faults} />
      {collectKey !== '' && (
        <Notice>
          <p>{text.form.embargo}</p>
        </Notice>
      )}
      <form method="post" action="/rosters/people">
        {collectKey !== '' && <input type="hidden" name="collectKey" value={collectKey} />}
        <input type="hidden" name="rows" value={String(rows)} />
        <DefaultsFields locale={locale} values={values} />
        <p id="people-hint">{text.form.peopleHint}</p>
        <ChoiceLists locale={locale} />
        {range(rows).map((n) => (
          <fieldset class="row" aria-describedby={n === 1 ? 'people-hint' : undefined}>
            <legend>{text.form.person(n)}</legend>
            <PersonFields
              locale={locale}
              values={values}
              n={n}
              required={empty && n === 1}
              focus={n === focus}
              errors={new Map(faults.filter((one) => one.n === n).map(({ field, says }) => [field, says]))}
            />
          </fieldset>
        ))}
        <p>
          <button type="submit">{text.form.sendPeople}</button>{' '}
          {rows < ROWS.most && (
            // Behind the other: the Enter key presses the first.
            <button type="submit" class="quiet" name="more" value="yes" formnovalidate>
              {text.form.moreRows(Math.min(ROWS.more, ROWS.most - rows))}
            </button>
          )}
        </p>
        {rows >= ROWS.most && (
          <p>
            {text.form.full(ROWS.most)} <a href="/rosters/new">{text.list.upload}</a>
          </p>
        )}
      </form>
    </>,
  );
}

/** Who is concerned, each leading to the field where it says what is wrong. */
function Faults({ faults }: { faults: readonly RowFault[] }) {
  if (faults.length === 0) return null;
  return (
    <ul>
      {faults.map(({ n, field, person }) => (
        <li>
          <a href={`#f-${field}${n}`}>{person}</a>
        </li>
      ))}
    </ul>
  );
}
