import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Locale } from '../i18n.ts';
import type { Kernel } from '../kernel.ts';
import { failCommon } from './common-problems.ts';

/** What every request carries. Modules add to it by declaration merging with `HttpVariables`. */
export interface HttpVariables {
  k: Kernel;
  locale: Locale;
  requestId: string;
  /** The texts of a form with a file, which can be read once only. */
  uploadFields?: { readonly [name: string]: string | string[] };
  /** Looks at the fields the frame of pages adds to forms; for whoever reads a form with a file. */
  formGuard?: (fields: { readonly [name: string]: string | string[] }) => Promise<void>;
}

export type HttpEnv = { Variables: HttpVariables };
export type HttpContext = Context<HttpEnv>;
export type Router = OpenAPIHono<HttpEnv>;

/** A router whose validation errors are problems that name each field. */
export function createRouter(): Router {
  return new OpenAPIHono<HttpEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.map((issue) => ({
        path: issue.path.join('.'),
        message: issue.message,
      }));
      throw failCommon('invalid-input', {
        detail: errors.map((e) => `${e.path}: ${e.message}`).join('; '),
        fields: { errors },
      });
    },
  });
}
