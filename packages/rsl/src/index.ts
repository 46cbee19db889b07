export type {
  Discovery,
  DiscoveryChannel,
  DiscoverySources,
  FoundLicense,
  IgnoredLicense,
} from './discover.ts';
export { discoverLicenses, licensesFor } from './discover.ts';
export { evaluate } from './evaluate.ts';
export type { EvaluatedPayment, Evaluation, Question, TraceStep } from './evaluation.ts';
export type { PriceExtension, PriceUnit, TermsExtension } from './extension.ts';
export { priceUnits, readPriceExtension, readTermsExtension, termsNamespace } from './extension.ts';
export type { Issue, IssueCode } from './issues.ts';
export { issueCodes } from './issues.ts';
export type { PathPattern } from './match-path.ts';
export {
  comparePatterns,
  compilePattern,
  matchPath,
  matchPrepared,
  normalisePath,
  preparePath,
  specificity,
} from './match-path.ts';
export type { Content, Legal, License, Payment, Permission, Reporting, RslDocument, Token } from './model.ts';
export type { Parsed } from './parse.ts';
export { parse } from './parse.ts';
export type { HeaderLink } from './read-link-header.ts';
export { readLinkHeader } from './read-link-header.ts';
export type { Robots, RobotsGroup, RobotsRecord, RobotsRule } from './robots.ts';
export { decidingRule, groupsFor, isAllowed, parseRobots, recordsFor, robotsLimitBytes } from './robots.ts';
export type { HeadTag } from './scan-html-head.ts';
export { headLimit, scanHtmlHead } from './scan-html-head.ts';
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
export type {
  ContentInput,
  DocumentInput,
  GrantInput,
  LegalInput,
  LicenseInput,
  NonEmpty,
  PaidType,
  PaymentInput,
  RefusalInput,
} from './write.ts';
export { RslWriteError, writeDocument } from './write.ts';
export type { RobotsBlockInput } from './write-channels.ts';
export { htmlLink, isProductToken, linkHeader, robotsBlock } from './write-channels.ts';
export type { Position, XmlAttribute, XmlElement, XmlErrorCode, XmlLimits } from './xml.ts';
export { defaultXmlLimits, readXml, XmlError } from './xml.ts';
