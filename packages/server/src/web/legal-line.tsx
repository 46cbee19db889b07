import type { Locale, TextVersion } from '../kernel/index.ts';
import { formatDate } from '../kernel/index.ts';
import { commonText } from './messages.ts';

/** Under which versions of the operator's texts somebody takes part, beside a form that begins it. */
export function LegalLine(props: {
  locale: Locale;
  versions: ReadonlyMap<string, TextVersion>;
  zone?: string;
}) {
  const { locale, versions, zone } = props;
  const text = commonText(locale);
  const link = (key: 'participation' | 'privacy') => {
    const version = versions.get(key);
    return (
      <>
        <a href={version ? `/legal-texts/${key}/${version.version}` : `/${key}`}>{text[key]}</a>
        {version && ` (${text.versionOf(version.version, formatDate(locale, version.appliesFrom, zone))})`}
      </>
    );
  };
  return (
    <p class="hint">
      {text.takesPart} {link('participation')} · {link('privacy')}
    </p>
  );
}
