import { formatDate, type Locale } from '../../kernel/index.ts';
import { deskText } from '../desk-messages.ts';
import type { Check } from '../model.ts';

/** A check in words. The page that links back is linked, as its owner's word and not as ours. */
export function CheckLine({ locale, check }: { locale: Locale; check: Check }) {
  const { method, detail, checkedAt } = check;
  const words = deskText(locale).entry.method[method](detail, formatDate(locale, checkedAt));
  const at = words.indexOf(detail);
  if (method !== 'link-back' || at < 0) return <>{words}</>;
  return (
    <>
      {words.slice(0, at)}
      <a href={`https://${detail}`} rel="nofollow ugc noopener">
        {detail}
      </a>
      {words.slice(at + detail.length)}
    </>
  );
}
