import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about dataset checks and cases. */
export const { problems: evidenceProblems, fail: failEvidence } = defineProblems({
  'report-missing': {
    status: 422,
    en: { title: 'No scan report was chosen.', cure: 'Choose the file that `clearway scan --report` wrote.' },
    de: {
      title: 'Es wurde kein Prüfbericht gewählt.',
      cure: 'Wählen Sie die Datei, die `clearway scan --report` geschrieben hat.',
    },
  },
  'report-malformed': {
    status: 422,
    en: {
      title: 'This file is not a scan report, or not a whole one.',
      cure: 'Hand in the file as `clearway scan --report` wrote it; the place that does not fit is named.',
    },
    de: {
      title: 'Diese Datei ist kein Prüfbericht oder nicht vollständig.',
      cure: 'Reichen Sie die Datei so ein, wie `clearway scan --report` sie geschrieben hat; die Stelle, die nicht passt, ist genannt.',
    },
  },
  'report-too-many-works': {
    status: 422,
    en: {
      title: 'This report names more works than one check can show.',
      cure: 'Scan the data set in parts (`--shard`) and hand in a report for each.',
    },
    de: {
      title: 'Dieser Bericht nennt mehr Werke, als eine Prüfung zeigen kann.',
      cure: 'Prüfen Sie den Datensatz in Teilen (`--shard`) und reichen Sie für jeden einen Bericht ein.',
    },
  },
  'check-unknown': {
    status: 404,
    en: {
      title: 'There is no such dataset check, or it is not yours.',
      cure: 'Choose one from your dataset checks; act for the party that handed it in.',
    },
    de: {
      title: 'Diese Datensatzprüfung gibt es nicht, oder sie ist nicht Ihre.',
      cure: 'Wählen Sie eine aus Ihren Prüfungen; handeln Sie für den, der sie eingereicht hat.',
    },
  },
  'check-nothing-to-license': {
    status: 409,
    en: {
      title: 'No work of this check can be licensed now.',
      cure: 'Look at the reasons; ask the holders on the pages of the works.',
    },
    de: {
      title: 'Kein Werk dieser Prüfung kann jetzt lizenziert werden.',
      cure: 'Sehen Sie die Gründe an; fragen Sie die Inhaber auf den Seiten der Werke.',
    },
  },
  'case-unknown': {
    status: 404,
    en: {
      title: 'There is no such case, or it is not yours.',
      cure: 'Choose one from your cases; act for the party that opened it.',
    },
    de: {
      title: 'Diesen Fall gibt es nicht, oder er ist nicht Ihrer.',
      cure: 'Wählen Sie einen aus Ihren Fällen; handeln Sie für den, der ihn eröffnet hat.',
    },
  },
  'case-about-nothing': {
    status: 422,
    en: {
      title: 'A case needs something to be about.',
      cure: 'Name one of your sites with a client, or one of your dataset checks.',
    },
    de: {
      title: 'Ein Fall braucht etwas, worum es geht.',
      cure: 'Nennen Sie eine Ihrer Websites mit einem Client oder eine Ihrer Datensatzprüfungen.',
    },
  },
  'case-period-invalid': {
    status: 422,
    en: {
      title: 'The period of the case cannot be used.',
      cure: 'Give a beginning before the end, an end that is past, and at most 400 days.',
    },
    de: {
      title: 'Der Zeitraum des Falls ist nicht verwendbar.',
      cure: 'Geben Sie einen Beginn vor dem Ende, ein vergangenes Ende und höchstens 400 Tage an.',
    },
  },
  'case-too-large': {
    status: 422,
    en: {
      title: 'This is more than one case can hold.',
      cure: 'Choose a shorter period, fewer works or fewer data sets, and open several cases.',
    },
    de: {
      title: 'Das ist mehr, als ein Fall aufnehmen kann.',
      cure: 'Wählen Sie einen kürzeren Zeitraum, weniger Werke oder weniger Datensätze und eröffnen Sie mehrere Fälle.',
    },
  },
  'bundle-not-in-log-yet': {
    status: 503,
    en: {
      title: 'The bundle is sealed, and its place in the public log follows within a second.',
      cure: 'Ask again after a second.',
    },
    de: {
      title:
        'Das Beweispaket ist versiegelt; sein Platz im öffentlichen Protokoll folgt binnen einer Sekunde.',
      cure: 'Fragen Sie in einer Sekunde noch einmal.',
    },
  },
  'bundle-erased': {
    status: 410,
    en: {
      title: 'This case was erased with the account it belonged to.',
      cure: 'Files that were downloaded before still hold.',
    },
    de: {
      title: 'Dieser Fall wurde mit dem Konto gelöscht, zu dem er gehörte.',
      cure: 'Zuvor heruntergeladene Dateien gelten weiter.',
    },
  },
});
