import { formatDate, type Locale } from '../../kernel/index.ts';
import { deskText } from '../desk-messages.ts';
import type { Check, Signature } from '../model.ts';
import { CheckLine } from '../wall/check-line.tsx';
import type { Proof } from './model.ts';
import { rosterText } from './roster-messages.ts';

/** Checks of a signature, the e-mail first. */
export function Checks(props: {
  locale: Locale;
  signature: Signature;
  checks: readonly Check[];
  proof?: Proof | undefined;
}) {
  const { locale, signature, checks, proof } = props;
  return (
    <ul>
      <Basis locale={locale} signature={signature} proof={proof} />
      {checks.map((check) => (
        <li>
          <CheckLine locale={locale} check={check} />
        </li>
      ))}
    </ul>
  );
}

/** On what the signature rests. */
function Basis({
  locale,
  signature,
  proof,
}: {
  locale: Locale;
  signature: Signature;
  proof: Proof | undefined;
}) {
  const { basis, through, source, confirmedAt, consentedAt } = signature;
  if (!confirmedAt) return null;
  const at = formatDate(locale, confirmedAt);
  const text = rosterText(locale).entry;
  if (basis === 'authority')
    return (
      <li>
        {text.authority(through ?? '')}, {at}. {text.notSelf}
        {proof && 'authority' in proof && (
          <>
            {' '}
            {text.proof(
              rosterText(locale).authorities[proof.authority],
              formatDate(locale, new Date(proof.on)),
            )}
          </>
        )}
      </li>
    );
  if (basis === 'import') return <li>{text.imported(formatDate(locale, consentedAt), source ?? '', at)}</li>;
  return <li>{deskText(locale).entry.email(at)}</li>;
}
