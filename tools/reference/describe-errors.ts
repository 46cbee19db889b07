import { netProblems } from '@clearway/net';
import { protocolProblems } from '@clearway/protocol';
import { allProblems } from '@clearway/server';
import { page, table } from './markdown.ts';

/** Every stable code: of the server with HTTP status and both languages, of the libraries as they throw it. */
export function describeErrors(): string {
  const sorted = [...allProblems].sort((a, b) => (a.code < b.code ? -1 : 1));
  const server = sorted.map(({ code, status, en, de }) => [
    `\`${code}\``,
    String(status),
    `**${en.title}** ${en.cure}`,
    `**${de.title}** ${de.cure}`,
  ]);
  return page(
    'Errors',
    'Every error has a stable code, a plain sentence and a cure. Over HTTP it is a problem document (RFC 9457) whose `type`\nis `/problems/<code>` on the instance; on a page it stands where the mistake is. Codes are never renamed or reused.',
    '## The server',
    table(['Code', 'HTTP', 'English', 'Deutsch'], server),
    '## `@clearway/protocol`',
    'Thrown as `ProtocolError`.',
    table(
      ['Code', 'Title', 'Cure'],
      protocolProblems().map(({ code, title, cure }) => [`\`${code}\``, title, cure]),
    ),
    '## `@clearway/net`',
    'Thrown as `NetError`; its message is the sentence.',
    table(
      ['Code', 'Cure'],
      netProblems().map(({ code, cure }) => [`\`${code}\``, cure]),
    ),
  );
}
