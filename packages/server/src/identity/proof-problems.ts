import { defineProblems } from '../kernel/index.ts';

/** What can go wrong with passkeys and with proving once more who one is. */
export const { problems: proofProblems, fail: failProof } = defineProblems({
  'step-up-required': {
    status: 403,
    en: {
      title: 'Before money or keys we ask once more that it is you.',
      cure: 'Open /step-up, confirm with a passkey or with a code sent by mail, and do it again; the confirmation holds for 15 minutes.',
    },
    de: {
      title: 'Bei Geld und Schlüsseln fragen wir noch einmal nach, ob Sie es sind.',
      cure: 'Öffnen Sie /step-up, bestätigen Sie mit einem Passkey oder einem Code aus einer E-Mail, und wiederholen Sie es; die Bestätigung gilt 15 Minuten.',
    },
  },
  'step-up-code-wrong': {
    status: 422,
    en: {
      title: 'This is not the code we sent.',
      cure: 'Copy the eight digits from the newest e-mail; after five tries a code is worth nothing.',
    },
    de: {
      title: 'Das ist nicht der Code, den wir gesendet haben.',
      cure: 'Übertragen Sie die acht Ziffern aus der neuesten E-Mail; nach fünf Versuchen ist ein Code wertlos.',
    },
  },
  'step-up-code-over': {
    status: 410,
    en: {
      title:
        'This code no longer counts: it is older than 15 minutes, was tried too often, or none was sent.',
      cure: 'Ask for a new code.',
    },
    de: {
      title:
        'Dieser Code gilt nicht mehr: Er ist älter als 15 Minuten, wurde zu oft versucht, oder es wurde keiner gesendet.',
      cure: 'Fordern Sie einen neuen Code an.',
    },
  },
  'step-up-no-mailbox': {
    status: 409,
    en: {
      title: 'This account has no confirmed mailbox to which a code could be sent.',
      cure: 'Use a passkey, or sign in again with a new operator link: npm run clearway -- setup operator-link.',
    },
    de: {
      title: 'Dieses Konto hat kein bestätigtes Postfach, an das ein Code gehen könnte.',
      cure: 'Nehmen Sie einen Passkey, oder melden Sie sich mit einem neuen Betreiber-Link an: npm run clearway -- setup operator-link.',
    },
  },
  'passkeys-impossible': {
    status: 409,
    en: {
      title: 'Passkeys do not work at the address of this instance.',
      cure: 'Passkeys need https and a host name, or localhost. Sign in by e-mail link.',
    },
    de: {
      title: 'Passkeys funktionieren unter der Adresse dieser Instanz nicht.',
      cure: 'Passkeys brauchen https und einen Rechnernamen, oder localhost. Melden Sie sich mit dem Link aus der E-Mail an.',
    },
  },
  'passkey-unknown': {
    status: 404,
    en: {
      title: 'We do not know this passkey.',
      cure: 'Sign in by e-mail link and add the passkey in your account; remove the old one on your device.',
    },
    de: {
      title: 'Diesen Passkey kennen wir nicht.',
      cure: 'Melden Sie sich mit dem Link aus der E-Mail an und fügen Sie den Passkey im Konto hinzu; entfernen Sie den alten auf Ihrem Gerät.',
    },
  },
  'passkey-other-account': {
    status: 403,
    en: {
      title: 'This passkey belongs to another account than the one you are signed in with.',
      cure: 'Choose a passkey of this account, or take a code by mail.',
    },
    de: {
      title: 'Dieser Passkey gehört zu einem anderen Konto als dem, mit dem Sie angemeldet sind.',
      cure: 'Wählen Sie einen Passkey dieses Kontos, oder lassen Sie sich einen Code mailen.',
    },
  },
  'passkey-taken': {
    status: 409,
    en: {
      title: 'This passkey has already been added.',
      cure: 'Use it to sign in, or add another device.',
    },
    de: {
      title: 'Dieser Passkey wurde schon hinzugefügt.',
      cure: 'Melden Sie sich damit an, oder fügen Sie ein anderes Gerät hinzu.',
    },
  },
  'too-many-passkeys': {
    status: 409,
    en: { title: 'An account holds at most 20 passkeys.', cure: 'Remove one you no longer use first.' },
    de: {
      title: 'Ein Konto hat höchstens 20 Passkeys.',
      cure: 'Entfernen Sie zuerst einen, den Sie nicht mehr benutzen.',
    },
  },
  'passkey-challenge-unknown': {
    status: 422,
    en: {
      title: 'We did not ask this passkey anything, or asked it in another place.',
      cure: 'Open the page again and start over.',
    },
    de: {
      title: 'Diesen Passkey haben wir nichts gefragt, oder an anderer Stelle.',
      cure: 'Öffnen Sie die Seite neu und beginnen Sie noch einmal.',
    },
  },
  'passkey-challenge-used': {
    status: 409,
    en: {
      title: 'This answer of a passkey was already used once.',
      cure: 'Open the page again and use the passkey anew.',
    },
    de: {
      title: 'Diese Antwort eines Passkeys wurde schon einmal benutzt.',
      cure: 'Öffnen Sie die Seite neu und benutzen Sie den Passkey noch einmal.',
    },
  },
  'passkey-challenge-expired': {
    status: 410,
    en: {
      title: 'That took longer than five minutes.',
      cure: 'Open the page again and use the passkey anew.',
    },
    de: {
      title: 'Das hat länger als fünf Minuten gedauert.',
      cure: 'Öffnen Sie die Seite neu und benutzen Sie den Passkey noch einmal.',
    },
  },
  'passkey-wrong-origin': {
    status: 403,
    en: {
      title: 'The passkey was used on another website than this one.',
      cure: 'Check the address in your browser: only sign in at the address of this instance.',
    },
    de: {
      title: 'Der Passkey wurde auf einer anderen Website als dieser benutzt.',
      cure: 'Prüfen Sie die Adresse in Ihrem Browser: Melden Sie sich nur unter der Adresse dieser Instanz an.',
    },
  },
  'passkey-without-person': {
    status: 422,
    en: {
      title: 'The device did not check that it is you.',
      cure: 'Use the fingerprint, the face or the PIN of your device when it asks.',
    },
    de: {
      title: 'Das Gerät hat nicht geprüft, dass Sie es sind.',
      cure: 'Nehmen Sie Fingerabdruck, Gesicht oder PIN Ihres Geräts, wenn es danach fragt.',
    },
  },
  'passkey-count-went-back': {
    status: 403,
    en: {
      title: 'This passkey has counted backwards, as a copy of it would.',
      cure: 'Sign in by e-mail link, remove this passkey and add a new one. If you did not copy it, tell the operator.',
    },
    de: {
      title: 'Dieser Passkey hat rückwärts gezählt, wie es eine Kopie täte.',
      cure: 'Melden Sie sich mit dem Link aus der E-Mail an, entfernen Sie diesen Passkey und fügen Sie einen neuen hinzu. Haben Sie ihn nicht kopiert, sagen Sie es dem Betreiber.',
    },
  },
  'passkey-invalid': {
    status: 422,
    en: {
      title: 'The answer of the passkey could not be checked.',
      cure: 'Try again; if it stays so, sign in by e-mail link.',
    },
    de: {
      title: 'Die Antwort des Passkeys konnte nicht geprüft werden.',
      cure: 'Versuchen Sie es noch einmal; bleibt es dabei, melden Sie sich mit dem Link aus der E-Mail an.',
    },
  },
});
