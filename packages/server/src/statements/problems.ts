import { defineProblems } from '../kernel/index.ts';

/** What can be wrong about statements and objections. */
export const { problems: statementsProblems, fail: failStatements } = defineProblems({
  'statement-unknown': {
    status: 404,
    en: {
      title: 'There is no such statement, or it is somebody else’s.',
      cure: 'Open it from your earnings. If you act for an organisation, check for whom you act now.',
    },
    de: {
      title: 'Diese Abrechnung gibt es nicht, oder sie gehört jemand anderem.',
      cure: 'Öffnen Sie sie aus Ihren Einnahmen. Handeln Sie für eine Organisation, prüfen Sie, für wen Sie gerade handeln.',
    },
  },
  'earning-unknown': {
    status: 404,
    en: {
      title: 'There is no such earning, or it is somebody else’s.',
      cure: 'Open it from your earnings or from a statement.',
    },
    de: {
      title: 'Diese Einnahme gibt es nicht, oder sie gehört jemand anderem.',
      cure: 'Öffnen Sie sie aus Ihren Einnahmen oder aus einer Abrechnung.',
    },
  },
  'statement-in-future': {
    status: 422,
    en: {
      title: 'A statement can only be about the past.',
      cure: 'Choose a cut-off that has passed.',
    },
    de: {
      title: 'Eine Abrechnung kann nur über Vergangenes gehen.',
      cure: 'Wählen Sie einen Stichtag, der vorbei ist.',
    },
  },
  'objection-too-late': {
    status: 409,
    en: {
      title: 'The time to object to this statement is over.',
      cure: 'Write to the operator; a mistake can still be corrected in a later statement.',
    },
    de: {
      title: 'Die Frist für Einwände gegen diese Abrechnung ist vorbei.',
      cure: 'Schreiben Sie dem Betreiber; ein Fehler kann noch in einer späteren Abrechnung berichtigt werden.',
    },
  },
  'objection-open': {
    status: 409,
    en: {
      title: 'There is an open objection to this already.',
      cure: 'Wait for the answer, or withdraw it and object again.',
    },
    de: {
      title: 'Dazu gibt es schon einen offenen Einwand.',
      cure: 'Warten Sie auf die Antwort, oder ziehen Sie ihn zurück und erheben Sie ihn neu.',
    },
  },
  'objection-unknown': {
    status: 404,
    en: { title: 'There is no such objection.', cure: 'Open it from the list of objections.' },
    de: { title: 'Diesen Einwand gibt es nicht.', cure: 'Öffnen Sie ihn aus der Liste der Einwände.' },
  },
  'objection-answered': {
    status: 409,
    en: {
      title: 'This objection has been answered.',
      cure: 'Load the page again to see the answer. Another objection is possible while there is time.',
    },
    de: {
      title: 'Dieser Einwand ist schon beantwortet.',
      cure: 'Laden Sie die Seite neu, um die Antwort zu sehen. Innerhalb der Frist ist ein neuer Einwand möglich.',
    },
  },
});
