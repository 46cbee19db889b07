import { defineMessages } from '../kernel/index.ts';

/** Texts about passkeys, proving once more who one is, and forms that wait. */
export const proofText = defineMessages(
  {
    mail: {
      added: {
        subject: (instance: string) => `A passkey was added to your account with ${instance}`,
        body: (name: string) => `from now on you can sign in with the passkey “${name}”, too.`,
      },
      removed: {
        subject: (instance: string) => `A passkey was removed from your account with ${instance}`,
        body: (name: string) =>
          `the passkey “${name}” no longer opens your account. The link by e-mail works as before.`,
      },
      notYou:
        'If that was not you: sign in by e-mail link, sign out all other devices, remove what you do not know, and write to the operator.',
      look: 'See my passkeys',
    },
    codeMail: {
      subject: (instance: string) => `Your code for ${instance}`,
      body: 'type this code into the page that asks for it:',
      limits:
        'It is good for 15 minutes, and only in the browser that asked for it. Never tell it to anybody, us included.',
      notYou:
        'If you did not ask for it, somebody is signed in as you: open your account, sign out all other devices, and tell the operator.',
    },
    passkeys: {
      title: 'Passkeys',
      section: 'How you sign in',
      sectionIntro: (count: number) =>
        count === 0
          ? 'By a link we send you. With a passkey you can also sign in with the fingerprint, face or PIN of your device.'
          : `By a link we send you, or with ${count === 1 ? 'your passkey' : `one of your ${count} passkeys`}.`,
      sectionLink: 'See and add passkeys',
      intro:
        'A passkey is a key on your device that it uses only after checking that it is you. It cannot be typed into a wrong website, and we never get it.',
      list: 'Your passkeys',
      name: 'Name',
      added: 'Added',
      used: 'Last used',
      never: 'not yet',
      synced: 'on several devices',
      oneDevice: 'on one device',
      change: 'Change',
      rename: 'Save this name',
      newName: (name: string) => `New name of ${name}`,
      renameIt: 'Rename',
      remove: 'Remove this passkey',
      removeTitle: (name: string) => `Remove “${name}”?`,
      removeHint: 'It then no longer opens your account. The link by e-mail works as before.',
      keep: 'Keep it',
      emptyTitle: 'You have no passkey yet',
      empty:
        'You sign in by a link we send you. With a passkey it is quicker, and safer against copied websites.',
      add: 'Add a passkey',
      addTitle: 'Add a passkey',
      addIntro: 'Your device will ask for your fingerprint, your face or its PIN.',
      nameHint: 'So that you recognise it later, for example “my laptop”',
      firstName: 'My device',
      addNow: 'Make the passkey on this device',
      needsScript:
        'For this, your browser has to run our script and know passkeys. Without it, the link by e-mail works as before.',
      impossible:
        'At the address of this instance browsers offer no passkeys: they need https and a host name, or localhost.',
      back: 'Back to my account',
      addedNow: 'The passkey has been added. We have told you by mail, too.',
      removedNow: 'The passkey has been removed. We have told you by mail, too.',
    },
    use: {
      heading: 'Or with a passkey',
      signIn: 'Sign in with a passkey',
      confirm: 'Confirm with a passkey',
      working: 'Your device is asking you …',
      cancelled: 'Nothing happened: the device was not used, or it knows no passkey for this place.',
      unable: 'This browser does not know passkeys. Use the e-mail.',
      failed: 'That did not reach us. Check the connection and try again.',
    },
    stepUp: {
      title: 'Is it you?',
      intro: 'Before money or keys we ask once more. Your confirmation holds for 15 minutes.',
      kept: 'What you typed is kept, and you will find it in the form again.',
      byMail: 'With a code by mail',
      byMailIntro: (address: string) => `We send eight digits to ${address}.`,
      send: 'Send me the code',
      sent: (address: string) => `We have sent a code to ${address}. It is good for 15 minutes.`,
      code: 'The eight digits',
      confirm: 'Confirm and go on',
      again: 'Send a new code',
      noMailbox:
        'You came by the operator link and have no mailbox here. Make a new link on the server: npm run clearway -- setup operator-link. Or use a passkey.',
      demo: 'In the demo world nobody reads the mail.',
      demoButton: 'Go on without the mail',
    },
    changed: {
      title: 'For whom is this?',
      intro: (before: string, now: string) =>
        `You opened this form for ${before}. Now you act for ${now}. Nothing was sent.`,
      introOther: 'You opened this form with another account. Nothing was sent.',
      before: (name: string) => `Act for ${name} again and show the form`,
      now: (name: string) => `Show the form for ${name}`,
      open: 'Open the page anew',
      gone: 'an organisation you no longer act for',
    },
  },
  {
    mail: {
      added: {
        subject: (instance) => `Ihrem Konto bei ${instance} wurde ein Passkey hinzugefügt`,
        body: (name) => `ab jetzt können Sie sich auch mit dem Passkey „${name}“ anmelden.`,
      },
      removed: {
        subject: (instance) => `Aus Ihrem Konto bei ${instance} wurde ein Passkey entfernt`,
        body: (name) =>
          `der Passkey „${name}“ öffnet Ihr Konto nicht mehr. Der Link per E-Mail funktioniert wie bisher.`,
      },
      notYou:
        'Waren Sie das nicht: Melden Sie sich mit dem Link aus der E-Mail an, melden Sie alle anderen Geräte ab, entfernen Sie, was Sie nicht kennen, und schreiben Sie dem Betreiber.',
      look: 'Meine Passkeys ansehen',
    },
    codeMail: {
      subject: (instance) => `Ihr Code für ${instance}`,
      body: 'geben Sie diesen Code auf der Seite ein, die danach fragt:',
      limits:
        'Er gilt 15 Minuten und nur in dem Browser, der ihn angefordert hat. Sagen Sie ihn niemandem, auch uns nicht.',
      notYou:
        'Haben Sie ihn nicht angefordert, ist jemand als Sie angemeldet: Öffnen Sie Ihr Konto, melden Sie alle anderen Geräte ab und sagen Sie es dem Betreiber.',
    },
    passkeys: {
      title: 'Passkeys',
      section: 'Wie Sie sich anmelden',
      sectionIntro: (count) =>
        count === 0
          ? 'Mit einem Link, den wir Ihnen senden. Mit einem Passkey geht es auch mit Fingerabdruck, Gesicht oder PIN Ihres Geräts.'
          : `Mit einem Link, den wir Ihnen senden, oder mit ${count === 1 ? 'Ihrem Passkey' : `einem Ihrer ${count} Passkeys`}.`,
      sectionLink: 'Passkeys ansehen und hinzufügen',
      intro:
        'Ein Passkey ist ein Schlüssel auf Ihrem Gerät, den es nur benutzt, nachdem es Sie erkannt hat. Er lässt sich auf keiner falschen Website eingeben, und wir bekommen ihn nie.',
      list: 'Ihre Passkeys',
      name: 'Name',
      added: 'Hinzugefügt',
      used: 'Zuletzt benutzt',
      never: 'noch nicht',
      synced: 'auf mehreren Geräten',
      oneDevice: 'auf einem Gerät',
      change: 'Ändern',
      rename: 'Diesen Namen speichern',
      newName: (name) => `Neuer Name von ${name}`,
      renameIt: 'Umbenennen',
      remove: 'Diesen Passkey entfernen',
      removeTitle: (name) => `„${name}“ entfernen?`,
      removeHint: 'Er öffnet Ihr Konto dann nicht mehr. Der Link per E-Mail funktioniert wie bisher.',
      keep: 'Behalten',
      emptyTitle: 'Sie haben noch keinen Passkey',
      empty:
        'Sie melden sich mit einem Link an, den wir Ihnen senden. Mit einem Passkey geht es schneller und sicherer gegen nachgemachte Websites.',
      add: 'Passkey hinzufügen',
      addTitle: 'Passkey hinzufügen',
      addIntro: 'Ihr Gerät fragt nach Fingerabdruck, Gesicht oder PIN.',
      nameHint: 'Damit Sie ihn später wiedererkennen, zum Beispiel „mein Laptop“',
      firstName: 'Mein Gerät',
      addNow: 'Passkey auf diesem Gerät anlegen',
      needsScript:
        'Dafür muss Ihr Browser unser Skript ausführen und Passkeys kennen. Ohne das funktioniert der Link per E-Mail wie bisher.',
      impossible:
        'Unter der Adresse dieser Instanz bieten Browser keine Passkeys an: Sie brauchen https und einen Rechnernamen, oder localhost.',
      back: 'Zurück zu meinem Konto',
      addedNow: 'Der Passkey ist hinzugefügt. Wir haben es Ihnen auch gemailt.',
      removedNow: 'Der Passkey ist entfernt. Wir haben es Ihnen auch gemailt.',
    },
    use: {
      heading: 'Oder mit einem Passkey',
      signIn: 'Mit Passkey anmelden',
      confirm: 'Mit Passkey bestätigen',
      working: 'Ihr Gerät fragt Sie …',
      cancelled:
        'Nichts ist geschehen: Das Gerät wurde nicht benutzt, oder es kennt keinen Passkey für diesen Ort.',
      unable: 'Dieser Browser kennt keine Passkeys. Nehmen Sie die E-Mail.',
      failed: 'Das kam nicht bei uns an. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.',
    },
    stepUp: {
      title: 'Sind Sie es?',
      intro: 'Bei Geld und Schlüsseln fragen wir noch einmal nach. Ihre Bestätigung gilt 15 Minuten.',
      kept: 'Ihre Eingaben sind aufgehoben; Sie finden sie im Formular wieder.',
      byMail: 'Mit einem Code per E-Mail',
      byMailIntro: (address) => `Wir senden acht Ziffern an ${address}.`,
      send: 'Code zusenden',
      sent: (address) => `Wir haben einen Code an ${address} gesendet. Er gilt 15 Minuten.`,
      code: 'Die acht Ziffern',
      confirm: 'Bestätigen und weiter',
      again: 'Neuen Code zusenden',
      noMailbox:
        'Sie kamen über den Betreiber-Link und haben hier kein Postfach. Erzeugen Sie auf dem Server einen neuen Link: npm run clearway -- setup operator-link. Oder nehmen Sie einen Passkey.',
      demo: 'In der Demo-Welt liest niemand die E-Mails.',
      demoButton: 'Ohne E-Mail weiter',
    },
    changed: {
      title: 'Für wen ist das?',
      intro: (before, now) =>
        `Sie haben dieses Formular für ${before} geöffnet. Jetzt handeln Sie für ${now}. Es wurde nichts gesendet.`,
      introOther: 'Sie haben dieses Formular mit einem anderen Konto geöffnet. Es wurde nichts gesendet.',
      before: (name) => `Wieder für ${name} handeln und das Formular zeigen`,
      now: (name) => `Das Formular für ${name} zeigen`,
      open: 'Die Seite neu öffnen',
      gone: 'eine Organisation, für die Sie nicht mehr handeln',
    },
  },
);
