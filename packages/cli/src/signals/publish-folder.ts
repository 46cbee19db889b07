import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check, evaluate, isUsageToken, type RslDocument } from '@clearway/rsl';
import {
  leafUsages,
  type Permissions,
  type PublicationPart,
  type PublishedText,
  publishChannels,
  type Stance,
} from '@clearway/signals';
import { type NewFlags, newDocument } from '../rsl/new-document.ts';

export interface PublishFlags extends NewFlags {
  readonly out: string;
  readonly site: string;
  readonly from?: string;
  readonly licenseUrl?: string;
  readonly robots?: string;
  readonly linkHeaderOnly?: boolean;
  readonly allOurs?: boolean;
  readonly readersMayDiffer?: boolean;
  readonly json?: boolean;
}

const stances: Readonly<Record<string, Stance>> = {
  'licensed-free': 'allow',
  'licensed-against': 'conditional',
  'not-licensed': 'disallow',
};

/** Writes one choice for every channel into a folder that must not hold other files of these names. */
export function publishFolder(flags: PublishFlags): readonly PublishedText[] {
  const site = new URL('/', flags.site).href;
  const rsl =
    flags.from === undefined ? newDocument({ ...flags, url: '/' }) : readFileSync(flags.from, 'utf8');
  const { document, issues } = check(rsl);
  const fault = issues.find((one) => one.severity === 'error');
  if (!document || fault)
    throw new Error(`The RSL document cannot be published: ${fault?.message ?? 'it is none.'}`);
  const split = issues.find((one) => one.code === 'A2-readers-differ');
  if (split && !flags.readersMayDiffer)
    throw new Error(
      `${split.message} A permission lies inside a broader prohibition: some license it, others do not. Take the prohibition back ` +
        'there, or say --readers-may-differ; the other texts then say the stricter.',
    );
  const permissions = permissionsAt(document, site, '/');
  const patterns = [...new Set(document.contents.flatMap((one) => one.url ?? []))].filter(
    (url) => url !== '/',
  );
  const offered = leafUsages.some((usage) => usage !== 'search' && permissions[usage] !== 'disallow');
  if (offered && patterns.length === 0 && !flags.allOurs)
    throw new Error(
      'A site is offered as a whole only after somebody has said what on it belongs to others (agencies, freelances, ' +
        "readers' letters): name those paths with --not-ours, or say --all-ours.",
    );
  const { holder, contact, terms, robots, linkHeaderOnly } = flags;
  const texts = publishChannels({
    licenseUrl: flags.licenseUrl ?? new URL('license.xml', site).href,
    rsl,
    permissions,
    parts: patterns.map((pattern) => partAt(document, site, pattern)),
    mode: linkHeaderOnly ? 'link-header' : 'all',
    ...(terms !== undefined && { termsUrl: terms }),
    ...(robots !== undefined && { robots: readFileSync(robots, 'utf8') }),
    ...(holder !== undefined && { holder: { name: holder, ...(contact !== undefined && { contact }) } }),
  });
  const taken = texts.find((one) => existsSync(join(flags.out, one.path)));
  if (taken)
    throw new Error(`${join(flags.out, taken.path)} is there already; name an empty folder with --out.`);
  for (const { path, content } of texts) {
    const target = join(flags.out, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  return texts;
}

/** What is refused for every use is taken for somebody else's: nothing that overlaps with it reaches into it. */
function partAt(document: RslDocument, site: string, pattern: string): PublicationPart {
  const permissions = permissionsAt(document, site, pattern);
  const excluded = leafUsages.every((usage) => permissions[usage] === 'disallow');
  return { pattern, permissions, excluded };
}

/** What a document says at a path, strictly read: what is not expressly given is not given. */
function permissionsAt(document: RslDocument, site: string, pattern: string): Permissions {
  const url = new URL(pattern.replaceAll('*', '').replace(/\$$/, ''), site).href;
  const pairs = leafUsages.filter(isUsageToken).map((usage) => {
    const { outcome } = evaluate(document, { url, usage, strict: true });
    return [usage, stances[outcome] ?? 'disallow'] as const;
  });
  return Object.fromEntries(pairs);
}
