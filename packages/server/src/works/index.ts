import { type Migrations, migrationsOf } from '../kernel/index.ts';

export { answerAuthority, authorityOf } from './answer-authority.ts';
export {
  acceptInvitation,
  askForShare,
  declineInvitation,
  type OpenInvitation,
  openInvitation,
} from './answer-invitation.ts';
export { type AuthorityQuestion, authorityQuestion, QUESTION_VERSION } from './authority-questions.ts';
export { changeShares, type PlannedShare } from './change-shares.ts';
export { contestClaim, openHolds, resolveContest, takeBackContest } from './contest-claim.ts';
export { decodeImage } from './decode-image.ts';
export { editWork } from './edit-work.ts';
export { erasePartyFromWorks, worksSubscribers } from './erase-party.ts';
export { type Identifier, parseIdentifier, SCHEMES, type Scheme } from './identifiers.ts';
export type { AuthorityInput, Facts, HolderInput } from './input.ts';
export { worksJobs } from './jobs.ts';
export { shareholders } from './list-shareholders.ts';
export { claimSubject, workSubject } from './log-claims.ts';
export { type CurrentIndex, matchIndex, openMatchIndexFile } from './match-index.ts';
export { worksText } from './messages.ts';
export * from './model.ts';
export { openAnyFile, openFile } from './open-file.ts';
export { problems as worksProblems } from './problems.ts';
export {
  claimsOf,
  holdersOf,
  licensability,
  listWorks,
  type PublicWork,
  possibleDuplicates,
  publicWork,
  readWork,
  requireWork,
  rightsOf,
} from './read-work.ts';
export { type RegisterWork, registerWork, type WorkSource } from './register-work.ts';
export { searchWorks, type WorkSearch } from './search-works.ts';
export { inviteAgain, remindUnanswered } from './send-invitation.ts';
export { setClaimAuthority } from './set-authority.ts';
export { formatShare, parseShare, splitEvenly, WHOLE_PPM } from './shares.ts';
export type { Hold } from './store-invitations.ts';
export { withdrawWork } from './withdraw-work.ts';
export { worksFigures } from './works-figures.ts';

/** The tables of works. */
export const worksMigrations: Migrations = migrationsOf('works', import.meta.url);
