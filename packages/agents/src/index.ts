export type { Agent, AgentUsage, Purpose } from './agent.ts';
export { purposeUsages, usagesOf } from './agent.ts';
export { agents } from './agents.ts';
export { compareAgentList, type ListComparison, type ListedAgent } from './compare-list.ts';
export { agentByToken, findAgents } from './find-agents.ts';
export { agentsAsOf, leftOut } from './left-out.ts';
export { type AgentProposal, type ProposedAgent, proposeAgents } from './propose-agents.ts';
export { describeVerification, type Verification } from './verification.ts';
