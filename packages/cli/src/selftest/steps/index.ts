import type { Step } from '../play.ts';
import type { SelftestWorld } from '../world.ts';
import { account } from './account.ts';
import { proof } from './proof.ts';
import { proveControl } from './prove-control.ts';
import { registerWorks } from './register-works.ts';
import { setUp } from './set-up.ts';
import { sign } from './sign.ts';
import { terms } from './terms.ts';
import { whoMaySayYes } from './who-may-say-yes.ts';

/** All steps in their order. */
export const STEPS: readonly Step<SelftestWorld>[] = [
  setUp,
  sign,
  account,
  whoMaySayYes,
  registerWorks,
  proveControl,
  terms,
  proof,
];
