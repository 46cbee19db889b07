import { readFileSync, writeFileSync } from 'node:fs';
import {
  type AgentProposal,
  agents,
  agentsAsOf,
  compareAgentList,
  describeVerification,
  findAgents,
  type ListComparison,
  leftOut,
  proposeAgents,
  usagesOf,
} from '@clearway/agents';
import type { GuardedFetch } from '@clearway/net';
import type { Command } from 'commander';
import { siteFetch } from './web-fetch.ts';

/** Exit codes: 0 nothing new, 1 failed, 2 something is to be looked at. */
export const AGENTS_EXIT = { ok: 0, failed: 1, differs: 2 } as const;

/** `clearway agents`: the list of AI agents, who a header names, and what a newer public list has. */
export function addAgents(program: Command, fetch: GuardedFetch = siteFetch()): void {
  const command = program.command('agents').description('The list of AI agents and search engines');
  command
    .command('list')
    .description(
      'Print the list: token, operator, kind, purposes, source, how to verify a request, and the date it was last compared',
    )
    .option('--json', 'print it as JSON, with the names left out and why')
    .action(({ json }: { json?: boolean }) => {
      if (json) return console.log(JSON.stringify({ asOf: agentsAsOf, agents, leftOut }, null, 2));
      for (const agent of agents) {
        const { token, operator, kind, purposes, documentation, asOf } = agent;
        const verify = describeVerification(agent);
        console.log([token, operator, kind, purposes.join(' '), documentation, verify, asOf].join('\t'));
      }
      console.log(`${agents.length} agents, compared with public lists on ${agentsAsOf}`);
    });
  command
    .command('find <header>')
    .description('Which agents a User-Agent header names. Exit codes: 0 none of the list, 2 at least one')
    .option('--json', 'print them as JSON')
    .action((header: string, { json }: { json?: boolean }) => {
      const found = findAgents(header).map((one) => ({ ...one, usages: usagesOf(one) }));
      if (json) console.log(JSON.stringify(found, null, 2));
      else if (found.length === 0) console.log('None of the list. That is not yet a person.');
      else
        for (const one of found) {
          console.log(`${one.token} (${one.operator}): ${one.usages.join(', ') || 'no stated use'}`);
          console.log(`  a name is a claim; verify: ${describeVerification(one)}`);
        }
      process.exitCode = found.length === 0 ? AGENTS_EXIT.ok : AGENTS_EXIT.differs;
    });
  command
    .command('check <target>')
    .description(
      'Compare the list with a newer robots.json of ai.robots.txt, a file or an address: new names, other purposes, names that are gone. ' +
        'Writes nothing: each difference wants a look. Exit codes: 0 nothing new, 1 failed, 2 something is to be looked at',
    )
    .option('--json', 'print the differences as JSON')
    .action(async (target: string, { json }: { json?: boolean }) => {
      const found = compareAgentList(await read(target, fetch));
      if (json) console.log(JSON.stringify(found, null, 2));
      else print(found);
      const { added, changed, vanished } = found;
      const same = added.length + changed.length + vanished.length === 0;
      process.exitCode = same ? AGENTS_EXIT.ok : AGENTS_EXIT.differs;
    });
  command
    .command('update <target>')
    .description(
      'Write a proposal for the list from a newer robots.json of ai.robots.txt, a file or an address: rows to add, purposes to look at, ' +
        'names to drop, names refused and why, with dates. The list itself is never changed, nor is a file that is there already. ' +
        'Exit codes: 0 nothing to change and nothing written, 1 failed, 2 a proposal was written',
    )
    .requiredOption('--out <file>', 'where to write the proposal (JSON); must not exist')
    .option('--date <day>', 'the day of the comparison, YYYY-MM-DD (default: today)')
    .action(async (target: string, { out, date }: { out: string; date?: string }) => {
      const madeOn = date ?? new Date().toISOString().slice(0, 10);
      if (!/^\d{4}-\d{2}-\d{2}$/.test(madeOn)) throw new Error(`${madeOn} is no day: write 2026-11-22.`);
      const proposal = proposeAgents(await read(target, fetch), { source: target, madeOn });
      for (const { token, reason } of proposal.refused) console.log(`! ${plain(token)}: ${reason}`);
      if (proposal.added.length + proposal.changed.length + proposal.dropped.length === 0) {
        console.log(`Nothing to change since ${proposal.comparedBefore}; nothing was written.`);
        process.exitCode = AGENTS_EXIT.ok;
        return;
      }
      writeProposal(out, proposal);
      process.exitCode = AGENTS_EXIT.differs;
    });
}

function writeProposal(out: string, proposal: AgentProposal): void {
  const { added, changed, dropped } = proposal;
  try {
    writeFileSync(out, `${JSON.stringify(proposal, null, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Error(`${out} is there already; nothing was written.`);
  }
  for (const { row, said } of added)
    console.log(`+ ${plain(row.token)} (${plain(row.operator)}): ${plain(said)}`);
  for (const { token, said } of changed) console.log(`~ ${plain(token)}: the list says "${plain(said)}"`);
  for (const { token, asOf } of dropped) console.log(`- ${token}, of ${asOf}`);
  console.log(`${out}: ${added.length} to add, ${changed.length} to look at, ${dropped.length} to drop`);
}

async function read(target: string, fetch: GuardedFetch): Promise<string> {
  if (!/^https?:/i.test(target)) return readFileSync(target, 'utf8');
  const { status, body } = await fetch(target, { maxBytes: 5_000_000 });
  if (status !== 200) throw new Error(`${target} answers ${status}.`);
  return new TextDecoder().decode(body);
}

function print({ asOf, listed, added, changed, vanished }: ListComparison): void {
  for (const { token, operator, said } of added)
    console.log(`+ ${plain(token)} (${plain(operator)}): ${plain(said)}`);
  for (const { token, said, purposes } of changed)
    console.log(`~ ${plain(token)}: the list says "${plain(said)}", ours ${purposes.join(', ')}`);
  for (const token of vanished) console.log(`- ${token}`);
  console.log(
    `${listed} names; ${added.length} new, ${changed.length} with another purpose, ${vanished.length} gone since ${asOf}`,
  );
}

/** Words of strangers on a terminal. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').slice(0, 120);
}
