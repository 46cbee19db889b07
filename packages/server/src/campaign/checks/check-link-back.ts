import { NetError } from '@clearway/net';
import { recordActivity } from '../../identity/index.ts';
import { failCommon, inTx, type Kernel, type Limit } from '../../kernel/index.ts';
import { campaignBase } from '../faces/faces.ts';
import { fail } from '../problems.ts';
import { lockSignatory, selectSignatory } from '../store.ts';
import { insertCheck, wasTakenBack } from './store-checks.ts';

const MAX_PAGE = 2 * 1024 * 1024;
const MAX_SHOWN = 300;
const PER_SIGNATURE: Limit = { name: 'campaign-link-back', per: 10, windowMs: 3_600_000, burst: 5 };

/** The public address of an entry; a page that links to it with `rel="me"` shows that both are one person's. */
export async function entryUrl(k: Kernel, signatoryId: string): Promise<string> {
  return `${await campaignBase(k)}/signed/${signatoryId}`;
}

/**
 * Looks at a page the signatory names for a link back to the entry, marked `rel="me"`: visitors' comments cannot carry
 * that mark. Recorded with the page's host and path: of one host several pages may be hers.
 * Throws `signature-link-unknown`, `link-back-address-invalid`, `link-back-unreachable`, `link-back-missing`,
 * `check-taken-back`, `too-many-requests`.
 */
export async function checkLinkBack(
  k: Kernel,
  { signatoryId, url }: { signatoryId: string; url: string },
): Promise<void> {
  if (!(await selectSignatory(k.db, signatoryId))) throw fail('signature-link-unknown');
  const wait = Math.ceil(k.limits.take(PER_SIGNATURE, signatoryId) / 1_000);
  if (wait > 0) throw failCommon('too-many-requests', { headers: { 'Retry-After': String(wait) } });
  const page = readAddress(k, url, await campaignBase(k));
  const html = await read(k, page);
  if (!linksOf(html).includes(await entryUrl(k, signatoryId))) throw fail('link-back-missing');
  await inTx(k, async (t) => {
    const row = await lockSignatory(t.db, signatoryId);
    if (row?.state !== 'confirmed' && row?.state !== 'held') throw fail('signature-not-confirmed');
    const check = { signatoryId, method: 'link-back', detail: shownAddress(page) } as const;
    if (await wasTakenBack(t.db, check)) throw fail('check-taken-back');
    await insertCheck(t.db, { ...check, id: t.ids.id(), at: t.clock.now() });
    const subject = `signatory:${signatoryId}`;
    await recordActivity(t, { actor: 'system', action: 'campaign.checked-link-back', subject });
  });
}

/** Host and path, without what may be in a query. */
function shownAddress(page: URL): string {
  return `${page.host}${page.pathname.replace(/\/$/, '')}`.slice(0, MAX_SHOWN);
}

function readAddress(k: Kernel, text: string, own: string): URL {
  const given = text.trim();
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const secure = url?.protocol === 'https:' || (k.site.allowPorts === true && url?.protocol === 'http:');
  if (!url || !secure || url.username !== '' || given.length > 2_000) throw fail('link-back-address-invalid');
  // The entry itself is no page of the signatory's.
  if ([own, k.site.baseUrl].some((base) => url.origin === new URL(base).origin))
    throw fail('link-back-address-invalid');
  return url;
}

async function read(k: Kernel, page: URL): Promise<string> {
  try {
    const answer = await k.fetch(page.href, {
      redirect: 'manual',
      accept: 'text/html',
      maxBytes: MAX_PAGE,
      timeoutMs: 10_000,
    });
    if (answer.status !== 200) throw fail('link-back-unreachable');
    return new TextDecoder().decode(answer.body);
  } catch (cause) {
    if (!(cause instanceof NetError)) throw cause;
    throw fail('link-back-unreachable', { cause });
  }
}

/** Where links and anchors marked `rel="me"` lead; what stands in comments or scripts is no link. */
export function linksOf(html: string): string[] {
  const shown = html
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(/<(script|style|template|textarea)\b[\s\S]*?<\/\1/gi, '');
  return [...shown.matchAll(/<(?:a|link)\s([^<>]*)>/gi)].flatMap(([, attributes = '']) => {
    const rel = attribute(attributes, 'rel').toLowerCase().split(/\s+/);
    return rel.includes('me') && !rel.includes('ugc') ? [attribute(attributes, 'href').trim()] : [];
  });
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(
    attributes,
  );
  return (found?.[1] ?? found?.[2] ?? found?.[3] ?? '').replaceAll('&amp;', '&');
}
