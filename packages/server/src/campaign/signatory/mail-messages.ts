import type { Locale } from '../../kernel/index.ts';

type MailText = {
  readonly confirm: MailWords;
  readonly already: MailWords;
  readonly countsNow: MailWords;
  readonly manage: (url: string) => string;
  readonly sender: (instance: string, operator: string, imprint: string) => string;
};
type MailWords = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly action: string;
};

const TEXTS: { readonly [L in Locale]: MailText } = {
  en: {
    confirm: {
      subject: 'One more step: confirm your signature',
      paragraphs: [
        'Someone, we hope you, signed the creators’ declaration with this e-mail address.',
        'Open the link and press the button on the page. Only then does the signature count and appear on the wall. The link is good for seven days.',
        'If it was not you, do nothing: without the button nothing is counted, and after 30 days nothing is kept.',
      ],
      action: 'Look at the signature and confirm it',
    },
    already: {
      subject: 'You have already signed',
      paragraphs: [
        'Someone, we hope you, signed the creators’ declaration again with this e-mail address. Your signature already counts, and it counts once.',
        'On your own page you can change how you are shown, withdraw the signature or have everything erased.',
      ],
      action: 'See my signature',
    },
    countsNow: {
      subject: 'Your signature counts now',
      paragraphs: [
        'A person has looked at your signature under the creators’ declaration. It counts from now on, and if you show your name, it is on the wall.',
      ],
      action: 'See my signature',
    },
    manage: (url) =>
      `See, correct, withdraw or erase what we keep about this signature, or tell us that it was not you: ${url}`,
    sender: (instance, operator, imprint) => `${instance}, run by ${operator}: ${imprint}`,
  },
  de: {
    confirm: {
      subject: 'Noch ein Schritt: Bestätigen Sie Ihre Unterschrift',
      paragraphs: [
        'Jemand, hoffentlich Sie, hat mit dieser E-Mail-Adresse den Aufruf der Kreativen unterzeichnet.',
        'Öffnen Sie den Link und drücken Sie auf der Seite auf den Knopf. Erst dann zählt die Unterschrift und steht an der Wand. Der Link gilt sieben Tage.',
        'Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne den Knopf wird nichts gezählt, und nach 30 Tagen ist nichts mehr gespeichert.',
      ],
      action: 'Unterschrift ansehen und bestätigen',
    },
    already: {
      subject: 'Sie haben schon unterzeichnet',
      paragraphs: [
        'Jemand, hoffentlich Sie, hat mit dieser E-Mail-Adresse noch einmal den Aufruf der Kreativen unterzeichnet. Ihre Unterschrift zählt schon, und sie zählt einmal.',
        'Auf Ihrer eigenen Seite können Sie ändern, wie Sie gezeigt werden, die Unterschrift zurückziehen oder alles löschen lassen.',
      ],
      action: 'Meine Unterschrift ansehen',
    },
    countsNow: {
      subject: 'Ihre Unterschrift zählt jetzt',
      paragraphs: [
        'Ein Mensch hat Ihre Unterschrift unter dem Aufruf der Kreativen angesehen. Sie zählt ab jetzt, und wenn Sie Ihren Namen zeigen, steht er an der Wand.',
      ],
      action: 'Meine Unterschrift ansehen',
    },
    manage: (url) =>
      `Ansehen, berichtigen, zurückziehen oder löschen, was wir zu dieser Unterschrift gespeichert haben, oder uns sagen, dass Sie es nicht waren: ${url}`,
    sender: (instance, operator, imprint) => `${instance}, betrieben von ${operator}: ${imprint}`,
  },
};

/** Words of the mails. Paragraphs are lists, which the page catalogue does not hold. */
export function mailText(locale: Locale): MailText {
  return TEXTS[locale];
}
