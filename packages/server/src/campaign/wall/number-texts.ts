/** What each number means. */
export const numberTexts = {
  confirmed: {
    label: { en: 'People who signed', de: 'Personen, die unterzeichnet haben' },
    definition: {
      en: 'Signatures of people, not withdrawn or erased. Confirmed through a link by the owner of the mailbox, one per mailbox; those signed through others and those imported are counted for themselves below.',
      de: 'Unterschriften von Personen, nicht zurückgezogen und nicht gelöscht. Bestätigt über einen Link im Postfach, eine je Postfach; was durch andere unterzeichnet oder übernommen wurde, ist darunter für sich gezählt.',
    },
  },
  hidden: {
    label: { en: 'Of these: name not shown', de: 'Davon: Name nicht gezeigt' },
    definition: {
      en: 'Confirmed signatures of people who are counted and chose not to show their name.',
      de: 'Bestätigte Unterschriften von Personen, die mitzählen und ihren Namen nicht zeigen.',
    },
  },
  signedThrough: {
    label: { en: 'Of these: signed through others', de: 'Davon: durch andere unterzeichnet' },
    definition: {
      en: 'Signatures given for people by an agent, an estate, a band, a guild or a union that says to hold the written authority of each. Each names who signed; the person can take it over or end it.',
      de: 'Unterschriften, die Agenturen, Nachlässe, Bands, Verbände oder Gewerkschaften für Personen gegeben haben und für die sie nach eigener Angabe von jeder schriftlich Vollmacht haben. Jede nennt, durch wen; die Person kann sie übernehmen oder beenden.',
    },
  },
  imported: {
    label: { en: 'Of these: imported from earlier lists', de: 'Davon: aus früheren Listen übernommen' },
    definition: {
      en: 'Signatures given elsewhere to the same text, brought here with proof of when and where. Each says so.',
      de: 'Unterschriften unter denselben Text, die anderswo gegeben und mit Nachweis von Tag und Ort hierher übernommen wurden. Jede sagt das.',
    },
  },
  organisations: {
    label: { en: 'Organisations that signed', de: 'Organisationen, die unterzeichnet haben' },
    definition: {
      en: 'Signatures for organisations, confirmed by the owner of the mailbox. They are counted for themselves and added to no other number; nor are the members an organisation says it has.',
      de: 'Unterschriften für Organisationen, vom Postfach bestätigt. Sie werden für sich gezählt und zu keiner anderen Zahl addiert, ebenso wenig die Mitglieder, die eine Organisation angibt.',
    },
  },
  withdrawn: {
    label: { en: 'Withdrawn', de: 'Zurückgezogen' },
    definition: {
      en: 'Mailboxes whose confirmed signature was withdrawn and not given again. Erased ones are not in it: nothing of them is kept to count. Records are kept for three years.',
      de: 'Postfächer, deren bestätigte Unterschrift zurückgezogen und nicht neu gegeben wurde. Gelöschte sind nicht dabei: Von ihnen ist nichts gespeichert. Einträge bleiben drei Jahre.',
    },
  },
  pending: {
    label: { en: 'Waiting for confirmation', de: 'Noch nicht bestätigt' },
    definition: {
      en: 'Sign-ups of the last seven days whose link has not been confirmed. They are not signatures and count nowhere.',
      de: 'Eintragungen der letzten sieben Tage, deren Link noch nicht bestätigt ist. Sie sind keine Unterschriften und zählen nirgends.',
    },
  },
} as const;
