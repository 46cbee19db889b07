import type { Router } from '../kernel/index.ts';
import { type JsonSchema, sampleOf } from './json-sample.ts';

type Content = { readonly [mediaType: string]: { readonly schema?: JsonSchema } };
type Parameter = { readonly name: string; readonly in: string; readonly schema: JsonSchema };

/** One operation of the OpenAPI document. */
export type Operation = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | undefined;
  readonly responses: {
    readonly [status: string]: { readonly description?: string; readonly content?: Content };
  };
};

/** The interface as the instance describes it, and what can be derived from it. */
export type Interface = {
  readonly operations: readonly Operation[];
  /** A schema without references, for a validator. */
  standalone(schema: JsonSchema): JsonSchema;
  sample(schema: JsonSchema): unknown;
};

/** Reads `/api/openapi.json` of an instance. */
export async function readInterface(app: Router): Promise<Interface> {
  const answer = await app.request('/api/openapi.json');
  const document = (await answer.json()) as {
    paths: Record<string, Record<string, Omit<Operation, 'body'> & { requestBody?: { content: Content } }>>;
    components: { schemas: Record<string, JsonSchema> };
  };
  const { schemas } = document.components;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      body: operation.requestBody?.content['application/json']?.schema,
    })),
  );
  return {
    operations,
    standalone: (schema) =>
      JSON.parse(
        JSON.stringify({ ...schema, $defs: schemas }).replaceAll('#/components/schemas/', '#/$defs/'),
      ),
    sample: (schema) => sampleOf(schema, (ref) => schemas[ref.split('/').pop()!] ?? {}),
  };
}
