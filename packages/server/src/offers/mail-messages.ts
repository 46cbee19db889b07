import { defineMessages } from '../kernel/index.ts';

export const mailWords = defineMessages(
  {
    subject: (title: string) => `Your decision about “${title}”`,
    hello: (name: string) => `Hello ${name},`,
    published: (title: string) =>
      `terms for AI use were published for “${title}”, in which you hold a share. They offer the following:`,
    changed: (title: string, version: number) =>
      `the terms for “${title}”, in which you hold a share, were changed. This is version ${version}; what is new:`,
    silence:
      'Nothing of this is licensed without your yes. As long as you have not decided, what held before still holds.',
    button: 'Read the terms and decide',
    decidedSubject: (name: string, title: string) => `${name} has decided about “${title}”`,
    decided: (name: string, title: string, version: number) =>
      `${name} has answered to version ${version} of the terms for “${title}”:`,
    yes: 'yes',
    no: 'no',
    see: 'See where the terms stand',
  },
  {
    subject: (title) => `Ihre Entscheidung über „${title}“`,
    hello: (name) => `Guten Tag ${name},`,
    published: (title) =>
      `für „${title}“, an dem Sie einen Anteil halten, wurden Bedingungen für die KI-Nutzung veröffentlicht. Sie bieten Folgendes an:`,
    changed: (title, version) =>
      `die Bedingungen für „${title}“, an dem Sie einen Anteil halten, wurden geändert. Das ist Fassung ${version}; neu ist:`,
    silence:
      'Ohne Ihre Zustimmung wird davon nichts lizenziert. Solange Sie nicht entschieden haben, gilt weiter, was bisher galt.',
    button: 'Bedingungen lesen und entscheiden',
    decidedSubject: (name, title) => `${name} hat über „${title}“ entschieden`,
    decided: (name, title, version) =>
      `${name} hat auf Fassung ${version} der Bedingungen für „${title}“ geantwortet:`,
    yes: 'ja',
    no: 'nein',
    see: 'Ansehen, wie es um die Bedingungen steht',
  },
);
