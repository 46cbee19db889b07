/** Names on the demo wall: invented, as in a crowd. Name, craft, country, hidden. */
const ROWS = `
Amelie Thornfeld|illustrator|DE
Bastian Oyelaran|composer|AT
Cathal Ó Briain|poet|IE
Delphine Marchetti|translator|FR
Eskil Brannström|musician|SE
Fatoumata Keïta-Roux|singer|FR
Gustav Lindenau|playwright|DE
Hyejin Park-Moreau|comic-artist|FR
Ilinca Varga|sculptor|RO
Jorun Askeland|film-maker|NO
Kwabena Asante-Holt|photographer|GB
Leocadia Prus|painter|PL
Małgorzata Wilczek|author|PL
Noor al-Sayegh|journalist|NL
Oisín Fennelly|songwriter|IE
Pilar Etxeberria|dancer|ES
Quirin Haslinger|actor|AT
Rosalba Ferrante|voice-actor|IT
Søren Kjeldgaard|screenwriter|DK
Tuulikki Harju|designer|FI
Ulrike van Dooren|lyricist|BE
Vasco Teixeira-Lund|game-maker|PT
Wiebke Struve|author|DE
Xanthe Papadakou|poet|GR
Yaroslav Hnatiuk|composer|UA
Zuzana Horáčková|illustrator|CZ
山口 みどり|comic-artist|JP
محمد الحداد|author|MA
Ana Brnelić|photographer|HR
Bence Szántó|musician|HU
Carys Llewelyn-Pugh|singer|GB
Dov Halpern|film-maker|IL
Elif Karadeniz|journalist|TR
Finn Aldersey|programmer|GB
Gráinne Tuohy|translator|IE
Henrike Moltke|painter|DE
Ivo Stankevičius|sculptor|LT
Jana Kovářová|designer|CZ
Lluís Bonastre|dancer|ES
Mirela Dumbravă|actor|RO
Nanna Steensgaard|playwright|DK
Otso Lehtimäki|game-maker|FI
Paola Bellandi|author|IT
Rhiannon Cade|songwriter|GB
Stellan Frid|composer|SE
Theodora Weiss|author|CH|hidden
Ümit Sağlam|musician|TR
Veerle Aerts|illustrator|BE
`;

export type Signatory = {
  readonly name: string;
  readonly craft: string;
  readonly country: string;
  readonly hidden: boolean;
};

export const SIGNATORIES: readonly Signatory[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [name = '', craft = '', country = '', hidden] = row.split('|');
    return { name, craft, country, hidden: hidden === 'hidden' };
  });
