import type { HttpContext, Problem } from '../kernel/index.ts';
import { ProblemNotice } from './components.tsx';
import { renderPage } from './layout.tsx';
import { commonText } from './messages.ts';

/** A problem as a page of its own, when no form is there to show it in. */
export function problemPage(c: HttpContext, problem: Problem): Promise<Response> {
  const locale = c.get('locale');
  const text = commonText(locale);
  return renderPage(
    c,
    { title: text.problem.label, status: problem.status },
    <>
      <h1>{text.problem.label}</h1>
      <ProblemNotice problem={problem} locale={locale} />
      <p>
        <a href="/">{text.home}</a>
      </p>
      <p class="hint">{text.problem.number(c.get('requestId'))}</p>
    </>,
  );
}
