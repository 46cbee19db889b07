import { defineProblems } from '../kernel/index.ts';

/** What can be wrong about runs. */
export const { problems: distributionProblems, fail: failDistribution } = defineProblems({
  'run-unknown': {
    status: 404,
    en: { title: 'There is no such distribution run.', cure: 'Open it from the list of runs.' },
    de: {
      title: 'Diese Ausschüttung gibt es nicht.',
      cure: 'Öffnen Sie sie aus der Liste der Ausschüttungen.',
    },
  },
});
