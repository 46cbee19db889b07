import { defineMessages } from '../kernel/index.ts';

/** Words for the operator's bank. */
export const bankText = defineMessages(
  {
    account: {
      title: 'Bank account',
      intro:
        'Where licensees pay in and from where people are paid. Only statements of this account are taken, and payment files name it.',
      name: 'Holder of the account',
      nameHint: 'As the bank knows it',
      iban: 'IBAN',
      bic: 'BIC',
      bicHint: 'May stay empty',
      address: 'Address of the holder',
      addressHint: 'In parts: banks refuse addresses in free lines.',
      streetName: 'Street',
      buildingNumber: 'House number',
      postCode: 'Postcode',
      townName: 'Town',
      country: 'Country',
      save: 'Save the bank account',
      saved: 'Saved.',
    },
  },
  {
    account: {
      title: 'Bankkonto',
      intro:
        'Hier zahlen Lizenznehmer ein, und von hier wird ausgezahlt. Nur Auszüge dieses Kontos werden angenommen, und Zahlungsdateien nennen es.',
      name: 'Kontoinhaber',
      nameHint: 'So, wie die Bank ihn kennt',
      iban: 'IBAN',
      bic: 'BIC',
      bicHint: 'Darf leer bleiben',
      address: 'Anschrift des Kontoinhabers',
      addressHint: 'In Teilen: Banken lehnen Anschriften in freien Zeilen ab.',
      streetName: 'Straße',
      buildingNumber: 'Hausnummer',
      postCode: 'Postleitzahl',
      townName: 'Ort',
      country: 'Land',
      save: 'Bankkonto speichern',
      saved: 'Gespeichert.',
    },
  },
);
