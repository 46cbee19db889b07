export type { Checked, Level } from './check-document.ts';
export { check, levelOf } from './check-document.ts';
export type { Readings } from './compare-readings.ts';
export { compareReadings } from './compare-readings.ts';
export type { GrantsLanguage } from './describe-grants.ts';
export { describeGrants } from './describe-grants.ts';
export type {
  Discovery,
  DiscoveryChannel,
  DiscoverySources,
  FoundLicense,
  IgnoredLicense,
} from './discover.ts';
export { discoverLicenses, licensesFor } from './discover.ts';
export type { DraftSign } from './draft-signs.ts';
export { draftSigns } from './draft-signs.ts';
export { evaluate } from './evaluate.ts';
export type { EvaluatedPayment, Evaluation, Question, TraceStep } from './evaluation.ts';
export type { PriceExtension, PriceUnit, TermsExtension } from './extension.ts';
export { priceUnits, readPriceExtension, readTermsExtension, termsNamespace } from './extension.ts';
export type { ScopeGrants, UsageGrant } from './grants-of.ts';
export { grantsOf } from './grants-of.ts';
export type { Issue, IssueCode } from './issues.ts';
export { issueCodes } from './issues.ts';
export type { ClientKind } from './list-clients.ts';
export type { PathPattern } from './match-path.ts';
export {
  anyPathOf,
  comparePatterns,
  compilePattern,
  matchPath,
  matchPrepared,
  normalisePath,
  preparePath,
  specificity,
} from './match-path.ts';
export type { MediaSubject } from './media-subjects.ts';
export { mediaNamespacePrefix, mediaSubjects } from './media-subjects.ts';
export type {
  Association,
  Content,
  Context,
  Legal,
  License,
  Payment,
  Permission,
  Reporting,
  RslDocument,
  Token,
} from './model.ts';
export type { Parsed } from './parse.ts';
export { parse } from './parse.ts';
export { parseStream } from './parse-stream.ts';
export type { PatternIndex } from './pattern-index.ts';
export { findMatches, indexPatterns } from './pattern-index.ts';
export { isCountry } from './places.ts';
export type { FeedItem, ReadFeed, ReadFile } from './read-fragments.ts';
export { findXmp, lintFeed, lintFile } from './read-fragments.ts';
export type { ByteSource, LimitedBytes } from './read-limited.ts';
export { readLimited } from './read-limited.ts';
export type { HeaderLink } from './read-link-header.ts';
export { readLinkHeader } from './read-link-header.ts';
export type { PageTerms } from './read-page.ts';
export { readPage } from './read-page.ts';
export { readXml } from './read-xml.ts';
export type { RepairChange, Repaired } from './repair.ts';
export { repair } from './repair.ts';
export { rewrite } from './rewrite.ts';
export type { Robots, RobotsGroup, RobotsRecord, RobotsRule } from './robots.ts';
export {
  decidingRule,
  groupsFor,
  isAllowed,
  namesAgent,
  parseRobots,
  recordsFor,
  robotsLimitBytes,
} from './robots.ts';
export type { HeadTag } from './scan-html-head.ts';
export { headLimit, scanHtmlHead } from './scan-html-head.ts';
export type { PageScope } from './scan-page.ts';
export { isServerAddress, lint, maxAgeDays, validate } from './validate.ts';
export type { DisclaimerToken, PaymentType, UsageToken, UserToken, WarrantyToken } from './vocabulary.ts';
export {
  covers,
  currencies,
  isUsageToken,
  paymentTypes,
  rslMediaType,
  rslNamespace,
  usageTokens,
  userTokens,
} from './vocabulary.ts';
export { RslWriteError, writeDocument } from './write.ts';
export type { RobotsBlockInput } from './write-channels.ts';
export { htmlLink, isProductToken, linkHeader, robotsBlock } from './write-channels.ts';
export type {
  ContentInput,
  DocumentInput,
  ExtensionName,
  ForeignElement,
  GrantInput,
  LegalInput,
  LicenseInput,
  NonEmpty,
  PaidType,
  PaymentInput,
  RefusalInput,
  ReportingInput,
  ScopeInput,
} from './write-input.ts';
export type { Position, XmlAttribute, XmlElement, XmlErrorCode, XmlLimits } from './xml.ts';
export { defaultXmlLimits, XmlError } from './xml.ts';
