import type { Locale } from '../../kernel/index.ts';
import type { RosterOutcome } from './roster-decision.ts';

type Words = {
  readonly subject: (about: string) => string;
  readonly paragraphs: (about: string) => readonly string[];
  readonly action: string;
};
type RosterMails = {
  readonly signedThrough: Words;
  readonly imported: Words;
  /** Before the names, when several share a mailbox. */
  readonly several: string;
  readonly invitation: Words;
  readonly ended: Omit<Words, 'subject'> & { readonly subject: string };
  readonly decision: {
    readonly subject: string;
    readonly outcome: { readonly [O in RosterOutcome]: string };
    readonly reason: (answer: string) => string;
    readonly disagree: string;
    readonly action: string;
  };
};

/** Words of the mails about lists. */
export const ROSTER_MAILS: { readonly [L in Locale]: RosterMails } = {
  en: {
    signedThrough: {
      subject: (through) => `${through} has signed for you`,
      paragraphs: (through) => [
        `${through} has signed the creators’ declaration for you and says to hold your written authority for it. Your entry says “signed through ${through}”.`,
        'If that is right, you need not do anything. On your page you can make it your own signature, correct how you are shown, withdraw it, or have everything erased; it takes one click and nobody is asked.',
        'If you never gave such authority, withdraw it there. Nobody can sign for you again through a list.',
      ],
      action: 'See this signature, take it over or withdraw it',
    },
    imported: {
      subject: (source) => `Your signature at ${source} is now here`,
      paragraphs: (source) => [
        `You signed the creators’ declaration at ${source}. That signature has been brought to this site with its date; your entry says where it comes from.`,
        'On your page you can see it, make it your own signature here, correct it, withdraw it, or have everything erased.',
      ],
      action: 'See my signature',
    },
    several: 'This address stands beside several names. The page of each:',
    invitation: {
      subject: (through) => `${through} asks you to sign`,
      paragraphs: (through) => [
        `${through} would like you to sign the creators’ declaration and gave us this address for that.`,
        'Nothing is counted and nothing is shown unless you read the text and sign it yourself. The link is good for 30 days; then we delete your address.',
        'If you do not want this, do nothing, or open the link and tell us never to write again.',
      ],
      action: 'Read it and decide',
    },
    ended: {
      subject: 'A signature given for you has ended',
      paragraphs: (through) => [
        `${through} had signed the creators’ declaration for you. That list is no longer here, and so your name has left the wall and the count.`,
        'If you want it to be there, sign yourself. It takes one minute.',
      ],
      action: 'Sign the declaration myself',
    },
    decision: {
      subject: 'About the list you sent for others',
      outcome: {
        publish: 'We have looked at your list. The people on it count from now on, or have been invited.',
        refuse: 'We cannot accept your list. Nobody on it was signed for or written to.',
        remove: 'We have taken your list out. The people on it no longer count and have been told.',
      },
      reason: (answer) => `The reason: ${answer}`,
      disagree:
        'If you do not agree, write to the address for complaints below. Another person decides then.',
      action: 'See the list',
    },
  },
  de: {
    signedThrough: {
      subject: (through) => `${through} hat für Sie unterzeichnet`,
      paragraphs: (through) => [
        `${through} hat den Aufruf der Kreativen für Sie unterzeichnet und gibt an, dafür Ihre schriftliche Vollmacht zu haben. In Ihrem Eintrag steht „unterzeichnet durch ${through}“.`,
        'Ist das richtig, brauchen Sie nichts zu tun. Auf Ihrer Seite können Sie die Unterschrift zu Ihrer eigenen machen, berichtigen, zurückziehen oder alles löschen lassen; ein Klick genügt, niemand wird gefragt.',
        'Haben Sie nie eine solche Vollmacht gegeben, ziehen Sie die Unterschrift dort zurück. Über eine Liste kann dann niemand mehr für Sie unterzeichnen.',
      ],
      action: 'Unterschrift ansehen, übernehmen oder zurückziehen',
    },
    imported: {
      subject: (source) => `Ihre Unterschrift bei ${source} ist jetzt hier`,
      paragraphs: (source) => [
        `Sie haben den Aufruf der Kreativen bei ${source} unterzeichnet. Diese Unterschrift wurde mit ihrem Datum hierher übernommen; in Ihrem Eintrag steht, woher sie kommt.`,
        'Auf Ihrer Seite können Sie sie ansehen, zu Ihrer eigenen Unterschrift hier machen, berichtigen, zurückziehen oder alles löschen lassen.',
      ],
      action: 'Meine Unterschrift ansehen',
    },
    several: 'Diese Adresse steht bei mehreren Namen. Die Seite zu jedem:',
    invitation: {
      subject: (through) => `${through} bittet Sie um Ihre Unterschrift`,
      paragraphs: (through) => [
        `${through} möchte, dass Sie den Aufruf der Kreativen unterzeichnen, und hat uns dafür diese Adresse gegeben.`,
        'Nichts wird gezählt und nichts wird gezeigt, solange Sie den Text nicht selbst gelesen und unterzeichnet haben. Der Link gilt 30 Tage; danach löschen wir Ihre Adresse.',
        'Möchten Sie das nicht, tun Sie nichts, oder öffnen Sie den Link und sagen Sie uns, dass wir nie wieder schreiben sollen.',
      ],
      action: 'Lesen und entscheiden',
    },
    ended: {
      subject: 'Eine Unterschrift für Sie ist beendet',
      paragraphs: (through) => [
        `${through} hatte den Aufruf der Kreativen für Sie unterzeichnet. Diese Liste gibt es hier nicht mehr; Ihr Name steht deshalb nicht mehr an der Wand und zählt nicht mehr.`,
        'Möchten Sie dabei sein, unterzeichnen Sie selbst. Es dauert eine Minute.',
      ],
      action: 'Aufruf selbst unterzeichnen',
    },
    decision: {
      subject: 'Zu der Liste, die Sie für andere gesandt haben',
      outcome: {
        publish:
          'Wir haben Ihre Liste angesehen. Die Personen darauf zählen ab jetzt oder wurden eingeladen.',
        refuse:
          'Wir können Ihre Liste nicht annehmen. Für niemanden darauf wurde unterzeichnet, niemandem geschrieben.',
        remove: 'Wir haben Ihre Liste entfernt. Die Personen darauf zählen nicht mehr und wissen Bescheid.',
      },
      reason: (answer) => `Der Grund: ${answer}`,
      disagree:
        'Sind Sie nicht einverstanden, schreiben Sie an die Beschwerdeadresse unten. Dann entscheidet jemand anderes.',
      action: 'Liste ansehen',
    },
  },
};
