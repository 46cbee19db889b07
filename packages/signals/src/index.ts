export { readAiTxt } from './ai-txt.ts';
export {
  aiprefDrafts,
  contentUsage,
  contentUsageLine,
  readContentUsage,
  readContentUsageLines,
} from './aipref.ts';
export { type AiprefLabel, aiprefLabels } from './aipref-labels.ts';
export { licenceStatement } from './cc.ts';
export { type CompRequest, readCompRequest } from './comp.ts';
export type { Comparable, Comparison, Conflict } from './compare.ts';
export { compare } from './compare.ts';
export { contentSignalLine, contentSignalNotice, readContentSignals } from './content-signal.ts';
export { readContentUse } from './content-use.ts';
export type { Contradiction } from './contradictions.ts';
export {
  type ChannelSays,
  type DescribedAbout,
  describeReport,
  type Finding,
  type ReportDescription,
} from './describe-report.ts';
export { xmpSidecar } from './file-snippets.ts';
export { type Gathered, gatherSources, type SignalAnswer, type SignalFetch } from './gather-sources.ts';
export type { HeaderLines, HeaderSet } from './header-set.ts';
export { readJsonLd } from './json-ld.ts';
export { noai, noaiMeta, readRobotsMeta, readXRobotsTag } from './noai.ts';
export { openFile } from './open-file.ts';
export { readOpf } from './opf.ts';
export type { PublicationPart } from './order-parts.ts';
export type { LeafUsage, Permissions, Stance } from './permissions.ts';
export { leafUsages, stanceFor } from './permissions.ts';
export {
  type Publication,
  type PublishedText,
  publishChannels,
  robotsText,
} from './publish-channels.ts';
export { readHar } from './read-har.ts';
export {
  canonicalReport,
  readSignals,
  type SignalsQuestion,
  type SignalsReport,
  signalsParser,
} from './read-signals.ts';
export type { Carrier, SignalRecord } from './record.ts';
export { carrierName, type ReportLanguage } from './report-words.ts';
export { rslIn } from './rsl-statements.ts';
export { tellIssue } from './rsl-words.ts';
export { isInScope, type SignalScope, scopesOf } from './scopes.ts';
export { type ServerConfig, serverConfigs } from './server-configs.ts';
export type { SignalSource, SourceKind } from './source.ts';
export { splitJoined } from './split-joined.ts';
export type { Fault, Statement, StatementCarrier } from './statement.ts';
export { readTdmPolicy, type TdmPolicy } from './tdm-policy.ts';
export type { TdmRule } from './tdmrep.ts';
export {
  readTdmHeaders,
  readTdmMeta,
  readTdmrepJson,
  tdmHeaders,
  tdmMeta,
  tdmReservation,
  tdmrepJson,
} from './tdmrep.ts';
export type {
  AgentVerdict,
  Contract,
  Declaration,
  EvidenceRecord,
  SilencePolicy,
  UsageVerdict,
  VerdictRule,
} from './verdict.ts';
export type { RobotsSectionInput } from './write-robots-section.ts';
export { robotsSection } from './write-robots-section.ts';
export { type TdmPolicyInput, tdmPolicyJson } from './write-tdm-policy.ts';
export { readXmp } from './xmp.ts';
