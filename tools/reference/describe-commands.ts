import { spawnSync } from 'node:child_process';
import { page } from './markdown.ts';

/** The help of the command line and of each of its commands, as people see it. */
export function describeCommands(program: string): string {
  const sections: string[] = [];
  const visit = (path: readonly string[]) => {
    const help = helpOf(program, path);
    sections.push(`${path.length === 0 ? '## clearway' : `### clearway ${path.join(' ')}`}`, fenced(help));
    for (const name of commandsIn(help)) visit([...path, name]);
  };
  visit([]);
  return page('Command line', 'Run as `npm run clearway -- <command>` in a clone.', ...sections);
}

function helpOf(program: string, path: readonly string[]): string {
  const done = spawnSync(process.execPath, [program, ...path, '--help'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
  });
  if (done.status !== 0) throw new Error(`clearway ${path.join(' ')} --help failed: ${done.stderr}`);
  return done.stdout.trimEnd();
}

function commandsIn(help: string): string[] {
  const list = help.split(/^Commands:$/m)[1] ?? '';
  return [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'help');
}

function fenced(text: string): string {
  return ['```text', text, '```'].join('\n');
}
