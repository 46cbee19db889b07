import { createApp, type kernel } from '@clearway/server';

/** The OpenAPI document of the instance with paths and schemas in a stable order. */
export async function describeApi(k: kernel.Kernel): Promise<string> {
  const answer = await createApp(k).request('/api/openapi.json');
  const document = (await answer.json()) as Record<string, unknown>;
  return `${JSON.stringify(sorted(document, ['paths', 'components', 'schemas', 'parameters']), null, 2)}\n`;
}

/** Sorts the members of the objects named, at whatever depth they lie below each other. */
function sorted(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      names.includes(name) ? byName(sorted(member, names)) : member,
    ]),
  );
}

function byName(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
