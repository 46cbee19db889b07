import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about a booking. */
export const { problems: ledgerProblems, fail: failLedger } = defineProblems({
  'journal-unbalanced': {
    status: 422,
    en: {
      title: 'This booking does not balance: its lines do not sum to zero in each currency.',
      cure: 'Nothing was booked. Give every amount the account it comes from and the one it goes to.',
    },
    de: {
      title: 'Diese Buchung geht nicht auf: Ihre Zeilen ergeben nicht in jeder Währung null.',
      cure: 'Es wurde nichts gebucht. Geben Sie zu jedem Betrag an, von welchem Konto er kommt und auf welches er geht.',
    },
  },
  'journal-differs': {
    status: 409,
    en: {
      title: 'This was booked before, with other content.',
      cure: 'What is booked stays. To correct it, reverse the booking and make a new one with a reference of its own.',
    },
    de: {
      title: 'Das wurde schon gebucht, mit anderem Inhalt.',
      cure: 'Was gebucht ist, bleibt. Zum Berichtigen stornieren Sie die Buchung und machen eine neue mit eigenem Bezug.',
    },
  },
  'journal-unknown': {
    status: 404,
    en: { title: 'There is no such booking.', cure: 'Look it up in the books and give the id shown there.' },
    de: {
      title: 'Diese Buchung gibt es nicht.',
      cure: 'Suchen Sie sie in den Büchern und geben Sie die Kennung an, die dort steht.',
    },
  },
  'journal-reversed': {
    status: 409,
    en: {
      title: 'This booking was taken back before.',
      cure: 'A booking is taken back once. Nothing more is to be done.',
    },
    de: {
      title: 'Diese Buchung wurde schon storniert.',
      cure: 'Eine Buchung wird einmal storniert. Es ist nichts weiter zu tun.',
    },
  },
  'period-closed': {
    status: 409,
    en: {
      title: 'The books of that time are closed.',
      cure: 'Nothing was booked. Book it in the open period: leave the time out, or give a later one.',
    },
    de: {
      title: 'Die Bücher dieser Zeit sind geschlossen.',
      cure: 'Es wurde nichts gebucht. Buchen Sie in der offenen Periode: ohne Zeitangabe oder mit einer späteren.',
    },
  },
  'period-not-over': {
    status: 409,
    en: {
      title: 'These books cannot be closed yet: their time is not over.',
      cure: 'Close them when the time has passed.',
    },
    de: {
      title: 'Diese Bücher können noch nicht geschlossen werden: Ihre Zeit ist noch nicht vorbei.',
      cure: 'Schließen Sie sie, wenn die Zeit vorbei ist.',
    },
  },
  'balance-too-low': {
    status: 409,
    en: {
      title: 'There is not enough on the account.',
      cure: 'Nothing was booked. Wait for money to come in or for promises to end, or book less.',
    },
    de: {
      title: 'Auf dem Konto ist nicht genug.',
      cure: 'Es wurde nichts gebucht. Warten Sie, bis Geld eingeht oder Zusagen enden, oder buchen Sie weniger.',
    },
  },
});
