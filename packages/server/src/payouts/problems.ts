import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about paying out. */
export const { problems: payoutsProblems, fail } = defineProblems({
  'payout-account-missing': {
    status: 409,
    en: {
      title: 'There is no bank account yet from which this instance pays.',
      cure: 'Enter the account on the page “Bank account”; then propose the batch again.',
    },
    de: {
      title: 'Noch gibt es kein Bankkonto, von dem diese Instanz zahlt.',
      cure: 'Tragen Sie das Konto auf der Seite „Bankkonto“ ein; schlagen Sie den Stapel danach noch einmal vor.',
    },
  },
  'nothing-to-pay': {
    status: 409,
    en: {
      title: 'Nobody can be paid in this currency now.',
      cure: 'The page of payouts lists who has money coming and why it waits.',
    },
    de: {
      title: 'In dieser Währung kann jetzt niemand bezahlt werden.',
      cure: 'Die Seite der Auszahlungen führt auf, wem Geld zusteht und warum es wartet.',
    },
  },
  'batch-waiting': {
    status: 409,
    en: {
      title: 'A batch in this currency already waits for a decision.',
      cure: 'Order or discard that one first; then propose the next.',
    },
    de: {
      title: 'Ein Stapel in dieser Währung wartet schon auf eine Entscheidung.',
      cure: 'Geben Sie zuerst jenen frei oder verwerfen Sie ihn; dann schlagen Sie den nächsten vor.',
    },
  },
  'batch-unknown': {
    status: 404,
    en: { title: 'There is no such batch of payouts.', cure: 'Choose one from the page of payouts.' },
    de: {
      title: 'Diesen Stapel von Auszahlungen gibt es nicht.',
      cure: 'Wählen Sie einen auf der Seite der Auszahlungen.',
    },
  },
  'batch-decided': {
    status: 409,
    en: {
      title: 'This batch was ordered or discarded already.',
      cure: 'Open it again to see who decided and when; nothing was done twice.',
    },
    de: {
      title: 'Dieser Stapel wurde schon freigegeben oder verworfen.',
      cure: 'Öffnen Sie ihn noch einmal, um zu sehen, wer wann entschieden hat; nichts geschah doppelt.',
    },
  },
  'batch-not-ordered': {
    status: 409,
    en: {
      title: 'This batch was not ordered, so there is no payment file.',
      cure: 'Another operator than the one who proposed it has to order it.',
    },
    de: {
      title: 'Dieser Stapel wurde nicht freigegeben, also gibt es keine Zahlungsdatei.',
      cure: 'Eine andere Person als die, die ihn vorgeschlagen hat, muss ihn freigeben.',
    },
  },
  'approver-is-proposer': {
    status: 403,
    en: {
      title: 'Who proposed a batch cannot order it.',
      cure: 'Ask another operator; invite one on the page of the people who run this instance.',
    },
    de: {
      title: 'Wer einen Stapel vorgeschlagen hat, kann ihn nicht freigeben.',
      cure: 'Bitten Sie eine andere betreibende Person; einladen können Sie sie auf der Seite der Betreibenden.',
    },
  },
  'batch-outdated': {
    status: 409,
    en: {
      title: 'A balance, an account or an objection has changed since this batch was proposed.',
      cure: 'Discard it and propose a new one; nothing was ordered.',
    },
    de: {
      title:
        'Seit dieser Stapel vorgeschlagen wurde, hat sich ein Guthaben, ein Konto oder ein Einwand geändert.',
      cure: 'Verwerfen Sie ihn und schlagen Sie einen neuen vor; es wurde nichts in Auftrag gegeben.',
    },
  },
  'payout-unknown': {
    status: 404,
    en: { title: 'There is no such payment on its way.', cure: 'Open its batch on the page of payouts.' },
    de: {
      title: 'Diese Zahlung ist nicht unterwegs.',
      cure: 'Öffnen Sie ihren Stapel auf der Seite der Auszahlungen.',
    },
  },
  'payout-final': {
    status: 409,
    en: {
      title:
        'This payment is no longer on its way; a bank record or an operator already said what became of it.',
      cure: 'Open its batch again to see what.',
    },
    de: {
      title:
        'Diese Zahlung ist nicht mehr unterwegs; ein Bankbeleg oder eine betreibende Person sagte schon, was daraus wurde.',
      cure: 'Öffnen Sie ihren Stapel noch einmal, um es zu sehen.',
    },
  },
  'entry-does-not-fit': {
    status: 409,
    en: {
      title: 'This bank entry does not fit the payment.',
      cure: 'Choose an open entry of a bank statement with exactly its amount and currency that is not about another payment.',
    },
    de: {
      title: 'Dieser Bankumsatz passt nicht zu der Zahlung.',
      cure: 'Wählen Sie einen offenen Umsatz eines Kontoauszugs mit genau ihrem Betrag und ihrer Währung, der zu keiner anderen Zahlung gehört.',
    },
  },
});
