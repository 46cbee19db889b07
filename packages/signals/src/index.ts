export {
  aiprefDrafts,
  contentUsage,
  contentUsageLine,
  readContentUsage,
  readContentUsageLines,
} from './aipref.ts';
export type { Comparison, Conflict } from './compare.ts';
export { compare } from './compare.ts';
export { contentSignalLine, contentSignalNotice, readContentSignals } from './content-signal.ts';
export { noai, noaiMeta, readRobotsMeta, readXRobotsTag } from './noai.ts';
export type { LeafUsage, Permissions, Stance } from './permissions.ts';
export { leafUsages, stanceFor } from './permissions.ts';
export type { ChannelTexts } from './read-channels.ts';
export { readChannels } from './read-channels.ts';
export { readDisallowed } from './read-robots.ts';
export { readRsl } from './read-rsl.ts';
export type { Carrier, SignalRecord } from './record.ts';
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
export type { RobotsSectionInput } from './write-robots-section.ts';
export { robotsSection } from './write-robots-section.ts';
