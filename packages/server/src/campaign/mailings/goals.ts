import { sql } from 'kysely';
import { recordActivity } from '../../identity/index.ts';
import { type Db, inTx, type JobHandler, type Kernel } from '../../kernel/index.ts';
import { countConfirmed } from '../wall/store-wall.ts';
import { fail } from './mailing-problems.ts';

/** A number of people; once reached, a milestone with the time and count at which that was seen. */
export type Goal = {
  readonly target: number;
  readonly reachedAt: Date | null;
  readonly reachedCount: number | null;
};

export type Goals = {
  readonly count: number;
  readonly next: number | undefined;
  readonly open: readonly number[];
  /** Milestones, newest first. */
  readonly reached: readonly { readonly target: number; readonly at: Date; readonly count: number }[];
};

/** The goals of the campaign beside how many people signed; who has counted them says so. */
export async function readGoals(k: Kernel, count?: number): Promise<Goals> {
  const goals = await selectGoals(k.db);
  const confirmed = count ?? (await countConfirmed(k.db)).confirmed;
  const open = goals.flatMap(({ target, reachedAt }) => (reachedAt ? [] : [target]));
  return {
    count: confirmed,
    // One that was passed a moment ago is not ahead any more.
    next: open.find((target) => target > confirmed),
    open,
    reached: goals
      .flatMap(({ target, reachedAt, reachedCount }) =>
        reachedAt ? [{ target, at: reachedAt, count: reachedCount! }] : [],
      )
      .toReversed(),
  };
}

/** Sets a goal above the present number of people. Throws `goal-passed`. */
export async function setGoal(k: Kernel, { target, by }: { target: number; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    if (target <= (await countConfirmed(t.db)).confirmed) throw fail('goal-passed');
    await sql`insert into campaign.goals (target, set_by, set_at) values (${target}, ${by}, ${t.clock.now()})
      on conflict do nothing`.execute(t.db);
    await recordActivity(t, { actor: by, action: 'campaign.goal-set', subject: `goal:${target}` });
  });
}

/** Takes back a goal that is not reached; a milestone stays. Throws `goal-unknown`. */
export async function removeGoal(k: Kernel, { target, by }: { target: number; by: string }): Promise<void> {
  await inTx(k, async (t) => {
    const done =
      await sql`delete from campaign.goals where target = ${target} and reached_at is null`.execute(t.db);
    if (done.numAffectedRows !== 1n) throw fail('goal-unknown');
    await recordActivity(t, { actor: by, action: 'campaign.goal-removed', subject: `goal:${target}` });
  });
}

/** Notes goals that the count has passed. What is noted stays, whoever withdraws later. Answers how many. */
export async function watchGoals(k: Kernel): Promise<number> {
  return inTx(k, async (t) => {
    const { confirmed } = await countConfirmed(t.db);
    const done =
      await sql`update campaign.goals set reached_at = ${t.clock.now()}, reached_count = ${confirmed}
      where reached_at is null and target <= ${confirmed}`.execute(t.db);
    return Number(done.numAffectedRows);
  });
}

/** Looks every minute whether a goal is reached. */
export const watchGoalsJob: JobHandler = {
  kind: 'campaign.watch-goals',
  everyMs: 60_000,
  async handle(k) {
    await watchGoals(k);
  },
};

async function selectGoals(db: Db): Promise<Goal[]> {
  const found = await sql<Goal>`select target, reached_at as "reachedAt", reached_count as "reachedCount"
    from campaign.goals order by target`.execute(db);
  return found.rows;
}
