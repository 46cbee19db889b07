import { defineMessages } from '../kernel/index.ts';

/** Texts about the people who run the instance. */
export const operatorText = defineMessages(
  {
    invitation: {
      subject: (inviter: string, instance: string) => `${inviter} invites you to run ${instance} with them`,
      what: (inviter: string, instance: string) => `${inviter} wants you to be an operator of ${instance}.`,
      means:
        'Operators see and change everything the instance runs on, and one has to approve the payments another one proposed.',
      until: (day: string) =>
        `The link opens a page with a button; nothing happens before you press it. It is good until ${day} and for one use.`,
      open: 'Look at the invitation',
      notYou: 'If you do not know what this is about, do nothing.',
    },
    joined: {
      subject: (name: string, instance: string) => `${name} is now an operator of ${instance}`,
      what: (name: string, email: string) =>
        `${name} (${email}) has accepted an invitation and can now do all that you can. If that is wrong, remove the person at once.`,
      open: 'Who runs this instance',
    },
    people: {
      title: 'People who run this instance',
      intro:
        'Every operator can do everything, but nobody alone can send money: what one proposes another approves.',
      alone: 'You are the only operator. Before money can be paid out, a second person has to join you.',
      operators: 'Operators',
      name: 'Name',
      email: 'E-mail address',
      since: 'Account since',
      local: 'by the link from the server',
      you: 'you',
      change: 'Change',
      remove: (name: string) => `Remove ${name}`,
      leave: 'Stop being an operator',
      invited: 'Invited, not answered yet',
      until: 'Good until',
      withdraw: 'Take back',
      invite: 'Invite another operator',
      inviteHint: 'Each person needs a mailbox of their own.',
      send: 'Send the invitation',
      back: 'Back to running this instance',
    },
    join: {
      title: 'Run this instance with others',
      intro: (name: string) => `You were invited to be an operator of ${name}.`,
      mailbox: 'For the mailbox',
      until: 'Good until',
      means:
        'You will see and change everything this instance runs on. What you do is written down with your name.',
      signInFirst: 'There is an account for this mailbox. Sign in with it, then accept here.',
      signIn: 'Sign in',
      newAccount: (name: string) => `An account with the name ${name} will be made for you.`,
      button: 'Become an operator',
    },
  },
  {
    invitation: {
      subject: (inviter, instance) => `${inviter} lädt Sie ein, ${instance} mit zu betreiben`,
      what: (inviter, instance) => `${inviter} möchte, dass Sie ${instance} mit betreiben.`,
      means:
        'Wer die Instanz betreibt, sieht und ändert alles, womit sie läuft, und gibt Zahlungen frei, die eine andere Person vorgeschlagen hat.',
      until: (day) =>
        `Der Link öffnet eine Seite mit einer Schaltfläche; vorher geschieht nichts. Er gilt bis ${day} und für einmal.`,
      open: 'Einladung ansehen',
      notYou: 'Wenn Sie nicht wissen, worum es geht, tun Sie nichts.',
    },
    joined: {
      subject: (name, instance) => `${name} betreibt jetzt ${instance} mit`,
      what: (name, email) =>
        `${name} (${email}) hat eine Einladung angenommen und kann jetzt alles, was Sie können. Ist das falsch, entfernen Sie die Person sofort.`,
      open: 'Wer diese Instanz betreibt',
    },
    people: {
      title: 'Wer diese Instanz betreibt',
      intro:
        'Alle hier können alles, aber niemand kann allein Geld senden: Was eine Person vorschlägt, gibt eine andere frei.',
      alone:
        'Sie betreiben die Instanz allein. Bevor Geld ausgezahlt werden kann, muss eine zweite Person dazukommen.',
      operators: 'Betreibende',
      name: 'Name',
      email: 'E-Mail-Adresse',
      since: 'Konto seit',
      local: 'mit dem Link vom Server',
      you: 'Sie',
      change: 'Ändern',
      remove: (name) => `${name} entfernen`,
      leave: 'Nicht mehr mit betreiben',
      invited: 'Eingeladen, noch ohne Antwort',
      until: 'Gilt bis',
      withdraw: 'Zurücknehmen',
      invite: 'Weitere Person einladen',
      inviteHint: 'Jede Person braucht ein eigenes Postfach.',
      send: 'Einladung senden',
      back: 'Zurück zum Betrieb dieser Instanz',
    },
    join: {
      title: 'Diese Instanz mit betreiben',
      intro: (name) => `Sie sind eingeladen, ${name} mit zu betreiben.`,
      mailbox: 'Für das Postfach',
      until: 'Gilt bis',
      means:
        'Sie sehen und ändern alles, womit diese Instanz läuft. Was Sie tun, wird mit Ihrem Namen festgehalten.',
      signInFirst:
        'Zu diesem Postfach gibt es ein Konto. Melden Sie sich damit an und nehmen Sie dann hier an.',
      signIn: 'Anmelden',
      newAccount: (name) => `Für Sie wird ein Konto mit dem Namen ${name} angelegt.`,
      button: 'Mit betreiben',
    },
  },
);
