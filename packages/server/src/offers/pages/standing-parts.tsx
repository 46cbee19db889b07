import type { Locale } from '../../kernel/index.ts';
import { Badge } from '../../web/index.ts';
import type { TermsChange } from '../compare-terms.ts';
import { offersText } from '../messages.ts';
import { useSentence } from '../offer-text.ts';
import type { Standing } from '../read-standing.ts';
import { grantedAiUses, type Terms, USES } from '../terms.ts';

/** Where the terms of a work stand, in one word. */
export function StandingBadge({ locale, standing }: { locale: Locale; standing: Standing }) {
  const { state } = offersText(locale);
  const { inForce, agreed } = standing;
  if (!inForce) return <Badge tone="info">{state.none}</Badge>;
  const offered = grantedAiUses(inForce.terms);
  if (offered.length === 0) return <Badge tone="info">{state.reserved}</Badge>;
  if (agreed.length === 0) return <Badge tone="warn">{state.waiting}</Badge>;
  return <Badge tone="good">{agreed.length < offered.length ? state.partly : state.licensable}</Badge>;
}

/** What holds for each use, as whole sentences. */
export function Sentences({ locale, terms, currency }: { locale: Locale; terms: Terms; currency: string }) {
  return (
    <ul>
      {USES.map((use) => (
        <li>{useSentence(locale, use, terms[use], currency)}</li>
      ))}
    </ul>
  );
}

/** Reasons that nobody waits for the end of. */
const FINAL: readonly string[] = ['reserved', 'withdrawn'];

/** Why not everything offered can be licensed, and what goes on meanwhile. Names only where they may be seen. */
export function Reasons(props: { locale: Locale; standing: Standing; named: boolean }) {
  const { locale, standing, named } = props;
  const text = offersText(locale);
  const { reasons } = standing;
  if (reasons.length === 0) return null;
  const waits = standing.agreed.length === 0 && reasons.some(({ code }) => !FINAL.includes(code));
  return (
    <>
      <ul>
        {reasons.map(({ code, names }) => (
          <li>
            {text.reason[code]}
            {named && names.length > 0 && <> ({names.join(', ')})</>}
          </li>
        ))}
      </ul>
      {waits && <p class="hint">{text.meanwhile}</p>}
    </>
  );
}

/** A change between two versions, before and after. */
export function Changes({ locale, changes }: { locale: Locale; changes: readonly TermsChange[] }) {
  const { versions } = offersText(locale);
  return (
    <ul>
      {changes.map(({ before, after }) => (
        <li>
          {before !== undefined && (
            <>
              {versions.was} <del>{before}</del>
              <br />
              {versions.is}{' '}
            </>
          )}
          {before === undefined ? after : <ins>{after}</ins>}
        </li>
      ))}
    </ul>
  );
}

/** The terms as text: lines that begin with a dash are a list. */
export function TermsText({ text }: { text: string }) {
  const blocks = text.split('\n\n').map((block) => block.split('\n').filter((line) => line !== ''));
  return (
    <div class="terms">
      {blocks.map((lines) =>
        lines.every((line) => line.startsWith('- ')) ? (
          <ul>
            {lines.map((line) => (
              <li>{line.slice(2)}</li>
            ))}
          </ul>
        ) : (
          lines.map((line) => <p>{line}</p>)
        ),
      )}
    </div>
  );
}
