import { createProgram } from '../../packages/cli/src/program.ts';
import { page } from './markdown.ts';

type Command = ReturnType<typeof createProgram>;

/** The help of the command line and of each of its commands, as people see it who print it into a file. */
export function describeCommands(): string {
  const sections: string[] = [];
  const visit = (command: Command, path: readonly string[]) => {
    sections.push(
      `${path.length === 0 ? '## clearway' : `### clearway ${path.join(' ')}`}`,
      fenced(helpOf(command)),
    );
    for (const sub of command.createHelp().visibleCommands(command))
      if (sub.name() !== 'help') visit(sub, [...path, sub.name()]);
  };
  visit(createProgram(), []);
  return page('Command line', 'Run as `npm run clearway -- <command>` in a clone.', ...sections);
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
    getOutHelpWidth: () => 80,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return help.trimEnd();
}

function fenced(text: string): string {
  return ['```text', text, '```'].join('\n');
}
