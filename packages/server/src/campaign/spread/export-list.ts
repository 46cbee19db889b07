import { createHash } from 'node:crypto';
import {
  canonicalize,
  SIGNATURE_LIST_FILE_FORMAT,
  SIGNATURE_LIST_FORMAT,
  sealSignatureList,
} from '@clearway/protocol';
import { csvRow, documentsKey, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { currentDeclaration, declarationHash } from '../declaration/declaration.ts';
import { campaignBase } from '../faces/faces.ts';
import type { Basis } from '../model.ts';
import {
  countListed,
  insertListRecord,
  type ListCount,
  type ListRow,
  selectListRows,
} from './store-spread.ts';

const BATCH = 2_000;
const FIRST = '00000000-0000-0000-0000-000000000000';
const COLUMNS = ['id', 'kind', 'name', 'craft', 'country', 'town', 'checks', 'signed_at', 'through'];
/** Files older than this are not given out: a name that was withdrawn is gone within a minute. */
const FRESH_MS = 45_000;

/** The public list as files, with what the instance signed about them. */
export type ListFiles = {
  readonly json: Uint8Array<ArrayBuffer>;
  readonly csv: Uint8Array<ArrayBuffer>;
  readonly counted: ListCount;
  readonly listSha256: string;
  readonly csvSha256: string;
  readonly jsonSha256: string;
  readonly at: Date;
};

/**
 * Writes the public list: those who count and show their names, sealed with the instance's documents key. Rows are read
 * from one snapshot, in pieces, so that a long list holds up nobody.
 */
export async function writeListFiles(k: Kernel): Promise<ListFiles> {
  return k.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (db) => {
      const counted = await countListed(db);
      const [items, rows] = [[] as string[], [csvRow(COLUMNS)]];
      for (let after = FIRST; ; ) {
        const batch = await selectListRows(db, after, BATCH);
        for (const row of batch) {
          items.push(canonicalize(listed(row)));
          rows.push(csvLine(row));
        }
        if (batch.length < BATCH) break;
        after = batch.at(-1)!.id;
      }
      return seal({ ...k, db }, { items, csv: rows.join(''), counted });
    });
}

function listed({ id, kind, name, craft, country, town, checks, basis, through, confirmedAt }: ListRow) {
  return {
    ...{ id, kind, name, craft, country },
    ...(town === null ? {} : { town }),
    checks: restsOn(basis, checks),
    ...(through === null ? {} : { through }),
    signedAt: confirmedAt.toISOString(),
  };
}

function csvLine({
  id,
  kind,
  name,
  craft,
  country,
  town,
  checks,
  basis,
  through,
  confirmedAt,
}: ListRow): string {
  const words = restsOn(basis, checks).join(' ');
  return csvRow([id, kind, name, craft, country, town, words, confirmedAt.toISOString(), through]);
}

/** Whose mailbox did not confirm says so first. */
function restsOn(basis: Basis, checks: readonly string[]): string[] {
  return basis === 'mailbox' ? [...checks] : [basis, ...checks];
}

async function seal(
  k: Kernel,
  about: { items: readonly string[]; csv: string; counted: ListCount },
): Promise<ListFiles> {
  const { items, csv, counted } = about;
  const at = k.clock.now();
  const list = `[${items.join(',')}]`;
  const key = await documentsKey(k);
  const declaration = await currentDeclaration(k);
  const [listSha256, csvSha256] = [hashOf(list), hashOf(csv)];
  const sealed = await sealSignatureList(
    {
      format: SIGNATURE_LIST_FORMAT,
      issuer: await campaignBase(k),
      declaration: { version: declaration.version, sha256: await declarationHash(declaration) },
      ...counted,
      listSha256,
      csvSha256,
      issuedAt: at.toISOString(),
    },
    key,
  );
  // Members in the order of canonical JSON; the list is so already.
  const file = `{"format":"${SIGNATURE_LIST_FILE_FORMAT}","seal":${JSON.stringify(sealed)},"signatures":${list},"verifierKey":${JSON.stringify(key.verifierKey)}}`;
  return {
    json: new TextEncoder().encode(file),
    csv: new TextEncoder().encode(csv),
    counted,
    listSha256,
    csvSha256,
    jsonSha256: hashOf(file),
    at,
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Gives out the files of the list, written at most once in 45 seconds however many ask. Names are kept nowhere else. */
export function createListCache(): (k: Kernel) => Promise<ListFiles> {
  let last: { readonly from: Date; readonly files: Promise<ListFiles> } | undefined;
  return async (k) => {
    const now = k.clock.now();
    const age = last === undefined ? Number.POSITIVE_INFINITY : now.getTime() - last.from.getTime();
    if (!last || age >= FRESH_MS || age < 0) {
      last = { from: now, files: writeListFiles(k) };
      last.files.catch(() => {
        last = undefined;
      });
    }
    return last.files;
  };
}

/** Puts on record, once a day, how many are on the list and the fingerprints of its files. */
export const recordListJob: JobHandler = {
  kind: 'campaign.record-list',
  everyMs: 86_400_000,
  handle: (k) => recordList(k),
};

/** Records the list of today (UTC); a second time on the same day changes nothing. */
export async function recordList(k: Kernel): Promise<void> {
  const { counted, listSha256, csvSha256, at } = await writeListFiles(k);
  const day = at.toISOString().slice(0, 10);
  await insertListRecord(k.db, { day, at, ...counted, listSha256, csvSha256 });
}
