import { defineProblems } from '../kernel/index.ts';

export const { problems: partiesProblems, fail } = defineProblems({
  'party-taken': {
    status: 409,
    en: {
      title: 'Another account already acts for this person or organisation.',
      cure: 'Sign in with the account that accepted the invitation, or ask to be invited again.',
    },
    de: {
      title: 'Für diese Person oder Organisation handelt schon ein anderes Konto.',
      cure: 'Melden Sie sich mit dem Konto an, das die Einladung angenommen hat, oder bitten Sie um eine neue Einladung.',
    },
  },
  'party-erased': {
    status: 410,
    en: {
      title: 'These data were erased at the wish of the person.',
      cure: 'Nothing can be changed here any more; a new account starts afresh.',
    },
    de: {
      title: 'Diese Daten wurden auf Wunsch der Person gelöscht.',
      cure: 'Hier lässt sich nichts mehr ändern; ein neues Konto beginnt von vorn.',
    },
  },
});
