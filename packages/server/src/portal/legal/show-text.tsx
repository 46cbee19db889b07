import {
  formatDate,
  type HttpContext,
  readInstance,
  type TextVersion,
  textVersions,
} from '../../kernel/index.ts';
import { Notice } from '../../web/index.ts';
import type { LegalText } from './find-legal-text.ts';
import { legalText as words } from './messages.ts';
import { PlainText } from './plain-text.tsx';

/** A text with the version it is, its hash, what is to come, and the way to all versions. */
export async function showText(c: HttpContext, { key, bodies, version }: LegalText) {
  const locale = c.get('locale');
  const text = words(locale);
  const k = c.get('k');
  const zone = (await readInstance(k))?.instance.zone;
  const all = await textVersions(k, key);
  const day = ({ appliesFrom }: TextVersion) => formatDate(locale, appliesFrom, zone);
  const coming = all.find(({ appliesFrom }) => appliesFrom > k.clock.now());
  return (
    <>
      {!version && <Notice tone="warn">{text.shipped}</Notice>}
      {coming && coming.version !== version?.version && (
        <Notice>
          <a href={`/legal-texts/${key}/${coming.version}`}>{text.coming(coming.version, day(coming))}</a>
        </Notice>
      )}
      <div class="legal">
        <PlainText text={bodies[locale]} />
      </div>
      {version && (
        <p class="hint">
          {text.version(version.version, day(version))} ·{' '}
          {text.published(formatDate(locale, version.publishedAt, zone))}
          <br />
          {text.hash}: <code>{version.sha256[locale]}</code>
        </p>
      )}
      {all.length > 0 && (
        <details>
          <summary>{text.versions}</summary>
          <ul>
            {all.map((one) => (
              <li>
                <a href={`/legal-texts/${key}/${one.version}`}>{text.version(one.version, day(one))}</a>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
