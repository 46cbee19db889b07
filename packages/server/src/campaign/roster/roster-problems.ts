import { defineProblems } from '../../kernel/index.ts';

export const { problems: rosterProblems, fail } = defineProblems({
  'roster-unknown': {
    status: 404,
    en: {
      title: 'We do not know this list.',
      cure: 'Open it from “Sign for others”, and check for whom you are acting at the moment.',
    },
    de: {
      title: 'Diese Liste kennen wir nicht.',
      cure: 'Öffnen Sie sie unter „Für andere unterzeichnen“ und prüfen Sie, für wen Sie gerade handeln.',
    },
  },
  'roster-columns': {
    status: 422,
    en: {
      title: 'We could not find out which column is which.',
      cure: 'The first line names the columns: name, craft and country at least, each once. Take the template.',
    },
    de: {
      title: 'Wir konnten nicht erkennen, was in welcher Spalte steht.',
      cure: 'Die erste Zeile nennt die Spalten: mindestens Name, Tätigkeit und Land, jede einmal. Nehmen Sie die Vorlage.',
    },
  },
  'roster-empty': {
    status: 422,
    en: {
      title: 'There is nobody on this list.',
      cure: 'Give at least one person below the names of the columns.',
    },
    de: {
      title: 'Auf dieser Liste steht niemand.',
      cure: 'Nennen Sie mindestens eine Person unter den Namen der Spalten.',
    },
  },
  'roster-too-long': {
    status: 422,
    en: { title: 'This list is too long.', cure: 'Send it in parts of at most 50,000 people.' },
    de: {
      title: 'Diese Liste ist zu lang.',
      cure: 'Senden Sie sie in Teilen von höchstens 50.000 Personen.',
    },
  },
  'roster-rows-wrong': {
    status: 422,
    en: {
      title: 'Some people cannot be signed for as entered.',
      cure: 'Put right what is said about each of them, or take them off.',
    },
    de: {
      title: 'Für einige Personen geht es so nicht.',
      cure: 'Berichtigen Sie, was bei jeder Person steht, oder lassen Sie sie weg.',
    },
  },
  'roster-file-unreadable': {
    status: 422,
    en: {
      title: 'We could not read this file as a table.',
      cure: 'Save it as CSV (text, separated by commas or semicolons), close every quote, and send it again.',
    },
    de: {
      title: 'Diese Datei konnten wir nicht als Tabelle lesen.',
      cure: 'Speichern Sie sie als CSV (Text, durch Komma oder Semikolon getrennt), schließen Sie jedes Anführungszeichen und senden Sie sie erneut.',
    },
  },
  'roster-document-kind': {
    status: 422,
    en: {
      title: 'We take PDF, PNG and JPEG as documents.',
      cure: 'Save the document as PDF, or photograph it, and add it again.',
    },
    de: {
      title: 'Als Dokument nehmen wir PDF, PNG und JPEG.',
      cure: 'Speichern Sie das Dokument als PDF oder fotografieren Sie es und fügen Sie es erneut hinzu.',
    },
  },
  'roster-file-missing': {
    status: 422,
    en: { title: 'No file has arrived.', cure: 'Choose the file with your list, then send it.' },
    de: {
      title: 'Es ist keine Datei angekommen.',
      cure: 'Wählen Sie die Datei mit Ihrer Liste und senden Sie sie dann.',
    },
  },
  'roster-collect-over': {
    status: 409,
    en: {
      title: 'This link for signing before publication is no longer open.',
      cure: 'The declaration is public or was taken back. Start from “Sign for others” without the link.',
    },
    de: {
      title: 'Dieser Link zum Unterzeichnen vor der Veröffentlichung gilt nicht mehr.',
      cure: 'Der Aufruf ist öffentlich oder wurde zurückgenommen. Beginnen Sie ohne den Link unter „Für andere unterzeichnen“.',
    },
  },
  'roster-nobody-fine': {
    status: 409,
    en: {
      title: 'No row of this list can become a signature.',
      cure: 'Put the rows right as the report says, and send the corrected file.',
    },
    de: {
      title: 'Keine Zeile dieser Liste kann eine Unterschrift werden.',
      cure: 'Berichtigen Sie die Zeilen, wie es der Bericht sagt, und senden Sie die berichtigte Datei.',
    },
  },
  'roster-not-whole': {
    status: 409,
    en: {
      title: 'Some rows of this list cannot become signatures.',
      cure: 'Choose to go on with the good rows only, or correct the file and send it again.',
    },
    de: {
      title: 'Einige Zeilen dieser Liste können keine Unterschriften werden.',
      cure: 'Entscheiden Sie sich, nur mit den guten Zeilen weiterzumachen, oder berichtigen Sie die Datei und senden Sie sie erneut.',
    },
  },
  'roster-needs-proof': {
    status: 409,
    en: {
      title: 'Some rows do not say what shows the authority or the consent.',
      cure: 'Add the document that shows it, or give a reference for all rows or in each of them.',
    },
    de: {
      title: 'Bei einigen Zeilen fehlt, was Vollmacht oder Einwilligung belegt.',
      cure: 'Fügen Sie das Dokument hinzu, das sie belegt, oder nennen Sie einen Beleg für alle oder in jeder Zeile.',
    },
  },
  'roster-statement-outdated': {
    status: 409,
    en: {
      title: 'The words of the statement have changed since you opened the page.',
      cure: 'Read the new words, which are shown now, and confirm them if they are true.',
    },
    de: {
      title: 'Die Worte der Erklärung haben sich geändert, seit Sie die Seite geöffnet haben.',
      cure: 'Lesen Sie die neuen Worte, die jetzt dort stehen, und bestätigen Sie sie, wenn sie stimmen.',
    },
  },
  'roster-state': {
    status: 409,
    en: {
      title: 'This cannot be done with the list as it is now.',
      cure: 'Open the list again; it says what can be done.',
    },
    de: {
      title: 'Das geht mit der Liste nicht, so wie sie jetzt ist.',
      cure: 'Öffnen Sie die Liste noch einmal; dort steht, was möglich ist.',
    },
  },
  'roster-own': {
    status: 403,
    en: { title: 'This is your own list.', cure: 'Another operator decides about it.' },
    de: { title: 'Das ist Ihre eigene Liste.', cure: 'Darüber entscheidet jemand anderes aus dem Betrieb.' },
  },
  'invitation-unknown': {
    status: 404,
    en: {
      title: 'This invitation is no longer open.',
      cure: 'It was answered, taken back or is older than 30 days. You can always sign yourself.',
    },
    de: {
      title: 'Diese Einladung ist nicht mehr offen.',
      cure: 'Sie wurde beantwortet, zurückgenommen oder ist älter als 30 Tage. Sie können jederzeit selbst unterzeichnen.',
    },
  },
  'take-over-not-needed': {
    status: 409,
    en: {
      title: 'This mailbox has a signature of its own already, or this one is yours.',
      cure: 'Open the link in the mail about your own signature. If this one is not yours, withdraw it.',
    },
    de: {
      title: 'Dieses Postfach hat schon eine eigene Unterschrift, oder diese ist schon Ihre.',
      cure: 'Öffnen Sie den Link in der Mail zu Ihrer eigenen Unterschrift. Ist diese nicht Ihre, ziehen Sie sie zurück.',
    },
  },
});
