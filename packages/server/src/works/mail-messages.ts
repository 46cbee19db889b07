import { defineMessages } from '../kernel/index.ts';

type About = { inviter: string; title: string; share: string };

/** Texts of this module's mails. */
export const mailText = defineMessages(
  {
    invitation: {
      subject: (inviter: string) => `${inviter} names you as a co-owner of a work`,
      reminderSubject: (title: string) => `Reminder: your share of “${title}”`,
      greeting: (name: string) => `Hello ${name},`,
      what: (about: About) =>
        `${about.inviter} has registered the work “${about.title}” and says that ${about.share} of it is yours.`,
      meaning:
        'You can accept this, decline it or ask for another share. Accepting only says that the share is right: it does not allow anybody to use the work. Until you answer, the work cannot be licensed.',
      days: (days: number) => `The link is good for ${days} days.`,
      action: 'See the work and your share',
      why: (inviter: string) =>
        `You get this because ${inviter} entered your address. If you do nothing, nothing is agreed in your name.`,
    },
    answer: {
      accepted: (name: string, title: string) => `${name} accepted the share of “${title}”`,
      declined: (name: string, title: string) => `${name} declined the share of “${title}”`,
      wish: (name: string, title: string) => `${name} asks for another share of “${title}”`,
      wishes: (share: string) => `The share asked for: ${share}.`,
      note: (note: string) => `The message: ${note}`,
      action: 'See the work',
      why: 'You get this because you registered the work.',
    },
    hold: {
      subject: (title: string) => `A share of “${title}” is paused: ownership disputed`,
      what: 'Somebody says that this share is not right. It is paused until you agree or the operator of this instance decides. Other shares are not affected.',
      reason: (reason: string) => `The reason given: ${reason}`,
      until: (date: string) => `Please answer by ${date}.`,
      action: 'See the work',
      why: 'You get this because you hold a share of this work or registered it.',
    },
  },
  {
    invitation: {
      subject: (inviter) => `${inviter} schreibt Ihnen einen Anteil an einem Werk zu`,
      reminderSubject: (title) => `Erinnerung: Ihr Anteil an „${title}“`,
      greeting: (name) => `Guten Tag ${name},`,
      what: (about) =>
        `${about.inviter} hat das Werk „${about.title}“ angemeldet und gibt an, dass Ihnen ${about.share} davon gehören.`,
      meaning:
        'Sie können das annehmen, ablehnen oder einen anderen Anteil verlangen. Die Annahme sagt nur, dass der Anteil stimmt; sie erlaubt niemandem, das Werk zu nutzen. Bis Sie antworten, kann das Werk nicht lizenziert werden.',
      days: (days) => `Der Link gilt ${days} Tage.`,
      action: 'Werk und Anteil ansehen',
      why: (inviter) =>
        `Sie erhalten dies, weil ${inviter} Ihre Adresse eingetragen hat. Wenn Sie nichts tun, wird in Ihrem Namen nichts vereinbart.`,
    },
    answer: {
      accepted: (name, title) => `${name} hat den Anteil an „${title}“ angenommen`,
      declined: (name, title) => `${name} hat den Anteil an „${title}“ abgelehnt`,
      wish: (name, title) => `${name} verlangt einen anderen Anteil an „${title}“`,
      wishes: (share) => `Der gewünschte Anteil: ${share}.`,
      note: (note) => `Die Nachricht: ${note}`,
      action: 'Werk ansehen',
      why: 'Sie erhalten dies, weil Sie das Werk angemeldet haben.',
    },
    hold: {
      subject: (title) => `Ein Anteil an „${title}“ ist angehalten: Rechte strittig`,
      what: 'Jemand gibt an, dass dieser Anteil nicht stimmt. Er ruht, bis Sie sich einigen oder der Betreiber dieser Instanz entscheidet. Andere Anteile sind nicht betroffen.',
      reason: (reason) => `Der angegebene Grund: ${reason}`,
      until: (date) => `Bitte antworten Sie bis ${date}.`,
      action: 'Werk ansehen',
      why: 'Sie erhalten dies, weil Sie einen Anteil an dem Werk halten oder es angemeldet haben.',
    },
  },
);
