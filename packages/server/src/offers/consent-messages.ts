import { defineMessages } from '../kernel/index.ts';

/** Words of a holder's decision. */
export const consentText = defineMessages(
  {
    title: (title: string) => `Your decision about “${title}”`,
    nothing: 'Nothing waits for your decision here.',
    intro: (name: string, version: number, date: string) =>
      `${name} published version ${version} of the terms on ${date}. It holds only if everyone with a share says yes.`,
    yes: 'Yes, under these terms',
    no: 'No',
    mine: 'Your answer so far',
    pending: 'not decided yet',
    consented: 'yes',
    declined: 'no',
    send: 'Keep my decision',
    kept: 'Your decision is kept. You can change it as long as this version is the newest.',
    full: 'The terms in full',
    silence: 'As long as you decide nothing, nothing of this is licensed.',
  },
  {
    title: (title) => `Ihre Entscheidung über „${title}“`,
    nothing: 'Hier wartet nichts auf Ihre Entscheidung.',
    intro: (name, version, date) =>
      `${name} hat am ${date} Fassung ${version} der Bedingungen veröffentlicht. Sie gilt nur, wenn alle mit einem Anteil zustimmen.`,
    yes: 'Ja, zu diesen Bedingungen',
    no: 'Nein',
    mine: 'Ihre bisherige Antwort',
    pending: 'noch nicht entschieden',
    consented: 'ja',
    declined: 'nein',
    send: 'Meine Entscheidung festhalten',
    kept: 'Ihre Entscheidung ist festgehalten. Sie können sie ändern, solange diese Fassung die neueste ist.',
    full: 'Die vollständigen Bedingungen',
    silence: 'Solange Sie nichts entscheiden, wird davon nichts lizenziert.',
  },
);
