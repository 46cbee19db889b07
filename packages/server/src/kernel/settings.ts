import { sql } from 'kysely';
import { inTx, type Kernel } from './kernel.ts';

/** The stored value of an instance setting, or undefined. Shapes are checked by whoever owns the key. */
export async function readSetting(
  k: Kernel,
  key: string,
): Promise<{ value: unknown; version: number } | undefined> {
  const row = await sql<{ value: unknown; version: number }>`
    select value, version from kernel.settings where key = ${key}`.execute(k.db);
  return row.rows[0];
}

/** Stores a setting. With `version` it is kept only if nobody changed it meanwhile; answers whether it was kept. */
export async function writeSetting(
  k: Kernel,
  key: string,
  value: unknown,
  version?: number,
): Promise<boolean> {
  const json = JSON.stringify(value);
  return inTx(k, async (t) => {
    const now = t.clock.now();
    if (version === undefined || version === 0) {
      const made =
        await sql`insert into kernel.settings (key, value, updated_at) values (${key}, ${json}::jsonb, ${now})
        on conflict (key) do ${version === 0 ? sql`nothing` : sql`update set value = excluded.value, version = kernel.settings.version + 1, updated_at = excluded.updated_at`}`.execute(
          t.db,
        );
      return made.numAffectedRows === 1n;
    }
    const changed =
      await sql`update kernel.settings set value = ${json}::jsonb, version = version + 1, updated_at = ${now}
      where key = ${key} and version = ${version}`.execute(t.db);
    return changed.numAffectedRows === 1n;
  });
}
