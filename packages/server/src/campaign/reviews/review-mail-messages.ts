import type { Locale } from '../../kernel/index.ts';
import type { Outcome, ReviewKind } from './store-reviews.ts';

type ReviewMails = {
  readonly subject: { readonly [K in ReviewKind]: string };
  /** What a signatory hears; what its owner took back nobody has decided. */
  readonly outcome: { readonly [O in Exclude<Outcome, 'gone'>]: string };
  readonly reason: (answer: string) => string;
  readonly disagree: string;
  readonly action: string;
  readonly reportSubject: string;
  readonly reportKept: string;
  readonly reportRemoved: string;
  readonly reportGone: string;
  readonly sender: (instance: string, operator: string, imprint: string) => string;
};

/** Words of mails about decisions. */
export const REVIEW_MAILS: { readonly [L in Locale]: ReviewMails } = {
  en: {
    subject: {
      name: 'About the name of your signature',
      report: 'About your entry on the wall',
      evidence: 'About what you sent us as evidence',
    },
    outcome: {
      allowed: 'We have looked at the name of your signature. It counts and is shown as you chose.',
      namesake:
        'You share your name with somebody well known. Your signature counts and is shown with craft and town, so that nobody mixes you up.',
      removed: 'We have taken your signature out. It is not shown and does not count.',
      kept: 'Somebody reported your entry. We looked at it; it stays as it is.',
      accepted: 'We accept it. Your entry now says that a moderator judged evidence, with today’s date.',
      refused: 'It does not show enough for a check. Your signature counts as before.',
    },
    reason: (answer) => `The reason: ${answer}`,
    disagree: 'If you do not agree, write to the address for complaints below. Another person decides then.',
    action: 'See my signature',
    reportSubject: 'About the entry you reported',
    reportKept: 'We looked at the entry you reported. It stays.',
    reportRemoved: 'We looked at the entry you reported and have taken it out.',
    reportGone:
      'The entry you reported is no longer there: it was taken back before we decided. Your report is closed, and your address is deleted from it.',
    sender: (instance, operator, imprint) => `${instance}, run by ${operator}: ${imprint}`,
  },
  de: {
    subject: {
      name: 'Zum Namen Ihrer Unterschrift',
      report: 'Zu Ihrem Eintrag an der Wand',
      evidence: 'Zu Ihren Belegen',
    },
    outcome: {
      allowed:
        'Wir haben den Namen Ihrer Unterschrift angesehen. Sie zählt und wird gezeigt, wie Sie es wollten.',
      namesake:
        'Sie heißen wie jemand, den viele kennen. Ihre Unterschrift zählt und wird mit Tätigkeit und Ort gezeigt, damit niemand Sie verwechselt.',
      removed: 'Wir haben Ihre Unterschrift entfernt. Sie wird nicht gezeigt und zählt nicht.',
      kept: 'Jemand hat Ihren Eintrag gemeldet. Wir haben ihn angesehen; er bleibt, wie er ist.',
      accepted:
        'Wir erkennen sie an. Bei Ihrem Eintrag steht jetzt, dass Belege geprüft wurden, mit dem heutigen Datum.',
      refused: 'Sie reichen für eine Prüfung nicht aus. Ihre Unterschrift zählt wie bisher.',
    },
    reason: (answer) => `Der Grund: ${answer}`,
    disagree:
      'Sind Sie nicht einverstanden, schreiben Sie an die Beschwerdeadresse unten. Dann entscheidet jemand anderes.',
    action: 'Meine Unterschrift ansehen',
    reportSubject: 'Zu dem Eintrag, den Sie gemeldet haben',
    reportKept: 'Wir haben den gemeldeten Eintrag angesehen. Er bleibt.',
    reportRemoved: 'Wir haben den gemeldeten Eintrag angesehen und entfernt.',
    reportGone:
      'Den gemeldeten Eintrag gibt es nicht mehr: Er wurde zurückgezogen, bevor wir entschieden haben. Ihre Meldung ist abgeschlossen, Ihre Adresse daraus gelöscht.',
    sender: (instance, operator, imprint) => `${instance}, betrieben von ${operator}: ${imprint}`,
  },
};
