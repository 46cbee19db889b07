import type { Claim, Licensability, Reason, ReasonCode, Work } from './model.ts';
import { WHOLE_PPM } from './shares.ts';

type Judged = Pick<Claim, 'name' | 'sharePpm' | 'state' | 'authority' | 'onHold'>;

/** Pure rule: what keeps a work from being licensed, in the order in which it is cured. */
export function judgeLicensability(work: Pick<Work, 'state'>, all: readonly Judged[]): Licensability {
  const claims = all.filter((claim) => claim.state !== 'withdrawn');
  const accepted = claims.filter((claim) => claim.state === 'accepted');
  const counted = accepted.filter((claim) => !claim.onHold);
  const reasons: Reason[] = [];
  const add = (code: ReasonCode, of: readonly Judged[], always = false) => {
    if (of.length > 0 || always)
      reasons.push({ code, names: of.map((claim) => claim.name), sharePpm: sum(of) });
  };
  add('withdrawn', [], work.state === 'withdrawn');
  add('shares-not-whole', [], sum(claims) !== WHOLE_PPM);
  add(
    'claim-pending',
    claims.filter((claim) => claim.state === 'pending'),
  );
  add(
    'claim-declined',
    claims.filter((claim) => claim.state === 'declined'),
  );
  add(
    'on-hold',
    claims.filter((claim) => claim.onHold),
  );
  add(
    'authority-theirs',
    accepted.filter((claim) => claim.authority === 'theirs'),
  );
  add(
    'authority-unsure',
    accepted.filter((claim) => claim.authority === 'unsure'),
  );
  const acceptedPpm = sum(counted);
  return {
    whole: work.state === 'registered' && acceptedPpm === WHOLE_PPM,
    acceptedPpm,
    onHoldPpm: sum(claims.filter((claim) => claim.onHold)),
    reasons,
  };
}

function sum(claims: readonly Judged[]): number {
  return claims.reduce((total, claim) => total + claim.sharePpm, 0);
}
