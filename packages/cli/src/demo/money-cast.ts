/** The invented guild's account; the IBAN is the example of the German banks. */
export const GUILD_ACCOUNT = {
  name: 'Harbour Guild',
  iban: 'DE89370400440532013000',
  bic: '',
  address: {
    streetName: 'Quay Street',
    buildingNumber: '2',
    postCode: '24103',
    townName: 'Kiel',
    country: 'DE',
  },
};

/** Where two of the people are paid; the choir has not said yet. */
export const PROFILES = {
  hanna: {
    name: 'Hanna Brandt',
    iban: 'DE02120300000000202051',
    streetName: 'Deichweg',
    buildingNumber: '14',
    postCode: '25813',
    townName: 'Husum',
    country: 'DE',
    taxResidence: 'DE',
  },
  ida: {
    name: 'Ida Falk',
    iban: 'SE4550000000058398257466',
    streetName: 'Storgatan',
    buildingNumber: '9',
    postCode: '111 22',
    townName: 'Stockholm',
    country: 'SE',
    taxResidence: 'SE',
  },
};
