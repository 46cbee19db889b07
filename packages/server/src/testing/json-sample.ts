/** A JSON Schema as it stands in the OpenAPI document. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The smallest value that a JSON Schema allows, as far as the schema says it. */
export function sampleOf(schema: JsonSchema, resolve: (ref: string) => JsonSchema): unknown {
  const visit = (inner: unknown) => sampleOf(inner as JsonSchema, resolve);
  if (typeof schema.$ref === 'string') return visit(resolve(schema.$ref));
  if ('const' in schema) return schema.const;
  if ('example' in schema) return schema.example;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const choice of [schema.anyOf, schema.oneOf]) if (Array.isArray(choice)) return visit(choice[0]);
  if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map(visit));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, unknown>;
    const required = (schema.required ?? []) as string[];
    return Object.fromEntries(required.map((name) => [name, visit(properties[name])]));
  }
  if (type === 'array')
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => visit(schema.items));
  if (type === 'integer' || type === 'number') return Number(schema.minimum ?? 1);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return sampleText(schema);
}

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '01900000-0000-7000-8000-000000000000',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  email: 'somebody@example.org',
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
};

function sampleText({ format, minLength }: JsonSchema): string {
  return BY_FORMAT[String(format)] ?? 'x'.repeat(Math.max(Number(minLength ?? 0), 3));
}
