import { recordActivity } from '../../identity/index.ts';
import { type CsvRecord, enqueue, inTx, type Kernel, type Locale } from '../../kernel/index.ts';
import { checkOpen, declarationHash, declarationToSign } from '../declaration/declaration.ts';
import { foldForSearch, nameKey } from '../model.ts';
import { compareRoster, compareRosterJob } from './compare-roster.ts';
import {
  type Defaults,
  type ImportDefaults,
  MAX_ROWS,
  ROWS_AT_ONCE,
  type Role,
  type RosterPerson,
  type RowDraft,
} from './model.ts';
import { type Column, readHead, readRow } from './read-rows.ts';
import { fail } from './roster-problems.ts';
import {
  countVerdicts,
  deleteRoster,
  insertRoster,
  insertRows,
  lockParty,
  lockSameFile,
  type NewRow,
  type RosterRow,
  selectLines,
  updateRoster,
} from './store-rosters.ts';

/** Who brings a list, and what holds for all of it. */
export type RosterInput = {
  readonly origin: 'roster' | 'import';
  readonly role: Role;
  /** Who signs for the others, as shown. */
  readonly through: { readonly name: string; readonly partyId: string };
  readonly userId: string;
  readonly locale: Locale;
  readonly defaults: Defaults & ImportDefaults;
  readonly collectKey?: string | undefined;
  readonly file: { readonly name: string; readonly sha256: string };
  /** One wrong row, and nothing is kept: for a form that shows it beside what was typed. */
  readonly strict?: boolean;
};

const BATCH = 500;

/**
 * Reads a list and says of each row what would become of it: a dry run, nobody signs yet. All rows are kept or none. The
 * first record names the columns. The same file again answers the list that is there, as long as it was not taken back;
 * one that was not submitted is read anew. Long lists are compared with those who signed in the background.
 * Throws `roster-columns`, `roster-empty`, `roster-too-long`, `roster-collect-over`, `roster-rows-wrong`, `campaign-not-open`, and the
 * `CsvError` of the records.
 */
export async function takeRoster(
  k: Kernel,
  input: RosterInput,
  records: AsyncIterable<CsvRecord> | Iterable<CsvRecord>,
): Promise<{ id: string; known: boolean }> {
  const declaration = await declarationToSign(k, input.collectKey);
  await checkOpen(k, declaration?.version);
  if (!declaration) throw fail('roster-collect-over');
  const sha256 = await declarationHash(declaration);
  return inTx(k, async (t) => {
    const { partyId } = input.through;
    await lockParty(t.db, partyId);
    const file = { partyId, sha256: input.file.sha256, version: declaration.version };
    const before = await lockSameFile(t.db, file);
    if (before && before.state !== 'checked' && before.state !== 'checking')
      return { id: before.id, known: true };
    if (before) await deleteRoster(t.db, before.id);
    const now = t.clock.now();
    const row: RosterRow = {
      id: t.ids.id(),
      origin: input.origin,
      role: input.role,
      through_name: input.through.name,
      party_id: partyId,
      created_by: input.userId,
      locale: input.locale,
      state: 'checking',
      file_sha256: input.file.sha256,
      file_name: input.file.name.slice(0, 200),
      declaration_version: declaration.version,
      declaration_sha256: sha256,
      defaults: input.defaults,
      document_sha256: null,
      document_name: null,
      document_type: null,
      statement_version: null,
      stated_at: null,
      lines: 0,
      fine: 0,
      duplicates: 0,
      wrong: 0,
      done: 0,
      created_at: now,
      submitted_at: null,
      decided_at: null,
      decided_by: null,
      answer: null,
      published_at: null,
      ended_at: null,
      direct_at: null,
    };
    await insertRoster(t.db, row);
    const lines = await readAll(t, row, records);
    if (lines === 0) throw fail('roster-empty');
    await updateRoster(t.db, row.id, { lines, ...(await countVerdicts(t.db, row.id)) });
    await recordActivity(t, {
      actor: input.userId,
      action: 'campaign.roster-read',
      subject: `roster:${row.id}`,
    });
    if (lines <= ROWS_AT_ONCE) await compareRoster(t, row.id);
    else await enqueue(t, { kind: compareRosterJob.kind, payload: { roster: row.id } });
    if (input.strict) await mustBeGood(t, row.id);
    return { id: row.id, known: false };
  });
}

async function mustBeGood(t: Kernel, id: string): Promise<void> {
  const bad = await selectLines(t.db, id, { bad: true, after: 0, limit: 50 });
  if (bad.length === 0) return;
  const rows = bad.map(({ line, problem, problem_about }) => ({ line, problem, about: problem_about }));
  throw fail('roster-rows-wrong', { fields: { rows } });
}

async function readAll(
  t: Kernel,
  roster: RosterRow,
  records: AsyncIterable<CsvRecord> | Iterable<CsvRecord>,
): Promise<number> {
  const context = {
    origin: roster.origin,
    defaults: roster.defaults,
    today: t.clock.now().toISOString().slice(0, 10),
    declaration: { version: roster.declaration_version, sha256: roster.declaration_sha256 },
  };
  const seen = new Map<string, Seen[]>();
  let columns: readonly (Column | undefined)[] | undefined;
  let batch: NewRow[] = [];
  let lines = 0;
  for await (const record of records) {
    if (!columns) {
      columns = readHead(record.cells);
      if (!columns) throw fail('roster-columns', { detail: record.cells.join(' · ').slice(0, 200) });
      continue;
    }
    if (++lines > MAX_ROWS) throw fail('roster-too-long', { detail: String(MAX_ROWS) });
    const draft = onlyOnce(seen, readRow(columns, record, context));
    const name = draft.person?.name;
    batch.push({ ...draft, id: t.ids.id(), nameFolded: name === undefined ? null : foldForSearch(name) });
    if (batch.length < BATCH) continue;
    await insertRows(t.db, roster.id, batch);
    batch = [];
  }
  await insertRows(t.db, roster.id, batch);
  return lines;
}

type Seen = { readonly line: number; readonly person: RosterPerson; readonly mailboxKey: string | null };

/** The same name with the same mailbox, or with the same craft, country and town, is the same person. */
function onlyOnce(seen: Map<string, Seen[]>, draft: RowDraft): RowDraft {
  const { person, mailboxKey, line, basis } = draft;
  if (!person) return draft;
  const key = nameKey(person.name);
  const near = seen.get(key) ?? [];
  const first = near.find((one) => isSame(one, { line, person, mailboxKey }));
  if (first) return { ...draft, verdict: 'duplicate', problem: 'twice', about: String(first.line) };
  const box = `@${mailboxKey}`;
  const other = basis === 'mailbox' ? seen.get(box)?.[0] : undefined;
  if (other) return { ...draft, verdict: 'wrong', problem: 'mailbox-twice', about: String(other.line) };
  const one = { line, person, mailboxKey };
  near.push(one);
  seen.set(key, near);
  if (basis === 'mailbox') seen.set(box, [one]);
  return draft;
}

function isSame(a: Seen, b: Seen): boolean {
  if (a.mailboxKey !== null && b.mailboxKey !== null) return a.mailboxKey === b.mailboxKey;
  const town = (one: Seen) => foldForSearch(one.person.town ?? '');
  return a.person.craft === b.person.craft && a.person.country === b.person.country && town(a) === town(b);
}
