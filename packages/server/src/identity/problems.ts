import { defineProblems } from '../kernel/index.ts';
import { proofProblems } from './proof-problems.ts';

const own = defineProblems({
  'sign-in-required': {
    status: 401,
    en: { title: 'Please sign in first.', cure: 'Ask for a sign-in link on the sign-in page and open it.' },
    de: {
      title: 'Bitte melden Sie sich zuerst an.',
      cure: 'Fordern Sie auf der Anmeldeseite einen Anmelde-Link an und öffnen Sie ihn.',
    },
  },
  'operator-required': {
    status: 403,
    en: {
      title: 'Only the operator of this instance can open this.',
      cure: 'Sign in as operator: on the server, `clearway setup operator-link` prints a link for it.',
    },
    de: {
      title: 'Das kann nur der Betreiber dieser Instanz öffnen.',
      cure: 'Melden Sie sich als Betreiber an: Auf dem Server gibt `clearway setup operator-link` einen Link dafür aus.',
    },
  },
  'email-invalid': {
    status: 422,
    en: {
      title: 'This is not an e-mail address we can write to.',
      cure: 'Give one address such as name@example.org.',
    },
    de: {
      title: 'An diese E-Mail-Adresse können wir nicht schreiben.',
      cure: 'Geben Sie eine Adresse wie name@example.org an.',
    },
  },
  'link-unknown': {
    status: 404,
    en: {
      title: 'We do not know this link.',
      cure: 'Copy the whole link from the e-mail, or ask for a new one on the sign-in page.',
    },
    de: {
      title: 'Diesen Link kennen wir nicht.',
      cure: 'Kopieren Sie den ganzen Link aus der E-Mail, oder fordern Sie auf der Anmeldeseite einen neuen an.',
    },
  },
  'link-expired': {
    status: 410,
    en: {
      title: 'This link has expired.',
      cure: 'Ask for a new one on the page where you asked for this one; a link is good for 30 minutes.',
    },
    de: {
      title: 'Dieser Link ist abgelaufen.',
      cure: 'Fordern Sie dort, wo Sie diesen angefordert haben, einen neuen an; ein Link gilt 30 Minuten.',
    },
  },
  'link-used': {
    status: 410,
    en: {
      title: 'This link has already been used.',
      cure: 'If that was you, you are done here. If not, ask for a new link and look at the devices in your account.',
    },
    de: {
      title: 'Dieser Link wurde schon benutzt.',
      cure: 'Waren Sie das selbst, ist alles erledigt. Wenn nicht, fordern Sie einen neuen an und prüfen Sie die Geräte in Ihrem Konto.',
    },
  },
  'link-other-account': {
    status: 403,
    en: {
      title: 'This link belongs to another account than the one you are signed in with.',
      cure: 'Sign in with the account that asked for the new address, then open the link again.',
    },
    de: {
      title: 'Dieser Link gehört zu einem anderen Konto als dem, mit dem Sie angemeldet sind.',
      cure: 'Melden Sie sich mit dem Konto an, das die neue Adresse angefordert hat, und öffnen Sie den Link erneut.',
    },
  },
  'address-taken': {
    status: 409,
    en: {
      title: 'This e-mail address already belongs to another account.',
      cure: 'Sign in with that address, or choose another one for this account.',
    },
    de: {
      title: 'Diese E-Mail-Adresse gehört schon zu einem anderen Konto.',
      cure: 'Melden Sie sich mit dieser Adresse an, oder wählen Sie für dieses Konto eine andere.',
    },
  },
  'session-unknown': {
    status: 404,
    en: {
      title: 'This device is not signed in to your account.',
      cure: 'Look at the list of devices again; it may have signed out meanwhile.',
    },
    de: {
      title: 'Dieses Gerät ist nicht mit Ihrem Konto angemeldet.',
      cure: 'Sehen Sie die Liste der Geräte noch einmal an; vielleicht wurde es inzwischen abgemeldet.',
    },
  },
  'deletion-not-confirmed': {
    status: 422,
    en: {
      title: 'What you typed is not the e-mail address of this account; nothing was deleted.',
      cure: 'Type the address exactly as it is shown, or go back and keep the account.',
    },
    de: {
      title: 'Ihre Eingabe ist nicht die E-Mail-Adresse dieses Kontos; es wurde nichts gelöscht.',
      cure: 'Geben Sie die Adresse genau wie gezeigt ein, oder gehen Sie zurück und behalten Sie das Konto.',
    },
  },
  'organisation-unknown': {
    status: 404,
    en: {
      title: 'You do not act for this organisation.',
      cure: 'Ask one of its administrators for an invitation, or choose another organisation on the page of your organisations.',
    },
    de: {
      title: 'Für diese Organisation handeln Sie nicht.',
      cure: 'Bitten Sie deren Verwaltung um eine Einladung, oder wählen Sie auf der Seite Ihrer Organisationen eine andere.',
    },
  },
  'role-required': {
    status: 403,
    en: {
      title: 'Your role in this organisation does not allow this.',
      cure: 'Ask an administrator of the organisation to do it, or to give you another role.',
    },
    de: {
      title: 'Ihre Rolle in dieser Organisation erlaubt das nicht.',
      cure: 'Bitten Sie die Verwaltung der Organisation, es zu tun oder Ihnen eine andere Rolle zu geben.',
    },
  },
  'acting-ended': {
    status: 409,
    en: {
      title: 'You no longer act for the organisation you chose; nothing was changed.',
      cure: 'From now on you act for yourself. If that is what you want, do it again; if not, ask for an invitation.',
    },
    de: {
      title: 'Für die gewählte Organisation handeln Sie nicht mehr; nichts wurde geändert.',
      cure: 'Ab jetzt handeln Sie für sich selbst. Wenn Sie das möchten, wiederholen Sie es; sonst bitten Sie um eine Einladung.',
    },
  },
  'member-unknown': {
    status: 404,
    en: {
      title: 'This person does not act for the organisation.',
      cure: 'Open the page of the organisation again; somebody may have been faster.',
    },
    de: {
      title: 'Diese Person handelt nicht für die Organisation.',
      cure: 'Öffnen Sie die Seite der Organisation neu; vielleicht war jemand schneller.',
    },
  },
  'already-member': {
    status: 409,
    en: {
      title: 'This person already acts for the organisation.',
      cure: 'Change the role in the list of people instead.',
    },
    de: {
      title: 'Diese Person handelt schon für die Organisation.',
      cure: 'Ändern Sie stattdessen die Rolle in der Liste der Personen.',
    },
  },
  'last-admin': {
    status: 409,
    en: {
      title: 'An organisation needs somebody who manages it.',
      cure: 'Make another person administrator first.',
    },
    de: {
      title: 'Eine Organisation braucht jemanden, der sie verwaltet.',
      cure: 'Geben Sie zuerst einer anderen Person die Verwaltung.',
    },
  },
  'membership-link-unknown': {
    status: 404,
    en: {
      title: 'We do not know this invitation.',
      cure: 'Copy the whole link from the e-mail, or ask for a new invitation.',
    },
    de: {
      title: 'Diese Einladung kennen wir nicht.',
      cure: 'Kopieren Sie den ganzen Link aus der E-Mail, oder bitten Sie um eine neue Einladung.',
    },
  },
  'membership-link-used': {
    status: 410,
    en: {
      title: 'This invitation has already been accepted.',
      cure: 'If that was you, sign in and choose the organisation. If not, tell its administrators.',
    },
    de: {
      title: 'Diese Einladung wurde schon angenommen.',
      cure: 'Waren Sie das, melden Sie sich an und wählen Sie die Organisation. Wenn nicht, sagen Sie es deren Verwaltung.',
    },
  },
  'membership-link-expired': {
    status: 410,
    en: {
      title: 'This invitation has expired.',
      cure: 'Ask for a new one; an invitation is good for 14 days.',
    },
    de: {
      title: 'Diese Einladung ist abgelaufen.',
      cure: 'Bitten Sie um eine neue; eine Einladung gilt 14 Tage.',
    },
  },
  'membership-link-replaced': {
    status: 410,
    en: {
      title: 'This invitation no longer counts: a newer one was sent, or it was taken back.',
      cure: 'Look for a newer e-mail, or ask the person who invited you.',
    },
    de: {
      title: 'Diese Einladung gilt nicht mehr: Es gibt eine neuere, oder sie wurde zurückgenommen.',
      cure: 'Suchen Sie nach einer neueren E-Mail, oder fragen Sie die Person, die Sie eingeladen hat.',
    },
  },
  'membership-link-other-account': {
    status: 403,
    en: {
      title: 'This invitation is for another e-mail address than that of your account.',
      cure: 'Sign out and open the link again, or ask to be invited with the address of your account.',
    },
    de: {
      title: 'Diese Einladung gilt einer anderen E-Mail-Adresse als der Ihres Kontos.',
      cure: 'Melden Sie sich ab und öffnen Sie den Link noch einmal, oder bitten Sie um eine Einladung an die Adresse Ihres Kontos.',
    },
  },
  'operator-already': {
    status: 409,
    en: {
      title: 'This person is an operator already.',
      cure: 'Invite another person, with a mailbox of their own.',
    },
    de: {
      title: 'Diese Person betreibt die Instanz schon mit.',
      cure: 'Laden Sie eine andere Person mit eigenem Postfach ein.',
    },
  },
  'operator-unknown': {
    status: 404,
    en: {
      title: 'This person is not an operator.',
      cure: 'Open the page of the people who run this instance again; somebody may have been faster.',
    },
    de: {
      title: 'Diese Person betreibt die Instanz nicht.',
      cure: 'Öffnen Sie die Seite der Betreibenden noch einmal; vielleicht war jemand schneller.',
    },
  },
  'last-operator': {
    status: 409,
    en: {
      title: 'An instance needs somebody who runs it.',
      cure: 'Invite another operator first; when they have accepted, remove this one.',
    },
    de: {
      title: 'Eine Instanz braucht jemanden, der sie betreibt.',
      cure: 'Laden Sie zuerst eine weitere Person ein; sobald sie angenommen hat, entfernen Sie diese.',
    },
  },
  'operator-link-unknown': {
    status: 404,
    en: {
      title: 'We do not know this invitation to run the instance.',
      cure: 'Copy the whole link from the e-mail, or ask for a new invitation.',
    },
    de: {
      title: 'Diese Einladung zum Betrieb der Instanz kennen wir nicht.',
      cure: 'Kopieren Sie den ganzen Link aus der E-Mail, oder bitten Sie um eine neue Einladung.',
    },
  },
  'operator-link-used': {
    status: 410,
    en: {
      title: 'This invitation to run the instance has already been accepted.',
      cure: 'If that was you, sign in. If not, tell the operator of this instance at once.',
    },
    de: {
      title: 'Diese Einladung zum Betrieb der Instanz wurde schon angenommen.',
      cure: 'Waren Sie das, melden Sie sich an. Wenn nicht, sagen Sie es sofort dem Betreiber dieser Instanz.',
    },
  },
  'operator-link-expired': {
    status: 410,
    en: {
      title: 'This invitation to run the instance has expired.',
      cure: 'Ask for a new one; an invitation is good for 3 days.',
    },
    de: {
      title: 'Diese Einladung zum Betrieb der Instanz ist abgelaufen.',
      cure: 'Bitten Sie um eine neue; eine Einladung gilt 3 Tage.',
    },
  },
  'operator-link-replaced': {
    status: 410,
    en: {
      title:
        'This invitation to run the instance no longer counts: a newer one was sent, or it was taken back.',
      cure: 'Look for a newer e-mail, or ask the person who invited you.',
    },
    de: {
      title:
        'Diese Einladung zum Betrieb der Instanz gilt nicht mehr: Es gibt eine neuere, oder sie wurde zurückgenommen.',
      cure: 'Suchen Sie nach einer neueren E-Mail, oder fragen Sie die Person, die Sie eingeladen hat.',
    },
  },
  'operator-link-other-account': {
    status: 403,
    en: {
      title: 'This invitation to run the instance is for another e-mail address than that of your account.',
      cure: 'Sign out and open the link again, or ask to be invited with the address of your account.',
    },
    de: {
      title:
        'Diese Einladung zum Betrieb der Instanz gilt einer anderen E-Mail-Adresse als der Ihres Kontos.',
      cure: 'Melden Sie sich ab und öffnen Sie den Link noch einmal, oder bitten Sie um eine Einladung an die Adresse Ihres Kontos.',
    },
  },
  'acting-changed': {
    status: 409,
    en: {
      title: 'This form was opened for somebody else than you act for now; nothing was changed.',
      cure: 'Choose for whom you act, open the form again and send it from there.',
    },
    de: {
      title:
        'Dieses Formular wurde für jemand anderen geöffnet, als Sie jetzt handeln; nichts wurde geändert.',
      cure: 'Wählen Sie, für wen Sie handeln, öffnen Sie das Formular neu und senden Sie es von dort.',
    },
  },
});

export const { fail } = own;

/** Every problem of identity. */
export const identityProblems = [...own.problems, ...proofProblems];
