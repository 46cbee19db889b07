import { defineProblems } from '../kernel/index.ts';

export const { problems: identityProblems, fail } = defineProblems({
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
});
