import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about periods, invoices, payments and credit notes. */
export const { problems: billingProblems, fail: failBilling } = defineProblems({
  'period-unknown': {
    status: 404,
    en: { title: 'There is no such period.', cure: 'Choose one from the list of periods.' },
    de: { title: 'Diesen Zeitraum gibt es nicht.', cure: 'Wählen Sie einen aus der Liste der Zeiträume.' },
  },
  'period-malformed': {
    status: 422,
    en: {
      title: 'This is no range of time.',
      cure: 'Say when it begins and when it ends, such as 2026-11-01 and 2026-12-01; the end is not in it and lies after the beginning.',
    },
    de: {
      title: 'Das ist kein Zeitraum.',
      cure: 'Sagen Sie, wann er beginnt und wann er endet, etwa 2026-11-01 und 2026-12-01; das Ende gehört nicht dazu und liegt nach dem Beginn.',
    },
  },
  'period-overlaps': {
    status: 409,
    en: {
      title: 'Another period has some of this time already.',
      cure: 'Begin where the other one ends; each moment belongs to one period.',
    },
    de: {
      title: 'Ein anderer Zeitraum hat schon einen Teil dieser Zeit.',
      cure: 'Beginnen Sie, wo der andere endet; jeder Augenblick gehört zu einem Zeitraum.',
    },
  },
  'period-before-closed': {
    status: 409,
    en: {
      title: 'A later period is closed already.',
      cure: 'What was used in this time is on its invoices, or will be on the next ones. Open a period after the closed one.',
    },
    de: {
      title: 'Ein späterer Zeitraum ist schon abgeschlossen.',
      cure: 'Was in dieser Zeit genutzt wurde, steht auf dessen Rechnungen oder kommt auf die nächsten. Eröffnen Sie einen Zeitraum nach dem abgeschlossenen.',
    },
  },
  'period-not-past': {
    status: 409,
    en: {
      title: 'This period is not over yet.',
      cure: 'Close it after its end; until then usage still belongs to it.',
    },
    de: {
      title: 'Dieser Zeitraum ist noch nicht vorbei.',
      cure: 'Schließen Sie ihn nach seinem Ende ab; bis dahin gehört Nutzung noch zu ihm.',
    },
  },
  'period-earlier-open': {
    status: 409,
    en: {
      title: 'An earlier period is still open.',
      cure: 'Close the earlier one first, or take it back.',
    },
    de: {
      title: 'Ein früherer Zeitraum ist noch offen.',
      cure: 'Schließen Sie zuerst den früheren ab oder nehmen Sie ihn zurück.',
    },
  },
  'period-is-closed': {
    status: 409,
    en: {
      title: 'This period is closed; nothing is written to it any more.',
      cure: 'What comes late falls to the next period; a mistake on an invoice is a credit note.',
    },
    de: {
      title: 'Dieser Zeitraum ist abgeschlossen; in ihn wird nichts mehr geschrieben.',
      cure: 'Was spät kommt, fällt in den nächsten Zeitraum; ein Fehler auf einer Rechnung wird eine Gutschrift.',
    },
  },
  'invoice-unknown': {
    status: 404,
    en: {
      title: 'There is no such invoice for you.',
      cure: 'Choose one from your list of invoices; switch to the company it was sent to.',
    },
    de: {
      title: 'Diese Rechnung gibt es für Sie nicht.',
      cure: 'Wählen Sie eine aus Ihrer Liste der Rechnungen; wechseln Sie zu dem Unternehmen, an das sie ging.',
    },
  },
  'line-unknown': {
    status: 404,
    en: {
      title: 'This line is on no invoice of yours.',
      cure: 'Open the invoice and choose one of its lines.',
    },
    de: {
      title: 'Diese Zeile steht auf keiner Ihrer Rechnungen.',
      cure: 'Öffnen Sie die Rechnung und wählen Sie eine ihrer Zeilen.',
    },
  },
  'credit-malformed': {
    status: 422,
    en: {
      title: 'This is nothing that can be credited.',
      cure: 'Name lines of this invoice, each once, with units or an amount above zero.',
    },
    de: {
      title: 'Das lässt sich nicht gutschreiben.',
      cure: 'Nennen Sie Zeilen dieser Rechnung, jede einmal, mit einer Anzahl oder einem Betrag über null.',
    },
  },
  'credit-too-high': {
    status: 409,
    en: {
      title: 'More would be credited than was charged.',
      cure: 'Credit at most what is left of each line after earlier credit notes.',
    },
    de: {
      title: 'Es würde mehr gutgeschrieben als berechnet wurde.',
      cure: 'Schreiben Sie höchstens gut, was von jeder Zeile nach früheren Gutschriften übrig ist.',
    },
  },
  'nothing-to-pay': {
    status: 409,
    en: {
      title: 'There is nothing to pay with, or nothing left to pay.',
      cure: 'Look at the invoice and at the prepaid balance; what a promise holds cannot be used.',
    },
    de: {
      title: 'Es ist nichts da, womit bezahlt werden kann, oder nichts mehr zu bezahlen.',
      cure: 'Sehen Sie sich die Rechnung und das Guthaben an; was eine Zusage festhält, kann nicht benutzt werden.',
    },
  },
  'payment-unknown': {
    status: 404,
    en: {
      title: 'There is no such open payment.',
      cure: 'Choose one from the payments that are not matched yet.',
    },
    de: {
      title: 'Diese offene Zahlung gibt es nicht.',
      cure: 'Wählen Sie eine aus den Zahlungen, die noch zu keiner Rechnung gehören.',
    },
  },
  'payment-other-currency': {
    status: 409,
    en: {
      title: 'The payment is in another currency than the invoice.',
      cure: 'Return it, or match it with an invoice in its own currency; nothing is converted.',
    },
    de: {
      title: 'Die Zahlung ist in einer anderen Währung als die Rechnung.',
      cure: 'Zahlen Sie sie zurück oder ordnen Sie sie einer Rechnung in ihrer Währung zu; umgerechnet wird nichts.',
    },
  },
});
