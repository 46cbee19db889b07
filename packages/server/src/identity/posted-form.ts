import { type HttpContext, Problem } from '../kernel/index.ts';
import { safeNext } from './model.ts';

/** A form as it arrived. */
export type PostedForm = {
  /** Where it went. */
  readonly action: string;
  /** The page it was on; undefined when the browser does not say. */
  readonly from: string | undefined;
  /** What was typed, without the fields of the frame. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Whoever the form was opened for (`openedFor`), where the form said so. */
  readonly openedFor: string | undefined;
};

/** The field in which each form says for whom it was opened. */
export const OPENED_FOR = '_for';
/** The field in which a form on a page that answered a form says where the first one was. */
export const FROM = '_from';
const MAX_BYTES = 2_000_000;

/**
 * The form this request brought; undefined when none of our pages sent it. Without fields when they cannot be read, and as long
 * as nobody has read the files that came with them.
 */
export async function postedForm(c: HttpContext): Promise<PostedForm | undefined> {
  if (c.req.method !== 'POST' || !fromHere(c)) return undefined;
  const fields = await postedFields(c);
  const { pathname, search } = new URL(c.req.url);
  const framed = new Map(fields.filter(([name]) => name.startsWith('_')));
  const from = framed.get(FROM) ?? refererPath(c);
  return {
    action: `${pathname}${search}`,
    from: from === undefined ? undefined : safeNext(from),
    fields: fields.filter(([name]) => !name.startsWith('_')),
    openedFor: framed.get(OPENED_FOR),
  };
}

async function postedFields(c: HttpContext): Promise<[string, string][]> {
  const type = c.req.header('Content-Type') ?? '';
  if (type.startsWith('multipart/form-data')) {
    const fields = Object.entries(c.get('uploadFields') ?? {});
    return fields.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
  }
  if (!type.startsWith('application/x-www-form-urlencoded')) return [];
  // What was refused for its size is not read for its fields.
  if (Number(c.req.header('Content-Length') ?? 0) > MAX_BYTES) return [];
  try {
    return [...new URLSearchParams(await c.req.text())];
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** What another site had a browser send is not somebody's typing. */
function fromHere(c: HttpContext): boolean {
  const origin = c.req.header('Origin');
  return origin === undefined || isOwn(c, origin);
}

function refererPath(c: HttpContext): string | undefined {
  const referer = c.req.header('Referer');
  if (referer === undefined || !isOwn(c, referer)) return undefined;
  const { pathname, search } = new URL(referer);
  return `${pathname}${search}`;
}

/** The campaign may have a host of its own; behind a proxy only the host of a request is certain. */
function isOwn(c: HttpContext, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { host, origin } = new URL(address);
  return origin === new URL(c.get('k').site.baseUrl).origin || host === new URL(c.req.url).host;
}
