import type { Locale } from '../i18n.ts';

/** What a person reads about one kind of problem: what is wrong, and the cure. */
export type ProblemText = { readonly title: string; readonly cure: string };

/** One stable problem code. */
export type ProblemDefinition = {
  readonly code: string;
  readonly status: number;
  readonly en: ProblemText;
  readonly de: ProblemText;
};

type Definitions = { readonly [code: string]: Omit<ProblemDefinition, 'code'> };

/** More about one case: `detail` is shown to the person, `fields` are added to the document (RFC 9457 §3.2). */
export type ProblemCase = {
  readonly detail?: string;
  readonly fields?: { readonly [name: string]: unknown };
  readonly headers?: { readonly [name: string]: string };
  readonly cause?: unknown;
};

/** An error that is part of the interface: stable code, plain sentence, cure (RFC 9457). */
export class Problem extends Error {
  readonly definition: ProblemDefinition;
  readonly detail: string | undefined;
  readonly fields: { readonly [name: string]: unknown };
  readonly headers: { readonly [name: string]: string };

  constructor(definition: ProblemDefinition, about: ProblemCase = {}) {
    super(`${definition.code}: ${about.detail ?? definition.en.title}`, { cause: about.cause });
    this.definition = definition;
    this.detail = about.detail;
    this.fields = about.fields ?? {};
    this.headers = about.headers ?? {};
  }

  get code(): string {
    return this.definition.code;
  }

  get status(): number {
    return this.definition.status;
  }

  /** The `application/problem+json` document. */
  toDocument(locale: Locale, baseUrl: string, instance: string) {
    const text = this.definition[locale];
    return {
      type: `${baseUrl}/problems/${this.code}`,
      title: text.title,
      status: this.status,
      code: this.code,
      cure: text.cure,
      ...(this.detail === undefined ? {} : { detail: this.detail }),
      instance,
      ...this.fields,
    };
  }
}

/** A problem that the form which met it must not answer itself: the person has to go elsewhere first. */
export class Detour extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message, { cause: problem });
    this.problem = problem;
  }
}

/**
 * Declares a module's problems. Answers the definitions and `fail(code, about?)`, which makes the error to throw.
 * @example
 * export const { problems, fail } = defineProblems({
 *   'shares-not-whole': { status: 422, en: { title: '…', cure: '…' }, de: { title: '…', cure: '…' } },
 * });
 * throw fail('shares-not-whole', { detail: '90 %' });
 */
export function defineProblems<const T extends Definitions>(
  all: T,
): {
  problems: readonly ProblemDefinition[];
  fail: (code: keyof T & string, about?: ProblemCase) => Problem;
} {
  const byCode = new Map(Object.entries(all).map(([code, rest]) => [code, { code, ...rest }]));
  return { problems: [...byCode.values()], fail: (code, about) => new Problem(byCode.get(code)!, about) };
}
