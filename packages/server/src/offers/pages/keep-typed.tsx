import { type HttpContext, Problem } from '../../kernel/index.ts';
import { Notice, renderPage } from '../../web/index.ts';
import type { Typed } from '../terms-form.ts';
import { wizardText } from '../wizard-messages.ts';

/**
 * Runs what a form asks for. Where the session has ended, answers a page that carries everything typed and sends it
 * again after sign-in; nothing is lost.
 */
export async function keepTyped(
  c: HttpContext,
  typed: Typed,
  action: () => Promise<Response>,
): Promise<Response> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'sign-in-required') throw error;
    const text = wizardText(c.get('locale'));
    const fields = Object.entries(typed).flatMap(([name, value]) =>
      (typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
    );
    return renderPage(
      c,
      { title: text.expired, status: 401 },
      <>
        <h1>{text.expired}</h1>
        <Notice tone="warn">{text.expiredHint}</Notice>
        <p>
          <a href={`/sign-in?next=${encodeURIComponent(c.req.path)}`} target="_blank" rel="noopener">
            {text.signIn}
          </a>
        </p>
        <form method="post" action={c.req.path}>
          {fields.map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <button type="submit">{text.again}</button>
        </form>
      </>,
    );
  }
}
