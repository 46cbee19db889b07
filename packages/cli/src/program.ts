import { Command } from 'commander';
import { addAgents } from './agents-command.ts';
import { addBackup } from './backup-command.ts';
import { addBooks } from './books-command.ts';
import { addCrawl } from './crawl-command.ts';
import { addDemo } from './demo-command.ts';
import { addDoctor } from './doctor-command.ts';
import { addGate } from './gate-command.ts';
import { addMail } from './mail-command.ts';
import { addRsl } from './rsl-command.ts';
import { addScan } from './scan-command.ts';
import { addSelftest } from './selftest-command.ts';
import { addServe } from './serve-command.ts';
import { addSetup } from './setup-command.ts';
import { addSignals } from './signals-command.ts';
import { addVerify } from './verify-command.ts';

/** The command line with all its commands, not yet run. */
export function createProgram(): Command {
  const program = new Command('clearway')
    .description('An open, self-hosted clearing house for AI licences')
    .version('0.1.0')
    .showHelpAfterError();

  addServe(program);
  addSetup(program);
  addDemo(program);
  addDoctor(program);
  addVerify(program);
  addBooks(program);
  addGate(program);
  addCrawl(program);
  addScan(program);
  addRsl(program);
  addSignals(program);
  addAgents(program);
  addBackup(program);
  addMail(program);
  addSelftest(program);
  return program;
}
