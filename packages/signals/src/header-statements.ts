import { readContentUsage } from './aipref.ts';
import { asStatement, usageDamage } from './aipref-damage.ts';
import { readXRobotsTag } from './noai.ts';
import { type Statement, unreadable } from './statement.ts';
import { policyAlone } from './tdm-fold.ts';
import { readTdmHeaders } from './tdmrep.ts';

interface HeaderLine {
  readonly name: string;
  readonly value: string;
  readonly raw: string;
  readonly offset: number;
}

/**
 * Reads header lines `name: value`: `Content-Usage`, TDMRep, `X-Robots-Tag`. `noimageai` counts where the answer is a
 * picture.
 */
export function headerStatements(text: string): Statement[] {
  const lines = headerLines(text);
  const usage = lines.filter((one) => one.name === 'content-usage');
  const reservation = lines.filter((one) => one.name === 'tdm-reservation');
  const policy = lines.find((one) => one.name === 'tdm-policy');
  const picture = lines.some((one) => one.name === 'content-type' && /^image\//i.test(one.value));
  const out: Statement[] = [];
  if (usage[0]) {
    const { raw, offset } = usage[0];
    const value = usage.map((one) => one.value).join(', ');
    out.push(...readContentUsage(value, '').map((one) => ({ ...asStatement(one), raw, offset })));
    out.push(...usageDamage(value, raw, offset, 'aipref-header'));
  }
  const found = readTdmHeaders(
    { 'tdm-reservation': reservation.map((one) => one.value), ...(policy && { 'tdm-policy': policy.value }) },
    '',
  );
  const place = reservation.find((one) => one.value === '1') ?? reservation[0];
  if (place) {
    const { raw, offset } = place;
    const note = 'A reservation is 0 or 1.';
    const damage = unreadable('tdmrep-header', note, { raw, offset, usage: 'ai-all' });
    out.push(...(found.length > 0 ? found.map((one) => ({ ...asStatement(one), raw, offset })) : [damage]));
  }
  if (policy && found.length === 0)
    out.push(...policyAlone('tdmrep-header', policy.value, { raw: policy.raw, offset: policy.offset }));
  for (const { name, value, raw, offset } of lines) {
    if (name !== 'x-robots-tag') continue;
    out.push(...readXRobotsTag(value, '', picture).map((one) => ({ ...asStatement(one), raw, offset })));
  }
  return out;
}

function headerLines(text: string): HeaderLine[] {
  const out: HeaderLine[] = [];
  for (let at = 0; at < text.length; ) {
    const stop = text.indexOf('\n', at);
    const end = stop === -1 ? text.length : stop;
    const raw = text.slice(at, end).trimEnd();
    const colon = raw.indexOf(':');
    if (colon > 0) {
      const name = raw.slice(0, colon).trim().toLowerCase();
      out.push({ name, value: raw.slice(colon + 1).trim(), raw, offset: at });
    }
    at = end + 1;
  }
  return out;
}
