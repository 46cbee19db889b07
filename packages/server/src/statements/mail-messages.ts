import { defineMessages } from '../kernel/index.ts';

/** Words of the mails about statements. */
export const mailWords = defineMessages(
  {
    hello: (name: string) => `Hello ${name},`,
    issued: {
      subject: (number: number) => `Your earnings statement number ${number}`,
      about: (to: string, earned: string, closing: string) =>
        `your earnings statement up to and including ${to} is here. You earned ${earned}; ${closing} are owed to you.`,
      check:
        'Every amount opens to the uses, the price, the fee and the split it comes from. You can download it and compute it again.',
      open: 'Open the statement',
    },
    answered: {
      subject: (number: number) => `Your objection to statement number ${number} was answered`,
      upheld: 'the operator agrees with your objection; what was wrong is corrected in a later statement:',
      declined: 'the operator does not agree with your objection:',
    },
  },
  {
    hello: (name) => `Guten Tag ${name},`,
    issued: {
      subject: (number) => `Ihre Abrechnung Nummer ${number}`,
      about: (to, earned, closing) =>
        `Ihre Abrechnung bis einschließlich ${to} ist da. Sie haben ${earned} eingenommen; offen sind für Sie ${closing}.`,
      check:
        'Jeder Betrag lässt sich öffnen bis zu den Nutzungen, dem Preis, dem Entgelt und der Aufteilung, aus denen er entsteht. Sie können alles laden und nachrechnen.',
      open: 'Abrechnung öffnen',
    },
    answered: {
      subject: (number) => `Ihr Einwand gegen Abrechnung Nummer ${number} ist beantwortet`,
      upheld:
        'der Betreiber gibt Ihrem Einwand recht; was falsch war, wird in einer späteren Abrechnung berichtigt:',
      declined: 'der Betreiber teilt Ihren Einwand nicht:',
    },
  },
);
