import { sql } from 'kysely';
import type { Db } from '../kernel/index.ts';

type IssuedRow = {
  jti: string;
  agreement_id: string;
  client_id: string;
  licensee_id: string;
  site_id: string;
  work_id: string;
  use: string;
  cap: number | null;
  issued_at: Date;
  expires_at: Date;
};

export async function selectIssued(db: Db, jtis: readonly string[]): Promise<IssuedRow[]> {
  const found = await sql<IssuedRow>`select t.jti, t.agreement_id, t.client_id, a.licensee_id, t.site_id,
      t.work_id, t.use, t.cap, t.issued_at, t.expires_at
    from licensing.tokens t join licensing.agreements a on a.id = t.agreement_id
    where t.jti = any(${jtis}::uuid[])`.execute(db);
  return found.rows;
}
