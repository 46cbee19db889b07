import { defineProblems } from '../kernel/index.ts';

/** Everything that can be wrong about terms, offers and consents. */
export const { problems: offersProblems, fail: failOffers } = defineProblems({
  'price-missing': {
    status: 422,
    en: {
      title:
        'A use is offered at a price, but the price is missing, zero or negative. It is not for sale like this.',
      cure: 'Write a price above zero, or choose free, on request or not allowed.',
    },
    de: {
      title:
        'Eine Nutzung soll Geld kosten, aber der Preis fehlt, ist null oder negativ. So ist sie nicht im Angebot.',
      cure: 'Schreiben Sie einen Preis über null oder wählen Sie kostenlos, nur nach Rückfrage oder nicht erlaubt.',
    },
  },
  'price-unreadable': {
    status: 422,
    en: {
      title: 'A price could not be read as an amount of money.',
      cure: 'Write digits and at most one decimal mark, such as 0.02, without currency, sign or exponent.',
    },
    de: {
      title: 'Ein Preis ließ sich nicht als Geldbetrag lesen.',
      cure: 'Schreiben Sie Ziffern und höchstens ein Komma, etwa 0,02, ohne Währung, Vorzeichen oder Exponent.',
    },
  },
  'price-unclear': {
    status: 422,
    en: {
      title: 'A price can be read in two ways: 1,500 may be one and a half or fifteen hundred.',
      cure: 'Write 1500 or 1.50.',
    },
    de: {
      title: 'Ein Preis lässt sich auf zwei Arten lesen: 1.500 kann eineinhalb oder fünfzehnhundert heißen.',
      cure: 'Schreiben Sie 1500 oder 1,50.',
    },
  },
  'price-too-fine': {
    status: 422,
    en: {
      title: 'A price has more than six decimals.',
      cure: 'Name the price for a larger number, such as for 1,000 fetches.',
    },
    de: {
      title: 'Ein Preis hat mehr als sechs Nachkommastellen.',
      cure: 'Nennen Sie den Preis für eine größere Zahl, etwa für 1.000 Abrufe.',
    },
  },
  'price-too-high': {
    status: 422,
    en: {
      title: 'A price is above one thousand million.',
      cure: 'Check the number of zeros, or choose on request.',
    },
    de: {
      title: 'Ein Preis liegt über einer Milliarde.',
      cure: 'Prüfen Sie die Zahl der Nullen oder wählen Sie nur nach Rückfrage.',
    },
  },
  'unit-not-for-use': {
    status: 422,
    en: {
      title: 'A price is in a unit that this use is not sold in, or in one unit twice.',
      cure: 'Index and answers are priced per fetch or per answer, training per model version; search is not priced.',
    },
    de: {
      title: 'Ein Preis gilt für eine Einheit, in der diese Nutzung nicht verkauft wird, oder doppelt.',
      cure: 'Index und Antworten kosten je Abruf oder je Antwort, Training je Modellfassung; Suche kostet nichts.',
    },
  },
  'currency-unsupported': {
    status: 409,
    en: {
      title: 'The currency of this instance is not one that prices can be published in.',
      cure: 'Tell the operator to choose a currency of ISO 4217 in the set-up.',
    },
    de: {
      title: 'In der Währung dieser Instanz lassen sich keine Preise veröffentlichen.',
      cure: 'Der Betreiber muss in der Einrichtung eine Währung nach ISO 4217 wählen.',
    },
  },
  'not-a-holder': {
    status: 403,
    en: {
      title: 'Only somebody who holds an accepted share in this work can decide about its terms.',
      cure: 'Accept your share first, or ask the holders to decide.',
    },
    de: {
      title: 'Über die Bedingungen kann nur entscheiden, wer einen angenommenen Anteil an diesem Werk hält.',
      cure: 'Nehmen Sie zuerst Ihren Anteil an oder bitten Sie die Beteiligten zu entscheiden.',
    },
  },
  'authority-not-yours': {
    status: 409,
    en: {
      title: 'A holder of this work may not say yes alone, or is not sure, so no AI use can be offered.',
      cure: 'Choose terms that allow no AI use, or settle first who may say yes.',
    },
    de: {
      title:
        'Jemand von den Beteiligten darf nicht allein zustimmen oder ist unsicher; daher geht kein KI-Angebot.',
      cure: 'Wählen Sie Bedingungen ohne KI-Nutzung oder klären Sie zuerst, wer zustimmen darf.',
    },
  },
  'terms-work-withdrawn': {
    status: 409,
    en: {
      title: 'This work was withdrawn; it can have no new terms.',
      cure: 'Register it again if it should be here.',
    },
    de: {
      title: 'Dieses Werk wurde zurückgezogen; es kann keine neuen Bedingungen bekommen.',
      cure: 'Melden Sie es neu an, wenn es wieder hier stehen soll.',
    },
  },
  'terms-draft-missing': {
    status: 409,
    en: {
      title: 'There is no draft of terms for this work yet.',
      cure: 'Choose the terms first; then publish them.',
    },
    de: {
      title: 'Für dieses Werk gibt es noch keinen Entwurf der Bedingungen.',
      cure: 'Wählen Sie zuerst die Bedingungen; danach veröffentlichen Sie sie.',
    },
  },
  'offer-unknown': {
    status: 404,
    en: { title: 'There are no such published terms.', cure: 'Start from the page of the work.' },
    de: {
      title: 'Diese veröffentlichten Bedingungen gibt es nicht.',
      cure: 'Beginnen Sie auf der Seite des Werks.',
    },
  },
  'offer-withdrawn': {
    status: 409,
    en: {
      title: 'These terms were taken back.',
      cure: 'Publish new terms if the work should be offered again.',
    },
    de: {
      title: 'Diese Bedingungen wurden zurückgenommen.',
      cure: 'Veröffentlichen Sie neue Bedingungen, wenn das Werk wieder angeboten werden soll.',
    },
  },
  'consent-outdated': {
    status: 409,
    en: {
      title: 'There is a newer version of these terms; a yes to the old one would have no effect.',
      cure: 'Open the newest version and decide about it.',
    },
    de: {
      title: 'Es gibt eine neuere Fassung dieser Bedingungen; ein Ja zur alten hätte keine Wirkung.',
      cure: 'Öffnen Sie die neueste Fassung und entscheiden Sie über sie.',
    },
  },
  'consent-not-asked': {
    status: 422,
    en: {
      title: 'These terms do not offer one of the uses you decided about.',
      cure: 'Decide only about the uses that the page lists.',
    },
    de: {
      title: 'Diese Bedingungen bieten eine der Nutzungen, über die Sie entschieden haben, nicht an.',
      cure: 'Entscheiden Sie nur über die Nutzungen, die auf der Seite stehen.',
    },
  },
  'site-not-ready': {
    status: 409,
    en: {
      title: 'Nothing can be offered for this whole site yet.',
      cure: 'Prove that you control the site and say what on it is not yours.',
    },
    de: {
      title: 'Für diese ganze Website kann noch nichts angeboten werden.',
      cure: 'Weisen Sie nach, dass Sie die Website kontrollieren, und sagen Sie, was darauf nicht Ihnen gehört.',
    },
  },
});
