import { defineMessages } from '../kernel/index.ts';
import type { CheckResult } from './model.ts';

type Sentence = { readonly title: string; readonly cure: string };

const en = {
  proven: { title: 'Found. The site counts as yours.', cure: 'Leave the value in place.' },
  'not-found': {
    title: 'We did not find the value yet.',
    cure: 'Check the place and the spelling, wait a few minutes, and check again.',
  },
  'wrong-value': {
    title: 'There is a value for Clearway, but it is not yours.',
    cure: 'Copy the value from this page once more. Other values may stay beside it, one a line.',
  },
  'answered-with-error': {
    title: 'The server answered with an error instead of the page.',
    cure: 'Let it answer everybody at this address, also programs, or use the DNS entry.',
  },
  unreachable: {
    title: 'We could not reach the site.',
    cure: 'Check the name and that the site opens in your browser, then check again.',
  },
  'address-refused': {
    title: 'The name leads to an address inside a private network, so we did not ask it.',
    cure: 'Let the name lead to the public address of the site, or add the site under its public name.',
  },
  redirected: {
    title: 'The site sent us on to another host, which shows nothing about this one.',
    cure: 'Add the site under the name it sends visitors to (with or without www.), or use the DNS entry.',
  },
  'too-large': {
    title: 'The answer was larger than we read for this.',
    cure: 'Use the DNS entry, or a file with only this one line.',
  },
  'tls-failed': {
    title: 'The certificate of the site is not in order.',
    cure: 'Ask your provider to renew it, or use the DNS entry.',
  },
  'not-text': {
    title: 'At this address is a page or a binary file, not a text file.',
    cure: 'Save the line as plain text in clearway.txt and upload that file.',
  },
  'needs-moderator': {
    title: 'A person looks at this profile. That is not your mistake.',
    cure: 'Leave the code in place. You will get a mail with the result.',
  },
  'refused-by-moderator': {
    title: 'A person looked and could not confirm it yet.',
    cure: 'Read the note, put the code into your profile’s own text, and ask again.',
  },
} satisfies { readonly [K in CheckResult]: Sentence };

/** What a check came to, as a sentence and what helps. */
export const resultText = defineMessages(en, {
  proven: { title: 'Gefunden. Die Website gilt als Ihre.', cure: 'Lassen Sie den Wert stehen.' },
  'not-found': {
    title: 'Wir haben den Wert noch nicht gefunden.',
    cure: 'Prüfen Sie Ort und Schreibweise, warten Sie einige Minuten und prüfen Sie erneut.',
  },
  'wrong-value': {
    title: 'Dort steht ein Wert für Clearway, aber nicht Ihrer.',
    cure: 'Kopieren Sie den Wert noch einmal von dieser Seite. Andere Werte dürfen daneben stehen, je einer pro Zeile.',
  },
  'answered-with-error': {
    title: 'Der Server antwortete mit einem Fehler statt mit der Seite.',
    cure: 'Lassen Sie ihn unter dieser Adresse allen antworten, auch Programmen, oder nehmen Sie den DNS-Eintrag.',
  },
  unreachable: {
    title: 'Wir konnten die Website nicht erreichen.',
    cure: 'Prüfen Sie den Namen und ob sich die Website in Ihrem Browser öffnet; prüfen Sie dann erneut.',
  },
  'address-refused': {
    title: 'Der Name führt in ein privates Netz. Dort haben wir nicht gefragt.',
    cure: 'Lassen Sie den Namen zur öffentlichen Adresse der Website führen oder fügen Sie sie unter ihrem öffentlichen Namen hinzu.',
  },
  redirected: {
    title: 'Die Website schickte uns zu einem anderen Namen weiter; das sagt über diesen nichts.',
    cure: 'Fügen Sie die Website unter dem Namen hinzu, zu dem sie weiterleitet (mit oder ohne www.), oder nehmen Sie den DNS-Eintrag.',
  },
  'too-large': {
    title: 'Die Antwort war größer, als wir dafür lesen.',
    cure: 'Nehmen Sie den DNS-Eintrag oder eine Datei, in der nur diese eine Zeile steht.',
  },
  'tls-failed': {
    title: 'Das Zertifikat der Website ist nicht in Ordnung.',
    cure: 'Bitten Sie Ihren Anbieter, es zu erneuern, oder nehmen Sie den DNS-Eintrag.',
  },
  'not-text': {
    title: 'Unter dieser Adresse liegt eine Seite oder eine Binärdatei, keine Textdatei.',
    cure: 'Speichern Sie die Zeile als reinen Text in clearway.txt und laden Sie diese Datei hoch.',
  },
  'needs-moderator': {
    title: 'Ein Mensch sieht sich dieses Profil an. Das ist nicht Ihr Fehler.',
    cure: 'Lassen Sie den Code stehen. Sie bekommen eine E-Mail mit dem Ergebnis.',
  },
  'refused-by-moderator': {
    title: 'Ein Mensch hat nachgesehen und konnte es noch nicht bestätigen.',
    cure: 'Lesen Sie den Hinweis, schreiben Sie den Code in den eigenen Text Ihres Profils und bitten Sie erneut darum.',
  },
});
