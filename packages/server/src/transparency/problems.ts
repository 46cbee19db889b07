import { defineProblems } from '../kernel/index.ts';

export const { problems: transparencyProblems, fail } = defineProblems({
  'log-empty': {
    status: 404,
    en: {
      title: 'The public log has no entry yet.',
      cure: 'Come back after the first signature or registration; a checkpoint follows within a second.',
    },
    de: {
      title: 'Das öffentliche Protokoll hat noch keinen Eintrag.',
      cure: 'Kommen Sie nach der ersten Unterschrift oder Anmeldung wieder; ein Prüfpunkt folgt binnen einer Sekunde.',
    },
  },
  'log-tile-unknown': {
    status: 404,
    en: {
      title: 'The public log has no such tile.',
      cure: 'Take size and paths from the latest checkpoint, as C2SP tlog-tiles describes them.',
    },
    de: {
      title: 'Das öffentliche Protokoll hat keine solche Kachel.',
      cure: 'Nehmen Sie Größe und Pfade aus dem neuesten Prüfpunkt, wie C2SP tlog-tiles sie beschreibt.',
    },
  },
  'log-entry-unknown': {
    status: 404,
    en: {
      title: 'The public log has no entry with this number.',
      cure: 'Check the number; it stands on the document that you want to prove.',
    },
    de: {
      title: 'Das öffentliche Protokoll hat keinen Eintrag mit dieser Nummer.',
      cure: 'Prüfen Sie die Nummer; sie steht auf dem Dokument, das Sie belegen möchten.',
    },
  },
});
