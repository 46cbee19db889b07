import { SCAN_REPORT_MAX_BYTES } from '@clearway/protocol';
import { z } from 'zod';
import { requireUser } from '../identity/index.ts';
import { checkFields, cleanLine, type HttpContext, readUpload } from '../kernel/index.ts';
import { LICENSED_USES } from '../licensing/index.ts';
import { requireParty } from '../parties/index.ts';
import { type DatasetCheck, MAX_DATASET_NAME } from './model.ts';
import { failEvidence } from './problems.ts';
import { recordCheck } from './record-check.ts';

const fields = z.object({
  dataset: cleanLine(MAX_DATASET_NAME),
  use: z.enum(LICENSED_USES).default('ai-train'),
});

/**
 * Takes a form with a scan report: fields `dataset` and `use`, and the file. `typed` is told what was typed as soon as it is
 * known, so that a page can show it again. Throws `report-missing`, `invalid-input`, `body-too-large`, and as `recordCheck`.
 */
export async function takeReport(
  c: HttpContext,
  typed: (fields: { readonly [name: string]: string | string[] }) => void = () => {},
): Promise<DatasetCheck> {
  const [user, party] = [await requireUser(c), await requireParty(c)];
  const upload = await readUpload(c, { maxBytes: SCAN_REPORT_MAX_BYTES });
  try {
    typed(upload.fields);
    if (!upload.file) throw failEvidence('report-missing');
    const { dataset, use } = checkFields(fields, upload.fields);
    const pieces: Uint8Array[] = [];
    for await (const piece of upload.file.open()) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    return await recordCheck(c.get('k'), { partyId: party.id, actor: user.id, dataset, use, bytes });
  } finally {
    await upload.discard();
  }
}
