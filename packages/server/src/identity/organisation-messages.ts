import { defineMessages } from '../kernel/index.ts';

export const organisationText = defineMessages(
  {
    roles: { member: 'Member', signer: 'Signer', admin: 'Administrator' },
    roleMeaning: {
      member: 'sees everything of the organisation and changes nothing.',
      signer: 'also acts for the organisation: registers, publishes, accepts agreements.',
      admin: 'also invites and removes people and says what they may do.',
    },
    mail: {
      subject: (inviter: string, name: string) => `${inviter} invites you to act for ${name}`,
      what: (inviter: string, name: string, instance: string) =>
        `${inviter} wants you to act for ${name} on ${instance}.`,
      until: (day: string) =>
        `The link opens a page with a button; nothing happens before you press it. It is good until ${day} and for one use.`,
      open: 'Look at the invitation',
      notYou: 'If you do not know this organisation, do nothing.',
    },
  },
  {
    roles: { member: 'Mitglied', signer: 'Zeichnungsberechtigt', admin: 'Verwaltung' },
    roleMeaning: {
      member: 'sieht alles, was die Organisation betrifft, und ändert nichts.',
      signer: 'handelt auch für die Organisation: meldet an, veröffentlicht, nimmt Vereinbarungen an.',
      admin: 'lädt außerdem Personen ein, entfernt sie und sagt, was sie dürfen.',
    },
    mail: {
      subject: (inviter, name) => `${inviter} lädt Sie ein, für ${name} zu handeln`,
      what: (inviter, name, instance) => `${inviter} möchte, dass Sie auf ${instance} für ${name} handeln.`,
      until: (day) =>
        `Der Link öffnet eine Seite mit einer Schaltfläche; vorher geschieht nichts. Er gilt bis ${day} und für einmal.`,
      open: 'Einladung ansehen',
      notYou: 'Wenn Sie diese Organisation nicht kennen, tun Sie nichts.',
    },
  },
);
