export { type AgentOperator, agentOperator, agentOperators, slugOf, takenFor } from './company-names.ts';
export {
  companyLinks,
  decideReply,
  decisionSchema,
  linkCompany,
  linkSchema,
  unlinkCompany,
  waitingReplies,
} from './decide-reply.ts';
export { currentPledge, PLEDGES, type PledgeText, type PledgeVersion, pledgeHash } from './pledge-text.ts';
export { fail as failCompany } from './problems.ts';
export { funnelPublicSince, publishFunnel } from './publish-funnel.ts';
export { type ProvenSite, provenSites } from './require-company.ts';
export {
  enterMailedReply,
  mailedReplySchema,
  publicReplies,
  repliesOf,
  replySchema,
  sendReply,
  withdrawReply,
} from './send-reply.ts';
export { listPledges, signPledge, withdrawPledge } from './sign-pledge.ts';
export { type Mark, signatureMarks, signedPeople } from './signature-marks.ts';
export type { Entry, EntryKind } from './store-entries.ts';
export type { Pledge } from './store-pledges.ts';
export type { CompanyLink, Reply } from './store-replies.ts';
export {
  correctEntry,
  correctionSchema,
  type EntryHistory,
  type EntryInput,
  entrySchema,
  listEntries,
  writeEntry,
} from './write-entry.ts';
