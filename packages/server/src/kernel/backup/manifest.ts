import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { z } from 'zod';
import { BackupError } from './errors.ts';

export const FORMAT = 'clearway-backup-1';
export const MANIFEST = 'manifest.json';
export const MANIFEST_SHA256 = 'manifest.sha256';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const path = z
  .string()
  .regex(
    /^(?:tables\/[a-z0-9_]+\.[a-z0-9_]+\.copy\.gz|secret\/master\.key|blobs\/[0-9a-f]{2}\/[0-9a-f]{64})$/,
  );

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  createdAt: z.iso.datetime(),
  /** Version of the PostgreSQL that wrote it; for people, nothing depends on it. */
  postgres: z.string(),
  /** What was applied to the database, in the order of the modules. */
  migrations: z.array(z.strictObject({ module: z.string(), name: z.string(), sha256 })),
  /** `sha256` is of the rows in PostgreSQL's COPY text format, in the order of the primary key. */
  tables: z.array(
    z.strictObject({
      schema: name,
      table: name,
      columns: z.array(z.string()),
      rows: z.number().int(),
      sha256,
    }),
  ),
  sequences: z.array(z.strictObject({ schema: name, sequence: name, lastValue: z.string().nullable() })),
  /** What modules said about the same snapshot; the restored database must say the same. */
  facts: z.record(z.string(), z.json()),
  /** Every other file of the backup, as it lies there. */
  files: z.array(z.strictObject({ path, sha256, bytes: z.number().int() })),
});

/** `manifest.json` of a backup. */
export type BackupManifest = z.infer<typeof manifestSchema>;
export type BackupFile = BackupManifest['files'][number];

export function tableFile(schema: string, table: string): string {
  return `tables/${schema}.${table}.copy.gz`;
}

/** The line in `manifest.sha256`, as `sha256sum -c` reads it. */
export function manifestLine(text: string): string {
  return `${createHash('sha256').update(text).digest('hex')}  ${MANIFEST}\n`;
}

/**
 * Reads a backup's manifest and checks every byte of every file against it. Throws `backup-damaged` when a file is
 * changed, missing or not listed.
 */
export async function readBackup(source: string): Promise<BackupManifest> {
  if (!existsSync(join(source, MANIFEST)) || !existsSync(join(source, MANIFEST_SHA256)))
    throw new BackupError('backup-damaged', `${source} is not a complete backup: its manifest is missing.`);
  const text = readFileSync(join(source, MANIFEST), 'utf8');
  if (readFileSync(join(source, MANIFEST_SHA256), 'utf8') !== manifestLine(text))
    throw damaged(source, MANIFEST);
  const manifest = parse(source, text);
  const listed = new Map(manifest.files.map((file) => [file.path, file]));
  for (const { schema, table } of manifest.tables)
    if (!listed.has(tableFile(schema, table))) throw damaged(source, tableFile(schema, table));
  for (const file of filesBelow(source)) {
    if (file === MANIFEST || file === MANIFEST_SHA256) continue;
    if (!listed.has(file)) throw new BackupError('backup-damaged', `${file} is not a file of this backup.`);
  }
  for (const file of manifest.files) {
    if ((await hashFile(join(source, file.path))) !== file.sha256) throw damaged(source, file.path);
  }
  return manifest;
}

function parse(source: string, text: string): BackupManifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw damaged(source, MANIFEST, cause);
  }
}

function damaged(source: string, file: string, cause?: unknown): BackupError {
  const message = `The backup ${source} is damaged: ${file} is not what was written. Take another copy.`;
  return new BackupError('backup-damaged', message, cause);
}

/** Paths with `/` of all files below a directory. */
export function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Hexadecimal SHA-256 of a file; of a missing one an empty text. */
async function hashFile(path: string): Promise<string> {
  if (!existsSync(path)) return '';
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
