import { formatNumber, type HttpContext, type Problem } from '../../kernel/index.ts';
import { renderPage } from '../../web/index.ts';
import { campaignText } from '../messages.ts';
import type { FormValues } from '../signatory/form-values.ts';

/** Asks to wait, says how long, and keeps what was typed. A short page: in a flood it is the one asked for most. */
export function waitPage(c: HttpContext, values: FormValues, problem: Problem): Promise<Response> {
  const locale = c.get('locale');
  const text = campaignText(locale).wait;
  const seconds = Number(problem.headers['Retry-After'] ?? 60);
  const fields = Object.entries(values).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => [name, one] as const),
  );
  return renderPage(
    c,
    { title: text.title, status: problem.status, headers: problem.headers },
    <>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead(formatNumber(locale, Math.ceil(seconds / 60)))}</p>
      <p>{text.why}</p>
      <form method="post" action="/sign">
        {fields.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">{text.button}</button>
      </form>
      <p class="code">
        <code>{problem.code}</code>
      </p>
    </>,
  );
}
