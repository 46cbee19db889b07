import type { Locale } from '../kernel/index.ts';
import { navigationText } from './navigation-messages.ts';
import { locate, type Viewer } from './places.ts';

type Props = { readonly locale: Locale; readonly path: string; readonly viewer: Viewer };

/** The menu: areas by role, and the places of the area one is in. Folded on narrow screens, open on wide ones. */
export function Navigation({ locale, path, viewer }: Props) {
  const text = navigationText(locale);
  const { areas, area, place } = locate(path, viewer);
  const several = areas.length > 1;
  return (
    <nav class={several ? 'menu deep' : 'menu'} aria-label={text.label}>
      <details>
        <summary>
          {text.menu}
          {place && <span>{text.places[place.key]}</span>}
        </summary>
        {several && (
          <ul class="areas">
            {areas.map(({ key, home }) => (
              <li>
                <a href={home} aria-current={key === area.key ? 'true' : undefined}>
                  {text.areas[key]}
                </a>
              </li>
            ))}
            {viewer.signedIn && (
              <li class="last">
                <form method="post" action="/sign-out">
                  <button class="link" type="submit">
                    {text.signOut}
                  </button>
                </form>
              </li>
            )}
          </ul>
        )}
        <ul class="places" aria-label={several ? text.areas[area.key] : undefined}>
          {area.places.map(({ key, href }) => (
            <li>
              <a href={href} aria-current={path === href ? 'page' : place?.key === key ? 'true' : undefined}>
                {text.places[key]}
              </a>
            </li>
          ))}
          {!viewer.signedIn && (
            <li>
              <a href="/sign-in" aria-current={path === '/sign-in' ? 'page' : undefined}>
                {text.signIn}
              </a>
            </li>
          )}
        </ul>
      </details>
    </nav>
  );
}

/** The way back from a page that the menu does not name. */
export function Trail({ locale, path, viewer }: Props) {
  const text = navigationText(locale);
  const { area, place } = locate(path, viewer);
  if (path === '/' || path === place?.href) return null;
  return (
    <nav class="trail" aria-label={text.trail}>
      {place ? (
        <a href={place.href}>
          {area.key === 'operator' && place.href === area.home ? text.areas.operator : text.places[place.key]}
        </a>
      ) : (
        <a href="/">{text.home}</a>
      )}
    </nav>
  );
}
