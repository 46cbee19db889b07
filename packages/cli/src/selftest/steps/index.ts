import type { Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { account } from './account.ts';
import { agree } from './agree.ts';
import { books } from './books.ts';
import { gate, token, usage } from './crawl.ts';
import { datasetCheck } from './dataset-check.ts';
import { distribute } from './distribute.ts';
import { evidence } from './evidence.ts';
import { invoice } from './invoice.ts';
import { licensee } from './licensee.ts';
import { moneyNumbers } from './money-numbers.ts';
import { payOut } from './pay-out.ts';
import { proof } from './proof.ts';
import { proveControl } from './prove-control.ts';
import { registerWorks } from './register-works.ts';
import { revocation } from './revocation.ts';
import { setUp } from './set-up.ts';
import { sign } from './sign.ts';
import { terms } from './terms.ts';
import { training } from './training.ts';
import { whoMaySayYes } from './who-may-say-yes.ts';

/** All steps in their order; the proof comes last, so that it holds what all of them left. */
export const STEPS: readonly Step<SelftestWorld>[] = [
  setUp,
  sign,
  account,
  whoMaySayYes,
  registerWorks,
  proveControl,
  terms,
  licensee,
  agree,
  training,
  token,
  gate,
  usage,
  revocation,
  invoice,
  books,
  distribute,
  payOut,
  moneyNumbers,

  datasetCheck,
  evidence,
  proof,
];
