import { defineProblems } from '../kernel/index.ts';

export const { problems: campaignProblems, fail } = defineProblems({
  'signature-address-invalid': {
    status: 422,
    en: {
      title: 'We cannot write to this e-mail address.',
      cure: 'Give one address such as name@example.org; the link that makes your signature count goes there.',
    },
    de: {
      title: 'An diese E-Mail-Adresse können wir nicht schreiben.',
      cure: 'Geben Sie eine Adresse wie name@example.org an; dorthin geht der Link, mit dem Ihre Unterschrift zählt.',
    },
  },
  'name-not-a-name': {
    status: 422,
    en: {
      title: 'We could not read this as a name.',
      cure: 'Write the name you are known by, in any script, with at least one letter and without web addresses.',
    },
    de: {
      title: 'Das konnten wir nicht als Namen lesen.',
      cure: 'Schreiben Sie den Namen, unter dem man Sie kennt, in jeder Schrift, mit mindestens einem Buchstaben und ohne Webadressen.',
    },
  },
  'declaration-outdated': {
    status: 409,
    en: {
      title: 'The text of the declaration or of the consent has changed since you opened the page.',
      cure: 'Read the new text, which is shown now, and sign again if you agree with it.',
    },
    de: {
      title:
        'Der Text des Aufrufs oder der Einwilligung hat sich geändert, seit Sie die Seite geöffnet haben.',
      cure: 'Lesen Sie den neuen Text, der jetzt dort steht, und unterzeichnen Sie erneut, wenn Sie zustimmen.',
    },
  },
  'confirmation-unknown': {
    status: 404,
    en: {
      title: 'We do not know this confirmation link.',
      cure: 'Copy the whole link from the e-mail. If you had everything erased, the link is gone too; you can sign again.',
    },
    de: {
      title: 'Diesen Bestätigungslink kennen wir nicht.',
      cure: 'Kopieren Sie den ganzen Link aus der E-Mail. Haben Sie alles löschen lassen, gibt es auch den Link nicht mehr; Sie können erneut unterzeichnen.',
    },
  },
  'confirmation-expired': {
    status: 410,
    en: {
      title: 'This confirmation link is more than seven days old.',
      cure: 'Sign again with the same address; we then send a new link.',
    },
    de: {
      title: 'Dieser Bestätigungslink ist älter als sieben Tage.',
      cure: 'Unterzeichnen Sie noch einmal mit derselben Adresse; dann senden wir einen neuen Link.',
    },
  },
  'confirmation-used': {
    status: 409,
    en: {
      title: 'This signature is already confirmed and counts.',
      cure: 'There is nothing left to do. The other link in the e-mail lets you see, change or withdraw it.',
    },
    de: {
      title: 'Diese Unterschrift ist schon bestätigt und zählt.',
      cure: 'Es ist nichts mehr zu tun. Mit dem anderen Link in der E-Mail können Sie sie ansehen, ändern oder zurückziehen.',
    },
  },
  'confirmation-superseded': {
    status: 410,
    en: {
      title: 'This confirmation link no longer holds: a newer one was sent, or the signature was withdrawn.',
      cure: 'Open the link in the newest e-mail. If you withdrew your signature and want it back, sign again.',
    },
    de: {
      title:
        'Dieser Bestätigungslink gilt nicht mehr: Es gibt einen neueren, oder die Unterschrift wurde zurückgezogen.',
      cure: 'Öffnen Sie den Link in der neuesten E-Mail. Haben Sie zurückgezogen und möchten wieder dabei sein, unterzeichnen Sie erneut.',
    },
  },
  'signature-link-unknown': {
    status: 404,
    en: {
      title: 'There is no signature at this link.',
      cure: 'Copy the whole link from the e-mail. If everything was erased, nothing is left to show.',
    },
    de: {
      title: 'Unter diesem Link gibt es keine Unterschrift.',
      cure: 'Kopieren Sie den ganzen Link aus der E-Mail. Wurde alles gelöscht, gibt es nichts mehr zu zeigen.',
    },
  },
  'signature-withdrawn': {
    status: 409,
    en: {
      title: 'This signature is withdrawn and can no longer be changed.',
      cure: 'Sign again if you want to be counted, or have everything erased.',
    },
    de: {
      title: 'Diese Unterschrift ist zurückgezogen und lässt sich nicht mehr ändern.',
      cure: 'Unterzeichnen Sie erneut, wenn Sie mitgezählt werden möchten, oder lassen Sie alles löschen.',
    },
  },
  'signature-not-confirmed': {
    status: 409,
    en: {
      title: 'This signature is not confirmed yet.',
      cure: 'Open the confirmation link in the e-mail first and press its button.',
    },
    de: {
      title: 'Diese Unterschrift ist noch nicht bestätigt.',
      cure: 'Öffnen Sie zuerst den Bestätigungslink in der E-Mail und drücken Sie dort auf den Knopf.',
    },
  },
  'signature-held': {
    status: 409,
    en: {
      title: 'This signature is confirmed and waits for somebody to look at it.',
      cure: 'There is nothing left to do. We write to you once it counts.',
    },
    de: {
      title: 'Diese Unterschrift ist bestätigt und wartet darauf, dass jemand sie ansieht.',
      cure: 'Es ist nichts mehr zu tun. Wir schreiben Ihnen, sobald sie zählt.',
    },
  },
  'signature-invalidated': {
    status: 409,
    en: {
      title: 'This signature was taken out together with many that looked made by a machine.',
      cure: 'If it is yours, write to the address for complaints in the imprint; it can be put back.',
    },
    de: {
      title: 'Diese Unterschrift wurde mit vielen anderen entfernt, die nach einer Maschine aussahen.',
      cure: 'Ist es Ihre, schreiben Sie an die Beschwerdeadresse im Impressum; sie lässt sich zurückholen.',
    },
  },
  'clean-up-too-wide': {
    status: 422,
    en: {
      title: 'These conditions would take out people at random.',
      cure: 'Give a network, a mail domain, a pattern of names or a first time of signing.',
    },
    de: {
      title: 'Diese Bedingungen träfen wahllos Menschen.',
      cure: 'Geben Sie ein Netz, eine Maildomain, ein Muster für Namen oder einen ersten Zeitpunkt an.',
    },
  },
  'clean-up-pattern': {
    status: 422,
    en: {
      title: 'This pattern of names has too many stars.',
      cure: 'Use at most four. A star stands for any characters, a question mark for one.',
    },
    de: {
      title: 'Dieses Namensmuster hat zu viele Sterne.',
      cure: 'Nehmen Sie höchstens vier. Ein Stern steht für beliebig viele Zeichen, ein Fragezeichen für eines.',
    },
  },
  'clean-up-changed': {
    status: 409,
    en: {
      title: 'By now another number of signatures fits these conditions, or none does.',
      cure: 'Look at the dry run again, which shows the number of now. Nothing was changed.',
    },
    de: {
      title: 'Inzwischen passt eine andere Zahl von Unterschriften auf diese Bedingungen, oder keine.',
      cure: 'Sehen Sie den Probelauf noch einmal an; er zeigt die Zahl von jetzt. Es wurde nichts geändert.',
    },
  },
  'clean-up-unknown': {
    status: 404,
    en: { title: 'There is no such clean-up.', cure: 'Choose one from the list of clean-ups.' },
    de: {
      title: 'Diese Bereinigung gibt es nicht.',
      cure: 'Wählen Sie eine aus der Liste der Bereinigungen.',
    },
  },
  'clean-up-undone': {
    status: 409,
    en: {
      title: 'This clean-up was undone before.',
      cure: 'Look at the list: it says when, and how many signatures came back.',
    },
    de: {
      title: 'Diese Bereinigung wurde schon zurückgenommen.',
      cure: 'Sehen Sie in die Liste: Dort steht, wann, und wie viele Unterschriften zurückkamen.',
    },
  },
  'review-not-open': {
    status: 409,
    en: { title: 'This is already decided.', cure: 'Go back to the list; it shows what is open.' },
    de: {
      title: 'Das ist schon entschieden.',
      cure: 'Gehen Sie zurück zur Liste; sie zeigt, was offen ist.',
    },
  },
  'review-own': {
    status: 403,
    en: {
      title: 'This is your own signature.',
      cure: 'Ask another operator to decide about it.',
    },
    de: {
      title: 'Das ist Ihre eigene Unterschrift.',
      cure: 'Bitten Sie eine andere Person aus dem Betrieb zu entscheiden.',
    },
  },
  'namesake-needs-town': {
    status: 422,
    en: {
      title: 'Two people of one name are told apart by craft and town, and the town is missing.',
      cure: 'Write the town, or ask the person for it first.',
    },
    de: {
      title: 'Zwei Personen eines Namens unterscheiden sich durch Tätigkeit und Ort, und der Ort fehlt.',
      cure: 'Schreiben Sie den Ort dazu, oder fragen Sie zuerst danach.',
    },
  },
  'protected-name-known': {
    status: 409,
    en: { title: 'This name is on the list.', cure: 'There is nothing to add.' },
    de: { title: 'Dieser Name steht auf der Liste.', cure: 'Es ist nichts hinzuzufügen.' },
  },
  'entry-unknown': {
    status: 404,
    en: {
      title: 'There is no such entry on the wall.',
      cure: 'It may have been withdrawn. Copy the address of the entry from the wall.',
    },
    de: {
      title: 'Diesen Eintrag gibt es an der Wand nicht.',
      cure: 'Vielleicht wurde er zurückgezogen. Kopieren Sie die Adresse des Eintrags von der Wand.',
    },
  },
  'declaration-unknown': {
    status: 404,
    en: {
      title: 'There is no such version of the declaration.',
      cure: 'Open the campaign desk; it lists them.',
    },
    de: {
      title: 'Diese Fassung des Aufrufs gibt es nicht.',
      cure: 'Öffnen Sie die Kampagne im Betrieb; dort stehen alle.',
    },
  },
  'declaration-fixed': {
    status: 409,
    en: {
      title: 'This version is approved; its words no longer change.',
      cure: 'Write a new version once this one is public.',
    },
    de: {
      title: 'Diese Fassung ist freigegeben; ihre Worte ändern sich nicht mehr.',
      cure: 'Schreiben Sie eine neue Fassung, sobald diese öffentlich ist.',
    },
  },
  'declaration-edited-meanwhile': {
    status: 409,
    en: {
      title: 'Somebody else has changed this version since you opened it.',
      cure: 'Your words are still in the form. Open the version in another window, compare, and save again from there.',
    },
    de: {
      title: 'Jemand anderes hat diese Fassung geändert, seit Sie sie geöffnet haben.',
      cure: 'Ihre Worte stehen noch im Formular. Öffnen Sie die Fassung in einem zweiten Fenster, vergleichen Sie, und speichern Sie dort.',
    },
  },
  'declaration-second-person': {
    status: 403,
    en: {
      title: 'Whoever wrote a version does not approve it.',
      cure: 'Ask another operator to read and approve it.',
    },
    de: {
      title: 'Wer eine Fassung geschrieben hat, gibt sie nicht frei.',
      cure: 'Bitten Sie eine andere Person aus dem Betrieb, sie zu lesen und freizugeben.',
    },
  },
  'declaration-not-proposed': {
    status: 409,
    en: { title: 'This version does not wait for approval.', cure: 'Ask for approval first.' },
    de: { title: 'Diese Fassung wartet nicht auf Freigabe.', cure: 'Bitten Sie zuerst um Freigabe.' },
  },
  'declaration-signed': {
    status: 409,
    en: {
      title: 'People have signed this version already; it cannot be taken back.',
      cure: 'Publish it, and write a new version after it.',
    },
    de: {
      title: 'Diese Fassung haben schon Menschen unterzeichnet; sie lässt sich nicht zurücknehmen.',
      cure: 'Veröffentlichen Sie sie, und schreiben Sie danach eine neue.',
    },
  },
  'publish-time-wrong': {
    status: 422,
    en: {
      title: 'The time of publication is not a time to come.',
      cure: 'Give date and minute in UTC, in the next two years. An embargo needs one.',
    },
    de: {
      title: 'Der Zeitpunkt der Veröffentlichung liegt nicht in der Zukunft.',
      cure: 'Geben Sie Tag und Minute in UTC an, in den nächsten zwei Jahren. Eine Sperrfrist braucht sie.',
    },
  },
  'campaign-not-open': {
    status: 404,
    en: {
      title: 'The declaration is not published yet.',
      cure: 'Come back at the time given; it appears at that minute. If you were asked to sign before, open the link you were sent.',
    },
    de: {
      title: 'Der Aufruf ist noch nicht veröffentlicht.',
      cure: 'Kommen Sie zur angegebenen Zeit wieder; er erscheint in dieser Minute. Wurden Sie gebeten, vorher zu unterzeichnen, öffnen Sie den Link, den Sie erhalten haben.',
    },
  },
  'link-back-address-invalid': {
    status: 422,
    en: {
      title: 'We cannot look at this address.',
      cure: 'Give the address of your own page, beginning with https://.',
    },
    de: {
      title: 'Unter dieser Adresse können wir nicht nachsehen.',
      cure: 'Geben Sie die Adresse Ihrer eigenen Seite an, die mit https:// beginnt.',
    },
  },
  'link-back-unreachable': {
    status: 422,
    en: {
      title: 'The page did not answer, or leads elsewhere.',
      cure: 'Open it in your browser, copy the address it ends at, and try again.',
    },
    de: {
      title: 'Die Seite antwortet nicht oder führt woandershin.',
      cure: 'Öffnen Sie sie im Browser, kopieren Sie die Adresse, bei der sie endet, und versuchen Sie es erneut.',
    },
  },
  'link-back-missing': {
    status: 422,
    en: {
      title: 'There is no link to your entry on this page.',
      cure: 'Put the link on the page exactly as shown, with rel="me", and try again.',
    },
    de: {
      title: 'Auf dieser Seite steht kein Link zu Ihrem Eintrag.',
      cure: 'Setzen Sie den Link genau so auf die Seite, mit rel="me", und versuchen Sie es erneut.',
    },
  },
  'voucher-not-checked': {
    status: 403,
    en: {
      title: 'Only an organisation that is checked itself can vouch.',
      cure: 'Have the organisation checked by link, official mail or evidence first.',
    },
    de: {
      title: 'Nur eine Organisation, die selbst geprüft ist, kann bürgen.',
      cure: 'Lassen Sie die Organisation zuerst durch Link, offizielle E-Mail oder Belege prüfen.',
    },
  },
  'evidence-waits': {
    status: 409,
    en: {
      title: 'What you sent before still waits for a moderator.',
      cure: 'Wait for the answer; it comes by mail.',
    },
    de: {
      title: 'Was Sie geschickt haben, wartet noch auf eine Entscheidung.',
      cure: 'Warten Sie auf die Antwort; sie kommt per E-Mail.',
    },
  },
  'check-unknown': {
    status: 404,
    en: {
      title: 'There is no such check.',
      cure: 'It may have ended meanwhile. Open the list of checks again.',
    },
    de: {
      title: 'Diese Prüfung gibt es nicht.',
      cure: 'Vielleicht ist sie inzwischen beendet. Öffnen Sie die Liste der Prüfungen noch einmal.',
    },
  },
  'check-taken-back': {
    status: 409,
    en: {
      title: 'A moderator has taken this very check back.',
      cure: 'Lay evidence before a moderator, or write to the address for complaints in the imprint.',
    },
    de: {
      title: 'Genau diese Prüfung hat die Moderation zurückgenommen.',
      cure: 'Legen Sie der Moderation Belege vor, oder schreiben Sie an die Beschwerdeadresse im Impressum.',
    },
  },
  'featured-needs-check': {
    status: 409,
    en: {
      title: 'Nothing is checked here beyond the e-mail.',
      cure: 'One check by domain, link, vouch or evidence comes first.',
    },
    de: {
      title: 'Hier ist außer der E-Mail nichts geprüft.',
      cure: 'Zuerst braucht es eine Prüfung durch Domain, Link, Bürgschaft oder Belege.',
    },
  },
  'account-step-over': {
    status: 410,
    en: {
      title: 'This step was good once, and for half an hour after confirming.',
      cure: 'Open the second link in the e-mail: there we send you a link that opens your account.',
    },
    de: {
      title: 'Dieser Schritt galt einmal, und eine halbe Stunde nach dem Bestätigen.',
      cure: 'Öffnen Sie den zweiten Link in der E-Mail: Dort senden wir Ihnen einen Link, der Ihr Konto öffnet.',
    },
  },
  'wall-page-unknown': {
    status: 422,
    en: { title: 'This page of the list cannot be found.', cure: 'Start the list from its first page.' },
    de: {
      title: 'Diese Seite der Liste gibt es nicht.',
      cure: 'Beginnen Sie die Liste auf der ersten Seite.',
    },
  },
});
