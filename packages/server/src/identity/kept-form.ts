import { getCookie, setCookie } from 'hono/cookie';
import {
  clientAddress,
  Detour,
  type HttpContext,
  type Kernel,
  type Limit,
  Problem,
  readUpload,
} from '../kernel/index.ts';
import { currentSession } from './current-user.ts';
import { KEPT_FORM_MS, networkOf } from './model.ts';
import { type PostedForm, postedForm } from './posted-form.ts';
import { deleteKeptForms, insertKeptForm, selectKeptForm } from './store-proof.ts';

/** What somebody typed into a form that could not be taken yet. */
export type KeptForm = Omit<PostedForm, 'from'>;

const COOKIE = 'kept';
const PURPOSE = 'kept-form';
const MAX_LENGTH = 200_000;
/** Strangers may send forms too. */
const PER_NETWORK: Limit = { name: 'kept-form-network', per: 120, windowMs: 3_600_000, burst: 30 };
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Keeps what was posted, sealed, for this browser and half an hour; answers the number under which `keptForm` finds it, or
 * undefined when there was nothing to keep. Files are not kept. Where the form says who opened it, it is shown to nobody else.
 */
export async function keepForm(c: HttpContext, given?: PostedForm): Promise<string | undefined> {
  const posted = given ?? (await arrivedForm(c));
  if (!posted || posted.fields.length === 0) return undefined;
  const k = c.get('k');
  const { action, fields, openedFor } = posted;
  const text = JSON.stringify({ action, fields, openedFor } satisfies KeptForm);
  const session = await currentSession(c);
  if (text.length > MAX_LENGTH) return undefined;
  if (!session && k.limits.take(PER_NETWORK, networkOf(clientAddress(c))) > 0) return undefined;
  const id = k.ids.id();
  const opener = openedFor?.split('.')[0];
  const owner = opener && UUID.test(opener) ? opener : (session?.user.id ?? null);
  await insertKeptForm(k.db, {
    id,
    browser_hash: await browserHash(k, keepCookie(c)),
    user_id: owner,
    sealed: await k.keys.seal(PURPOSE, text, id),
    expires_at: new Date(k.clock.now().getTime() + KEPT_FORM_MS),
  });
  return id;
}

/**
 * What this browser sent and may see again; undefined when there is nothing, or no longer. What a person sent, she sees who is
 * signed in as that person.
 */
export async function keptForm(c: HttpContext, id: string | undefined): Promise<KeptForm | undefined> {
  const token = readCookie(c);
  if (id === undefined || !UUID.test(id) || token === undefined) return undefined;
  const k = c.get('k');
  const session = await currentSession(c);
  const row = await selectKeptForm(k.db, id, await browserHash(k, token));
  if (!row || row.expires_at <= k.clock.now()) return undefined;
  if (row.user_id !== null && row.user_id !== session?.user.id) return undefined;
  return JSON.parse(await k.keys.open(PURPOSE, row.sealed, id)) as KeptForm;
}

/** The page to go back to, told which kept form to fill in. */
export function withKept(path: string, id: string): string {
  const url = new URL(path, 'http://here.invalid');
  url.searchParams.set('kept', id);
  return `${url.pathname}${url.search}${url.hash}`;
}

/** Forgets what this browser sent: whoever signs out leaves nothing behind. */
export async function forgetKeptForms(c: HttpContext): Promise<void> {
  const token = readCookie(c);
  const k = c.get('k');
  if (token !== undefined) await deleteKeptForms(k.db, { browserHash: await browserHash(k, token) });
}

/** The form of this request, its files read and thrown away. */
async function arrivedForm(c: HttpContext): Promise<PostedForm | undefined> {
  const type = c.req.header('Content-Type') ?? '';
  if (c.req.method !== 'POST' || c.get('uploadFields') || !type.startsWith('multipart/form-data'))
    return postedForm(c);
  try {
    const { discard } = await readUpload(c, { maxBytes: c.get('k').site.maxUploadBytes });
    await discard();
    return await postedForm(c);
  } catch (error) {
    // What cannot be read cannot be kept; the reason for the answer stays the one that led here.
    if (error instanceof Problem || error instanceof Detour) return undefined;
    throw error;
  }
}

function browserHash(k: Kernel, token: string): Promise<string> {
  return k.keys.hmac('kept-form-browser', token);
}

function readCookie(c: HttpContext): string | undefined {
  const token = getCookie(c, COOKIE);
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined;
}

/** The browser's own secret; it lives a little longer than what it opens. */
function keepCookie(c: HttpContext): string {
  const k = c.get('k');
  const token = readCookie(c) ?? k.ids.secret();
  setCookie(c, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: (2 * KEPT_FORM_MS) / 1_000,
    ...(k.site.baseUrl.startsWith('https:') ? { secure: true } : {}),
  });
  return token;
}
