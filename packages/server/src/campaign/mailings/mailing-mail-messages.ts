import { defineMessages } from '../../kernel/index.ts';

/** What stands below the operator's words in each mail of a mailing. */
export const mailingMailText = defineMessages(
  {
    agree: 'Read the new text, and decide',
    why: 'You get this mail because you signed the creators’ declaration and allowed us to write to you about the campaign.',
    manage: (url: string) => `See, change, withdraw or erase your signature: ${url}`,
    sender: (instance: string, operator: string, imprint: string) =>
      `${instance}, run by ${operator}: ${imprint}`,
    test: (subject: string) => `[Test] ${subject}`,
    testFooter:
      'This is a test. In the mail to the others the links above lead to their own page, and here stands the link that stops such mails.',
  },
  {
    agree: 'Den neuen Text lesen und entscheiden',
    why: 'Sie erhalten diese Mail, weil Sie den Aufruf der Kreativen unterzeichnet und uns erlaubt haben, Ihnen zur Kampagne zu schreiben.',
    manage: (url) => `Unterschrift ansehen, ändern, zurückziehen oder löschen: ${url}`,
    sender: (instance, operator, imprint) => `${instance}, betrieben von ${operator}: ${imprint}`,
    test: (subject) => `[Probe] ${subject}`,
    testFooter:
      'Das ist eine Probe. In der Mail an die anderen führen die Links oben auf deren eigene Seite, und hier steht der Link, der solche Mails beendet.',
  },
);
