import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about a work, its holders or an invitation. */
export const { problems, fail } = defineProblems({
  'share-invalid': {
    status: 422,
    en: {
      title: 'A share is not a percentage above 0 and up to 100 with at most four decimals.',
      cure: 'Write it like 60 or 33.3333. Somebody without a share is not entered as a holder.',
    },
    de: {
      title: 'Ein Anteil ist keine Prozentzahl über 0 bis 100 mit höchstens vier Nachkommastellen.',
      cure: 'Schreiben Sie ihn wie 60 oder 33,3333. Wer keinen Anteil hat, wird nicht eingetragen.',
    },
  },
  'shares-not-whole': {
    status: 422,
    en: {
      title: 'The shares do not add up to exactly 100 %.',
      cure: 'Change one of them by the difference shown, or choose to split evenly.',
    },
    de: {
      title: 'Die Anteile ergeben zusammen nicht genau 100 %.',
      cure: 'Ändern Sie einen davon um den gezeigten Unterschied oder wählen Sie die gleichmäßige Aufteilung.',
    },
  },
  'too-many-holders': {
    status: 422,
    en: {
      title: 'A work can have at most 50 holders here.',
      cure: 'Enter a group, such as a choir or an ensemble, as one holder that divides its share itself.',
    },
    de: {
      title: 'Ein Werk kann hier höchstens 50 Beteiligte haben.',
      cure: 'Tragen Sie eine Gruppe, etwa einen Chor, als einen Beteiligten ein, der selbst weiter aufteilt.',
    },
  },
  'holder-twice': {
    status: 422,
    en: {
      title: 'One person is entered twice.',
      cure: 'Enter each person once, with the sum of the shares.',
    },
    de: {
      title: 'Eine Person ist doppelt eingetragen.',
      cure: 'Tragen Sie jede Person einmal ein, mit der Summe der Anteile.',
    },
  },
  'holder-email-invalid': {
    status: 422,
    en: {
      title: 'The e-mail address of a co-owner is not complete.',
      cure: 'Write one address such as name@example.org.',
    },
    de: {
      title: 'Die E-Mail-Adresse einer beteiligten Person ist nicht vollständig.',
      cure: 'Schreiben Sie eine Adresse wie name@example.org.',
    },
  },
  'identifier-malformed': {
    status: 422,
    en: {
      title: 'This is not an identifier of the chosen kind.',
      cure: 'Compare it with the example shown, or choose another kind.',
    },
    de: {
      title: 'Das ist keine Kennung der gewählten Art.',
      cure: 'Vergleichen Sie sie mit dem gezeigten Beispiel oder wählen Sie eine andere Art.',
    },
  },
  'identifier-check-digit': {
    status: 422,
    en: {
      title: 'The check digit of an identifier does not fit; the detail shows the one that would.',
      cure: 'Compare all digits with the original; usually one is wrong or two are swapped.',
    },
    de: {
      title: 'Die Prüfziffer einer Kennung passt nicht; das Detail zeigt die passende.',
      cure: 'Vergleichen Sie alle Ziffern mit der Vorlage; meist ist eine falsch, oder zwei sind vertauscht.',
    },
  },
  'file-type-mismatch': {
    status: 422,
    en: {
      title: 'The content of the file is not what its type says.',
      cure: 'Save it again from the program that made it, with the right ending, and choose that file.',
    },
    de: {
      title: 'Der Inhalt der Datei ist nicht, was ihr Typ besagt.',
      cure: 'Speichern Sie sie aus dem Programm, mit dem sie entstand, mit der richtigen Endung neu.',
    },
  },
  'file-polyglot': {
    status: 422,
    en: {
      title: 'The file is two kinds of file at once, which is a known way to hide things.',
      cure: 'Export the work again from the original, or register it by its fingerprint.',
    },
    de: {
      title: 'Die Datei ist zwei Arten von Datei zugleich; so wird oft etwas versteckt.',
      cure: 'Exportieren Sie das Werk neu aus dem Original oder melden Sie es mit seinem Fingerabdruck an.',
    },
  },
  'file-missing': {
    status: 422,
    en: {
      title: 'No file arrived, or it was empty.',
      cure: 'Choose the file again, or register the work by its fingerprint or its address.',
    },
    de: {
      title: 'Es kam keine Datei an, oder sie war leer.',
      cure: 'Wählen Sie die Datei erneut oder melden Sie das Werk mit Fingerabdruck oder Adresse an.',
    },
  },
  'work-unknown': {
    status: 404,
    en: {
      title: 'There is no such work, or it is not yours to see.',
      cure: 'Start from your list of works.',
    },
    de: {
      title: 'Dieses Werk gibt es nicht, oder Sie dürfen es hier nicht sehen.',
      cure: 'Beginnen Sie bei der Liste Ihrer Werke.',
    },
  },
  'work-already-registered': {
    status: 409,
    en: {
      title: 'You have already registered exactly this file.',
      cure: 'Open the work you have; nothing was added.',
    },
    de: {
      title: 'Genau diese Datei haben Sie schon angemeldet.',
      cure: 'Öffnen Sie das vorhandene Werk; es wurde nichts hinzugefügt.',
    },
  },
  'work-withdrawn': {
    status: 409,
    en: {
      title: 'This work was withdrawn; nothing about it changes any more.',
      cure: 'Register it again if it should be here.',
    },
    de: {
      title: 'Dieses Werk wurde zurückgezogen; daran ändert sich nichts mehr.',
      cure: 'Melden Sie es neu an, wenn es wieder hier stehen soll.',
    },
  },
  'not-the-registrant': {
    status: 403,
    en: {
      title: 'Only the person who registered the work can do this.',
      cure: 'Ask that person, or tell us why your share is wrong.',
    },
    de: {
      title: 'Das kann nur, wer das Werk angemeldet hat.',
      cure: 'Wenden Sie sich an diese Person oder teilen Sie uns mit, warum Ihr Anteil falsch ist.',
    },
  },
  'shares-settled': {
    status: 409,
    en: {
      title: 'Everyone has accepted these shares, so nobody can change them alone.',
      cure: 'If a share is wrong, contest it; it is then paused until you agree.',
    },
    de: {
      title: 'Alle haben diese Anteile angenommen, daher kann sie niemand allein ändern.',
      cure: 'Ist ein Anteil falsch, bestreiten Sie ihn; er ruht dann, bis Sie sich einigen.',
    },
  },
  'claim-unknown': {
    status: 404,
    en: { title: 'There is no such share in this work.', cure: 'Open the work again and start from there.' },
    de: {
      title: 'Diesen Anteil gibt es an dem Werk nicht.',
      cure: 'Öffnen Sie das Werk erneut und beginnen Sie dort.',
    },
  },
  'claim-not-pending': {
    status: 409,
    en: {
      title: 'This share is not waiting for an answer.',
      cure: 'Open the work again to see where it stands.',
    },
    de: {
      title: 'Dieser Anteil wartet nicht auf eine Antwort.',
      cure: 'Öffnen Sie das Werk erneut, um den Stand zu sehen.',
    },
  },
  'claim-on-hold': {
    status: 409,
    en: {
      title: 'This share is paused, because its ownership is disputed; it cannot be changed now.',
      cure: 'Agree with whoever contested it, who then takes the objection back, or wait for the decision.',
    },
    de: {
      title: 'Dieser Anteil ist angehalten, weil die Rechte strittig sind; er lässt sich jetzt nicht ändern.',
      cure: 'Einigen Sie sich mit der Person, die ihn bestreitet und den Einwand dann zurücknimmt, oder warten Sie die Entscheidung ab.',
    },
  },
  'claim-already-contested': {
    status: 409,
    en: {
      title: 'You have already contested this share, or it is your own.',
      cure: 'Wait for the answer, or take your objection back.',
    },
    de: {
      title: 'Sie haben diesen Anteil schon bestritten, oder es ist Ihr eigener.',
      cure: 'Warten Sie die Antwort ab oder nehmen Sie den Einwand zurück.',
    },
  },
  'invitation-unknown': {
    status: 404,
    en: {
      title: 'This invitation link is not complete or was never sent.',
      cure: 'Open the link from the e-mail again, in full, or ask for a new one.',
    },
    de: {
      title: 'Dieser Einladungslink ist unvollständig oder wurde nie verschickt.',
      cure: 'Öffnen Sie den Link aus der E-Mail noch einmal vollständig oder bitten Sie um einen neuen.',
    },
  },
  'invitation-used': {
    status: 409,
    en: {
      title: 'This invitation has already been answered.',
      cure: 'Sign in with the same e-mail address to see the work.',
    },
    de: {
      title: 'Diese Einladung wurde schon beantwortet.',
      cure: 'Melden Sie sich mit derselben E-Mail-Adresse an, um das Werk zu sehen.',
    },
  },
  'invitation-expired': {
    status: 410,
    en: {
      title: 'This invitation is older than 30 days and no longer valid.',
      cure: 'Ask the person who invited you to send it again.',
    },
    de: {
      title: 'Diese Einladung ist älter als 30 Tage und gilt nicht mehr.',
      cure: 'Bitten Sie die einladende Person, sie erneut zu senden.',
    },
  },
  'invitation-replaced': {
    status: 410,
    en: {
      title: 'The share was changed after this e-mail was sent.',
      cure: 'Look for the newer e-mail about the same work.',
    },
    de: {
      title: 'Der Anteil wurde nach dieser E-Mail geändert.',
      cure: 'Suchen Sie die neuere E-Mail zu demselben Werk.',
    },
  },
  'hold-unknown': {
    status: 404,
    en: { title: 'There is no such open objection.', cure: 'Open the work again to see where it stands.' },
    de: {
      title: 'Diesen offenen Einwand gibt es nicht.',
      cure: 'Öffnen Sie das Werk erneut, um den Stand zu sehen.',
    },
  },
});
