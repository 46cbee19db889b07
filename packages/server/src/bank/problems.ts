import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about the bank's records and about money entered by hand. */
export const { problems: bankProblems, fail: failBank } = defineProblems({
  'bank-account-missing': {
    status: 409,
    en: {
      title: 'The bank account of this instance is not known yet.',
      cure: 'An operator enters it on the page “Bank account”; then import the statement again.',
    },
    de: {
      title: 'Das Bankkonto dieser Instanz ist noch nicht bekannt.',
      cure: 'Ein Betreiber trägt es auf der Seite „Bankkonto“ ein; importieren Sie den Auszug dann noch einmal.',
    },
  },
  'bank-file-unreadable': {
    status: 422,
    en: {
      title: 'This is not a bank statement in the format camt.053.001.08, or not all of one.',
      cure: 'Ask your bank for statements as “camt.053.001.08” (XML), and import the file as the bank made it. Nothing was booked.',
    },
    de: {
      title: 'Das ist kein Kontoauszug im Format camt.053.001.08 oder nicht der ganze.',
      cure: 'Lassen Sie sich von der Bank Auszüge als „camt.053.001.08“ (XML) geben, und importieren Sie die Datei so, wie die Bank sie gemacht hat. Es wurde nichts gebucht.',
    },
  },
  'bank-statement-wrong-sum': {
    status: 422,
    en: {
      title: 'The entries of this statement do not lead from its opening to its closing balance.',
      cure: 'Get the statement from the bank again: a file that does not add up was cut or changed. Nothing was booked.',
    },
    de: {
      title: 'Die Umsätze dieses Auszugs führen nicht vom Anfangs- zum Endsaldo.',
      cure: 'Holen Sie den Auszug noch einmal von der Bank: Eine Datei, die nicht aufgeht, wurde gekürzt oder verändert. Es wurde nichts gebucht.',
    },
  },
  'bank-statement-other-currency': {
    status: 422,
    en: {
      title: 'This statement has an amount in another currency than the books of this instance.',
      cure: 'Import statements of an account in the currency of the instance only. Nothing was booked.',
    },
    de: {
      title: 'Dieser Auszug enthält einen Betrag in einer anderen Währung als die Bücher dieser Instanz.',
      cure: 'Importieren Sie nur Auszüge eines Kontos in der Währung der Instanz. Es wurde nichts gebucht.',
    },
  },
  'bank-statement-other-account': {
    status: 422,
    en: {
      title: 'This statement is of another account than the one of this instance.',
      cure: 'Compare its IBAN with the page “Bank account”. Nothing was booked.',
    },
    de: {
      title: 'Dieser Auszug gehört zu einem anderen Konto als dem dieser Instanz.',
      cure: 'Vergleichen Sie seine IBAN mit der Seite „Bankkonto“. Es wurde nichts gebucht.',
    },
  },
  'bank-statement-duplicate-entry': {
    status: 422,
    en: {
      title: 'One entry stands twice in this file.',
      cure: 'Ask the bank which of the two is real, and for a file in which each has a reference of its own. Nothing was booked.',
    },
    de: {
      title: 'Ein Umsatz steht zweimal in dieser Datei.',
      cure: 'Fragen Sie die Bank, welcher von beiden echt ist, und nach einer Datei, in der jeder eine eigene Referenz hat. Es wurde nichts gebucht.',
    },
  },
  'bank-statement-gap': {
    status: 409,
    en: {
      title:
        'This statement does not continue the last one: its opening balance is not the last closing balance.',
      cure: 'Import the missing statements first, oldest first. Nothing was booked.',
    },
    de: {
      title: 'Dieser Auszug setzt den letzten nicht fort: Sein Anfangssaldo ist nicht der letzte Endsaldo.',
      cure: 'Importieren Sie zuerst die fehlenden Auszüge, den ältesten zuerst. Es wurde nichts gebucht.',
    },
  },
  'bank-entry-unknown': {
    status: 404,
    en: { title: 'There is no such entry.', cure: 'Choose one from the list of entries.' },
    de: { title: 'Diesen Umsatz gibt es nicht.', cure: 'Wählen Sie einen aus der Liste der Umsätze.' },
  },
  'bank-entry-matched': {
    status: 409,
    en: {
      title: 'This entry, or so much of it, is matched already.',
      cure: 'Nothing was changed. Look at the entry again: it says what it was for.',
    },
    de: {
      title: 'Dieser Umsatz ist schon zugeordnet, oder so viel davon.',
      cure: 'Es wurde nichts geändert. Sehen Sie sich den Umsatz noch einmal an: Dort steht, wofür er war.',
    },
  },
  'bank-entry-not-for-this': {
    status: 422,
    en: {
      title:
        'This entry cannot be for that: money that went out pays nobody, and an operator’s word must be of the same amount.',
      cure: 'Choose something else it was for. Nothing was booked.',
    },
    de: {
      title:
        'Dieser Umsatz kann nicht dafür sein: Geld, das hinausging, bezahlt niemanden, und ein Betreiberwort muss über denselben Betrag lauten.',
      cure: 'Wählen Sie etwas anderes, wofür er war. Es wurde nichts gebucht.',
    },
  },
  'bank-target-unknown': {
    status: 404,
    en: {
      title: 'What this money is for was not found.',
      cure: 'For an advance payment give the name or id of a company, for an operator’s word the id of a confirmed payment.',
    },
    de: {
      title: 'Wofür dieses Geld ist, wurde nicht gefunden.',
      cure: 'Geben Sie bei einer Vorauszahlung Namen oder Kennung einer Firma an, bei einem Betreiberwort die einer bestätigten Zahlung.',
    },
  },
  'payment-unknown': {
    status: 404,
    en: { title: 'There is no such payment.', cure: 'Choose one from the list of payments entered by hand.' },
    de: {
      title: 'Diese Zahlung gibt es nicht.',
      cure: 'Wählen Sie eine aus der Liste der von Hand eingetragenen Zahlungen.',
    },
  },
  'payment-decided': {
    status: 409,
    en: {
      title: 'This payment was confirmed or withdrawn before.',
      cure: 'Nothing more is to be done. To enter another payment, propose it.',
    },
    de: {
      title: 'Diese Zahlung wurde schon bestätigt oder zurückgezogen.',
      cure: 'Es ist nichts weiter zu tun. Um eine andere Zahlung einzutragen, schlagen Sie sie vor.',
    },
  },
  'payment-needs-second-person': {
    status: 403,
    en: {
      title: 'Whoever enters a payment by hand cannot confirm it too.',
      cure: 'Ask another operator to confirm it. Invite one on the page “People” if there is none.',
    },
    de: {
      title: 'Wer eine Zahlung von Hand einträgt, kann sie nicht auch bestätigen.',
      cure: 'Bitten Sie einen anderen Betreiber darum. Laden Sie auf der Seite „Personen“ einen ein, falls es keinen gibt.',
    },
  },
});
