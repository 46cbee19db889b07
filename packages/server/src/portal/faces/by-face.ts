import type { MiddlewareHandler } from 'hono';
import { readFaces, shownAt, whereTo } from '../../campaign/index.ts';
import { failCommon, type HttpContext, type HttpEnv } from '../../kernel/index.ts';
import type { Face } from '../../web/index.ts';
import type { RoomOf } from './rooms.ts';

/** Answers each request at the host whose face it belongs to, and sends the others there. */
export function byFace(roomOf: RoomOf): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    c.set('face', () => faceOf(c, roomOf));
    const room = roomOf(c.req.path);
    if (room === 'common') return next();
    const k = c.get('k');
    const { faces } = await readFaces(k);
    const direction = whereTo(faces, hostOf(c), room);
    if (direction === 'here') return next();
    if (direction === 'nowhere') throw failCommon('not-found', { detail: c.req.path });
    const base = direction === 'campaign' ? faces.campaign!.baseUrl : k.site.baseUrl;
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`${base}${pathname}${search}`, 307);
  };
}

async function faceOf(c: HttpContext, roomOf: RoomOf): Promise<Face> {
  const { faces } = await readFaces(c.get('k'));
  const shows = shownAt(faces, hostOf(c));
  const has = (path: string) => whereTo(faces, hostOf(c), roomOf(path)) !== 'nowhere';
  if (shows !== 'campaign' || !faces.campaign) return { shows, has, accent: faces.accent };
  const { name, operator, imprint, accent } = faces.campaign;
  return { shows, has, accent, voice: { name, operator, imprint } };
}

function hostOf(c: HttpContext): string {
  return c.req.header('Host') ?? new URL(c.req.url).host;
}
