import { formatDate, type HttpContext } from '../../kernel/index.ts';
import { Field } from '../../web/index.ts';
import { checkText } from '../checks/check-messages.ts';
import { listEndedChecks, listVouches } from '../checks/list-checks.ts';
import { deskText } from '../desk-messages.ts';
import type { Signature } from '../model.ts';

/** On a person's own page: which checks ended, and why. */
export async function endedChecks(c: HttpContext, { id }: Signature) {
  const locale = c.get('locale');
  const text = checkText(locale).mine;
  const ended = await listEndedChecks(c.get('k'), id);
  if (ended.length === 0) return null;
  return (
    <>
      <h3>{text.endedTitle}</h3>
      <ul>
        {ended.map((one) => {
          const at = formatDate(locale, one.checkedAt);
          const words = deskText(locale).entry.method[one.method](one.detail, at);
          return (
            <li>
              {text.ended(words, formatDate(locale, one.endedAt))}: {text.for[one.endedFor]}.
              {one.reason && ` ${text.reason(one.reason)}`}
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** On an organisation's own page: for whom it vouches, each to be taken back with a reason. */
export async function givenVouches(c: HttpContext, { id }: Signature) {
  const locale = c.get('locale');
  const text = checkText(locale).mine;
  const vouches = await listVouches(c.get('k'), id);
  if (vouches.length === 0) return null;
  return (
    <details>
      <summary>{text.vouches}</summary>
      {vouches.map((one) => (
        <form method="post" action={c.req.path}>
          <h3>
            <bdi>{one.name}</bdi>, {formatDate(locale, one.checkedAt)}
          </h3>
          <input type="hidden" name="check" value={one.id} />
          <Field name="reason" label={text.vouchReason} required maxLength={1_000} />
          <button type="submit" name="action" value="vouch-back" class="quiet">
            {text.vouchButton}
          </button>
        </form>
      ))}
    </details>
  );
}
