/** What each number means. */
export const numberTexts = {
  confirmed: {
    label: { en: 'People who signed', de: 'Personen, die unterzeichnet haben' },
    definition: {
      en: 'Signatures of people whose link was opened and confirmed by the owner of the mailbox, and that are not withdrawn or erased. One per mailbox.',
      de: 'Unterschriften von Personen, die von der Person mit dem Postfach über den Link bestätigt und nicht zurückgezogen oder gelöscht wurden. Eine je Postfach.',
    },
  },
  hidden: {
    label: { en: 'Of these: name not shown', de: 'Davon: Name nicht gezeigt' },
    definition: {
      en: 'Confirmed signatures of people who are counted and chose not to show their name.',
      de: 'Bestätigte Unterschriften von Personen, die mitzählen und ihren Namen nicht zeigen.',
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
