import type { SiteChannels } from './site-channels.ts';

/** The header lines of a site as the configuration of common servers. */
export function serverSnippets(
  channels: Pick<SiteChannels, 'linkHeader' | 'headers' | 'aipref'>,
): readonly { readonly server: string; readonly content: string }[] {
  const headers: [string, string][] = [
    ['Link', channels.linkHeader],
    ...Object.entries(channels.headers),
    ...(channels.aipref === undefined ? [] : [['Content-Usage', channels.aipref] as [string, string]]),
  ];
  const quoted = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const lines = (write: (name: string, value: string) => string) =>
    headers.map(([name, value]) => write(name, value)).join('\n');
  return [
    // Single quotes: the value holds double ones, and nginx reads $ in both; an address holds none.
    { server: 'nginx', content: lines((name, value) => `add_header ${name} '${value}' always;`) },
    { server: 'Apache', content: lines((name, value) => `Header always set ${name} ${quoted(value)}`) },
    { server: 'Caddy', content: `header {\n${lines((name, value) => `\t${name} ${quoted(value)}`)}\n}` },
  ];
}
