export * from './backup/index.ts';
export { type BlobInfo, type BlobStore, BlobTooLarge, databaseBlobs, fileBlobs } from './blobs.ts';
export { type Clock, fixedClock, systemClock } from './clock.ts';
export { csvRow } from './csv.ts';
export { type Connection, clientOptions, type Db, openDatabase } from './database/connect.ts';
export { DirectoryInUse, holderOf } from './database/directory-lock.ts';
export {
  appliedMigrations,
  type Migrations,
  migrate,
  migrationsOf,
  readMigrations,
} from './database/migrate.ts';
export { joinData, type OpenedData, openData } from './database/open-data.ts';
export { type DocumentsKey, documentsKey } from './documents-key.ts';
export { escapeHtml } from './html.ts';
export { clientAddress } from './http/client-address.ts';
export { commonProblems, failCommon } from './http/common-problems.ts';
export { answerProblem, errorHandler, type ProblemPage, wantsPage } from './http/error-handler.ts';
export { idempotency } from './http/idempotency.ts';
export { limitBody, requestContext, sameOrigin, strictHeaders } from './http/middleware.ts';
export { Detour, defineProblems, Problem, type ProblemDefinition } from './http/problem.ts';
export { problemAnswers } from './http/problem-answers.ts';
export { readBasic } from './http/read-basic.ts';
export { checkFields, formFields, invalidInput, readForm } from './http/read-form.ts';
export { readUpload, type Upload, type UploadedFile } from './http/read-upload.ts';
export { jsonAnswer, jsonBody } from './http/route-parts.ts';
export {
  createRouter,
  type HttpContext,
  type HttpEnv,
  type HttpVariables,
  type Router,
} from './http/router.ts';
export * from './i18n.ts';
export { createIds, type Ids, type Random, systemRandom } from './ids.ts';
export {
  type Instance,
  instanceProblems,
  instanceSchema,
  readInstance,
  requireInstance,
  saveInstance,
  storedBaseUrl,
} from './instance.ts';
export type { Finding, IntegrityCheck } from './integrity.ts';
export {
  deadJobs,
  enqueue,
  forgetDoneJobs,
  type Job,
  type JobHandler,
  jobCounts,
  LeaseLost,
  type Payload,
  retryJob,
} from './jobs.ts';
export { inTx, type Kernel, type Site } from './kernel.ts';
export { type KeyRing, loadMasterKey, openKeyRing, type SigningKey } from './keys.ts';
export { createLog, type Logger } from './log.ts';
export { MailAddressError, parseMailAddress } from './mail/address.ts';
export { type BatchCounts, countBatches, stopBatch, stopMailsTo } from './mail/batches.ts';
export { fileTransport } from './mail/file-transport.ts';
export { openMails } from './mail/mail-body.ts';
export { parseBounce } from './mail/parse-bounce.ts';
export {
  countMails,
  eraseMails,
  eraseMailsAbout,
  listMails,
  mailJob,
  queueMail,
  recordBounce,
  stopMailsAbout,
} from './mail/queue.ts';
export { type BounceResult, bounceSecret, receiveBounce } from './mail/receive-bounce.ts';
export { smtpTransport } from './mail/smtp-transport.ts';
export { type MailCategory, suppressMail, unsuppressMail } from './mail/suppress.ts';
export type { MailTransport } from './mail/transport.ts';
export { readUnsubscribe, unsubscribe } from './mail/unsubscribe.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { emit, type Subscriber } from './outbox.ts';
export {
  dropTextDraft,
  publishText,
  readTextDraft,
  saveTextDraft,
  type TextBodies,
  type TextDraft,
  type TextVersion,
  textProblems,
  textsInForce,
  textVersions,
} from './published-texts.ts';
export { createRateLimits, type Limit, type RateLimits } from './rate-limit.ts';
export { CsvError, type CsvRecord, readCsv } from './read-csv.ts';
export { type Pulse, type Runner, startRunner } from './runner.ts';
export { readSetting, writeSetting } from './settings.ts';
export { cleanLine, cleanText } from './text.ts';

import { type Migrations, migrationsOf } from './database/migrate.ts';

export const kernelMigrations: Migrations = migrationsOf('kernel', import.meta.url);
