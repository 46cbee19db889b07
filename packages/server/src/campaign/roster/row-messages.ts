import { defineMessages } from '../../kernel/index.ts';

/** What is the matter with a row of a list, and what to do about it. */
export const rowText = defineMessages(
  {
    columns: {
      what: 'This row has more cells than there are columns.',
      cure: 'Put text that has the separator in it into quotes.',
    },
    'name-missing': { what: 'There is no name.', cure: 'Give the name as it is to be shown.' },
    'name-bad': {
      what: 'This cannot be shown as a name.',
      cure: 'At least one letter, in any script; no web or mail addresses, no invisible characters.',
    },
    'kind-unknown': {
      what: 'We do not know this kind.',
      cure: 'Write person or organisation, or leave it empty.',
    },
    'craft-unknown': {
      what: 'We do not know this craft.',
      cure: 'Use a word from the list of crafts, such as author, musician or other.',
    },
    'country-unknown': {
      what: 'We do not know this country.',
      cure: 'Use its two letters, such as DE, or its name in English or German.',
    },
    'town-bad': { what: 'This cannot be shown as a town.', cure: 'At most 100 characters, no addresses.' },
    'affiliation-bad': {
      what: 'This cannot be shown as an affiliation.',
      cure: 'At most 150 characters, no web or mail addresses.',
    },
    'hide-unknown': {
      what: 'We do not know whether the name is hidden.',
      cure: 'Write yes or no, or leave it empty.',
    },
    'email-bad': { what: 'This is no e-mail address.', cure: 'One address such as name@example.org.' },
    'email-missing': {
      what: 'Without a mailbox nobody can confirm.',
      cure: 'Give the person’s own e-mail address, or the written authority on which you sign.',
    },
    'authority-unknown': {
      what: 'We do not know this kind of authority.',
      cure: 'Write contract, power-of-attorney, resolution, inheritance or signed-list; or confirm, if the person is to confirm.',
    },
    'authority-missing': {
      what: 'Kind or date of the written authority is missing.',
      cure: 'Give both in the row, or for the whole list.',
    },
    'date-bad': { what: 'We cannot read this date.', cure: 'Write it like 2026-03-31.' },
    'date-future': { what: 'This date lies in the future.', cure: 'Give the day on which it was signed.' },
    'proof-missing': {
      what: 'Day, place or text of the consent is missing.',
      cure: 'Give all three; or an e-mail address, and the person is asked to sign.',
    },
    'text-unknown': {
      what: 'This is not the text people sign here.',
      cure: 'Give the version of the declaration, or its fingerprint. Whoever signed another text has to be asked.',
    },
    'mailbox-twice': {
      what: 'Somebody else on this list has the same mailbox.',
      cure: 'One mailbox confirms once: give the person’s own, or the written authority.',
    },
    twice: { what: 'The same person stands on this list already.', cure: 'Nothing to do: she counts once.' },
    'signed-already': { what: 'This person has signed already.', cure: 'Nothing to do: she counts once.' },
    'decided-herself': {
      what: 'About this person there is a decision of her own.',
      cure: 'Nobody can sign for her here. What she decided we do not tell; she can sign herself at any time.',
    },
  },
  {
    columns: {
      what: 'Diese Zeile hat mehr Zellen, als es Spalten gibt.',
      cure: 'Setzen Sie Text, in dem das Trennzeichen vorkommt, in Anführungszeichen.',
    },
    'name-missing': { what: 'Der Name fehlt.', cure: 'Nennen Sie den Namen, wie er gezeigt werden soll.' },
    'name-bad': {
      what: 'Das können wir nicht als Namen zeigen.',
      cure: 'Mindestens ein Buchstabe in irgendeiner Schrift; keine Web- oder Mailadressen, keine unsichtbaren Zeichen.',
    },
    'kind-unknown': {
      what: 'Diese Art kennen wir nicht.',
      cure: 'Schreiben Sie Person oder Organisation, oder lassen Sie die Zelle leer.',
    },
    'craft-unknown': {
      what: 'Diese Tätigkeit kennen wir nicht.',
      cure: 'Nehmen Sie ein Wort aus der Liste der Tätigkeiten, etwa Autorin, Musiker oder other.',
    },
    'country-unknown': {
      what: 'Dieses Land kennen wir nicht.',
      cure: 'Nehmen Sie die zwei Buchstaben, etwa DE, oder den Namen auf Deutsch oder Englisch.',
    },
    'town-bad': {
      what: 'Das können wir nicht als Ort zeigen.',
      cure: 'Höchstens 100 Zeichen, keine Adressen.',
    },
    'affiliation-bad': {
      what: 'Das können wir nicht als Zugehörigkeit zeigen.',
      cure: 'Höchstens 150 Zeichen, keine Web- oder Mailadressen.',
    },
    'hide-unknown': {
      what: 'Wir wissen nicht, ob der Name verborgen werden soll.',
      cure: 'Schreiben Sie ja oder nein, oder lassen Sie die Zelle leer.',
    },
    'email-bad': { what: 'Das ist keine E-Mail-Adresse.', cure: 'Eine Adresse wie name@example.org.' },
    'email-missing': {
      what: 'Ohne Postfach kann niemand bestätigen.',
      cure: 'Nennen Sie die eigene E-Mail-Adresse der Person oder die schriftliche Vollmacht, mit der Sie unterzeichnen.',
    },
    'authority-unknown': {
      what: 'Diese Art von Vollmacht kennen wir nicht.',
      cure: 'Schreiben Sie Vertrag, Vollmacht, Beschluss, Erbschein oder Unterschriftenliste; oder selbst, wenn die Person bestätigen soll.',
    },
    'authority-missing': {
      what: 'Art oder Datum der schriftlichen Vollmacht fehlt.',
      cure: 'Nennen Sie beides in der Zeile oder für die ganze Liste.',
    },
    'date-bad': { what: 'Dieses Datum können wir nicht lesen.', cure: 'Schreiben Sie es wie 31.03.2026.' },
    'date-future': {
      what: 'Dieses Datum liegt in der Zukunft.',
      cure: 'Nennen Sie den Tag, an dem unterschrieben wurde.',
    },
    'proof-missing': {
      what: 'Tag, Ort oder Text der Einwilligung fehlt.',
      cure: 'Nennen Sie alle drei; oder eine E-Mail-Adresse, dann wird die Person gefragt.',
    },
    'text-unknown': {
      what: 'Das ist nicht der Text, der hier unterzeichnet wird.',
      cure: 'Nennen Sie die Fassung des Aufrufs oder ihren Fingerabdruck. Wer einen anderen Text unterzeichnet hat, muss gefragt werden.',
    },
    'mailbox-twice': {
      what: 'Jemand anderes auf dieser Liste hat dasselbe Postfach.',
      cure: 'Ein Postfach bestätigt einmal: Nennen Sie das eigene der Person oder die schriftliche Vollmacht.',
    },
    twice: {
      what: 'Dieselbe Person steht schon auf dieser Liste.',
      cure: 'Nichts zu tun: Sie zählt einmal.',
    },
    'signed-already': {
      what: 'Diese Person hat schon unterzeichnet.',
      cure: 'Nichts zu tun: Sie zählt einmal.',
    },
    'decided-herself': {
      what: 'Zu dieser Person gibt es eine eigene Entscheidung.',
      cure: 'Hier kann niemand für sie unterzeichnen. Was sie entschieden hat, sagen wir nicht; sie kann jederzeit selbst unterzeichnen.',
    },
  },
);
