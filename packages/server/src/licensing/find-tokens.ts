import type { Kernel } from '../kernel/index.ts';
import { selectIssued } from './store-issued.ts';

/** What a token that was issued allows: one use of one work on one site, `cap` fetches at most, in its time. */
export type IssuedToken = {
  readonly jti: string;
  readonly agreementId: string;
  readonly clientId: string;
  readonly licenseeId: string;
  readonly siteId: string;
  readonly workId: string;
  readonly use: string;
  readonly cap: number | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The tokens with these ids, by id; what was never issued here is left out. */
export async function findTokens(k: Kernel, jtis: readonly string[]): Promise<Map<string, IssuedToken>> {
  const rows = await selectIssued(
    k.db,
    jtis.filter((jti) => UUID.test(jti)),
  );
  return new Map(
    rows.map((row) => [
      row.jti,
      {
        jti: row.jti,
        agreementId: row.agreement_id,
        clientId: row.client_id,
        licenseeId: row.licensee_id,
        siteId: row.site_id,
        workId: row.work_id,
        use: row.use,
        cap: row.cap ?? undefined,
        issuedAt: row.issued_at,
        expiresAt: row.expires_at,
      },
    ]),
  );
}
