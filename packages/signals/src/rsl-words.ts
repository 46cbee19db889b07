import type { Issue, IssueCode } from '@clearway/rsl';
import type { ReportLanguage } from './report-words.ts';
import { type Sentences, sentenceTeller } from './tell-sentences.ts';

/** What to do about a fault of an RSL document, by its code. `rsl` has the same in English and stays small for browsers. */
export const rslCures: Readonly<Record<IssueCode, string>> = {
  'R1-not-well-formed': 'Schreiben Sie wohlgeformtes XML 1.0 in UTF-8.',
  'R104-refused':
    'Nehmen Sie DOCTYPE und Entitäten heraus und bleiben Sie unter den beschriebenen Größengrenzen.',
  'R2-not-rsl': 'Nehmen Sie <rsl xmlns="https://rslstandard.org/rsl"> als Wurzelelement.',
  'R107-other-version':
    'Nehmen Sie den Namensraum https://rslstandard.org/rsl; eine andere Fassung ist hier nicht bekannt.',
  'R3-prefixed': 'Schreiben Sie RSL in einem eigenen Dokument ohne Präfix.',
  'R4-unprefixed': 'Geben Sie jedem RSL-Element in einem Feed oder einer Datei ein Präfix.',
  'R7-unknown-element': 'Nehmen Sie es heraus oder verlegen Sie es in einen eigenen Namensraum.',
  'R7-unknown-attribute': 'Nehmen Sie es heraus oder verlegen Sie es in einen eigenen Namensraum.',
  'R7-stray-text': 'Nehmen Sie den Text heraus; er gehört zu keinem Element, das Text haben darf.',
  'R9-max-age': 'Schreiben Sie eine ganze Zahl von Tagen, mindestens 1, oder lassen Sie das Attribut weg.',
  'R14-url-missing': 'Geben Sie jedem content eine url.',
  'R15-license-missing': 'Geben Sie jedem content mindestens eine license.',
  'R16-url-not-a-pattern': 'Schreiben Sie ein Pfadmuster, das mit „/“ beginnt.',
  'R16-url-absolute': 'Schreiben Sie nur den Pfad: Das Dokument gehört schon zu einem Server.',
  'R18-url-empty':
    'Schreiben Sie ein Pfadmuster: In einem Dokument, das robots.txt oder Link nennt, meint eine leere url nichts.',
  'R19-server-without-url': 'Geben Sie einem content mit server eine url, die nicht leer ist.',
  'R19-server-not-https': 'Schreiben Sie eine vollständige Adresse mit https.',
  'R21-encrypted': 'Schreiben Sie genau „true“ oder „false“.',
  'R22-encrypted-without-server': 'Nennen Sie den Server, der den Schlüssel herausgibt.',
  'R23-lastmod': 'Schreiben Sie Tag und Uhrzeit nach RFC 3339, zum Beispiel 2026-01-31T12:00:00Z.',
  'R30-repeated': 'Schreiben Sie alle Wörter einer Art in ein Element.',
  'R31-permission-type': 'Schreiben Sie type="usage", "user" oder "geo".',
  'R32-token-list': 'Schreiben Sie ein Wort oder mehrere, getrennt durch Leerzeichen.',
  'R33-usage-token':
    'Nehmen Sie all, ai-all, ai-train, ai-input, ai-index, search oder einen eigenen Namen mit Präfix.',
  'R34-user-token':
    'Nehmen Sie commercial, non-commercial, education, government, personal oder einen eigenen Namen mit Präfix.',
  'R35-geo-token': 'Nehmen Sie zwei Großbuchstaben nach ISO 3166-1 oder EU.',
  'R35-no-country': 'Nehmen Sie ein vergebenes Kürzel nach ISO 3166-1: GB statt UK, GR statt EL.',
  'R43-payment-type':
    'Nehmen Sie purchase, subscription, training, crawl, use, contribution, attribution, free oder einen eigenen Namen mit Präfix.',
  'R45-repeated': 'Lassen Sie eines stehen und nehmen Sie die anderen heraus.',
  'R46-standard': 'Schreiben Sie eine vollständige Adresse.',
  'R48-currency': 'Schreiben Sie ein Kürzel nach ISO 4217 in Großbuchstaben, zum Beispiel EUR.',
  'R49-amount': 'Schreiben Sie eine Dezimalzahl mit Punkt, ohne Tausendertrennung, Exponent und Einheit.',
  'R49-amount-negative': 'Schreiben Sie einen Preis von null oder mehr.',
  'R49-amount-zero': 'Schreiben Sie type="free", oder nennen Sie den Preis.',
  'R49-amount-with-free':
    'Nehmen Sie den Betrag heraus oder ändern Sie den Typ; so gilt es als kostenpflichtig.',
  'R51-accepts-type': 'Nennen Sie den Medientyp des Zahlungsprotokolls.',
  'R51-x402-type': 'Schreiben Sie genau application/x402+json.',
  'R52-no-cdata': 'Setzen Sie das JSON in <![CDATA[ … ]]>.',
  'R54-reporting':
    'Geben Sie als type telemetry, provenance oder audit an, dazu ein profile als vollständige Adresse und, wenn es einen gibt, einen endpoint mit https.',
  'R56-legal-type': 'Nehmen Sie warranty, disclaimer, attestation, contact oder proof.',
  'R56-repeated': 'Schreiben Sie alles einer Art in ein Element.',
  'R57-legal-token': 'Nehmen Sie nur die Wörter, die RSL für diese Art nennt.',
  'R58-attestation': 'Schreiben Sie true oder false in Kleinbuchstaben.',
  'R59-legal-address': 'Schreiben Sie bei contact eine Adresse, bei proof vollständige Adressen.',
  'R60-alternate': 'Schreiben Sie die Adresse der anderen Form und sonst nichts.',
  'R61-schema':
    'Nehmen Sie ein einziges schema: eine Adresse, oder application/ld+json mit gültigem JSON darin.',
  'R62-repeated': 'Lassen Sie eines stehen und nehmen Sie die anderen heraus.',
  'R62-copyright-type': 'Schreiben Sie type="person" oder "organization".',
  'R62-copyright-contact':
    'Schreiben Sie in contactEmail eine E-Mail-Adresse und in contactUrl eine vollständige Adresse.',
  'R62-terms': 'Schreiben Sie die vollständige Adresse der Bedingungen.',
  'R72-one-content': 'Schreiben Sie in ein Skript einer Seite genau ein content.',
  'R73-not-canonical':
    'Schreiben Sie die bleibende, vollständige Adresse des Werks, sonst verlieren Kopien der Seite oder der Datei ihre Bedingungen.',
  'R73-no-address':
    'Schreiben Sie die bleibende, vollständige Adresse des Werks mit https: Die Datei reist ohne ihre Website.',
  'R74-other-origin': 'Nennen Sie eine Adresse auf dem Server, auf dem auch der Feed liegt.',
  'R75-one-content': 'Schreiben Sie in eine Datei ein rsl mit genau einem content.',
  'R102-personal-address':
    'Nehmen Sie die Adresse einer Stelle, zum Beispiel rechte@; Lizenzdateien lesen alle.',
  'R79-no-terms': 'Ergänzen Sie ein content mit einer license: So sagt das Dokument nichts.',
  'R106-draft': 'Bringen Sie es auf RSL 1.0; `clearway rsl fix` tut, was geht, ohne etwas Neues zu erlauben.',
  'R20-free-behind-server':
    'Verlegen Sie die freie license in ein eigenes content ohne server: Mit einem muss selbst eine Suchmaschine erst dort fragen.',
  'A2-readers-differ':
    'Geben Sie dem weiteren Verbot engere Pfade, damit kein Pfad oben verboten und unten erlaubt ist.',
  'R27-grants-nothing': 'Nehmen Sie das Wort aus einer der beiden Listen heraus; das Verbot geht vor.',
};

/** What is wrong, sentence by sentence. */
export const rslSentences: Sentences = {
  'The document is larger than {max} bytes.': 'Das Dokument ist größer als {max} Bytes.',
  'The document is not valid UTF-8.': 'Das Dokument ist kein gültiges UTF-8.',
  'Only XML 1.0 is read.': 'Gelesen wird nur XML 1.0.',
  'The declared encoding is {encoding}, not UTF-8.': 'Als Kodierung ist {encoding} angegeben, nicht UTF-8.',
  'A DOCTYPE is not allowed.': 'Ein DOCTYPE ist nicht erlaubt.',
  'The document holds too much text.': 'Das Dokument enthält zu viel Text.',
  'Too many elements.': 'Zu viele Elemente.',
  'Elements are nested too deep.': 'Elemente sind zu tief ineinander geschachtelt.',
  'Too many attributes.': 'Zu viele Attribute.',
  'Not well-formed XML: {~reason}.': 'Nicht wohlgeformtes XML: {~reason}.',
  'a character that XML does not allow': 'ein Zeichen, das XML nicht erlaubt',
  '{~what} that does not end': '{~what} ohne Ende',
  'a comment': 'ein Kommentar',
  'a value': 'ein Wert',
  CDATA: 'CDATA',
  'a processing instruction': 'eine Anweisung',
  'an XML declaration without a version': 'eine XML-Deklaration ohne Version',
  'a value without quotes': 'ein Wert ohne Anführungszeichen',
  'an XML declaration that cannot be read': 'eine unlesbare XML-Deklaration',
  'an XML version that is none': 'eine XML-Version, die keine ist',
  'standalone is neither yes nor no': 'standalone ist weder yes noch no',
  'an attribute without a value': 'ein Attribut ohne Wert',
  'two hyphens inside a comment': 'zwei Bindestriche in einem Kommentar',
  'a processing instruction without a target': 'eine Anweisung ohne Ziel',
  'an XML declaration that is not at the beginning': 'eine XML-Deklaration, die nicht am Anfang steht',
  'the target of an instruction': 'das Ziel einer Anweisung',
  'markup that cannot stand here': 'Auszeichnung, die hier nicht stehen kann',
  'an "&" that begins no reference': 'ein „&“, mit dem kein Verweis beginnt',
  'an entity that nobody declared': 'eine Entität, die niemand deklariert hat',
  'a reference to no character of XML': 'ein Verweis auf etwas, das kein Zeichen von XML ist',
  '"]]>" outside CDATA': '„]]>“ außerhalb von CDATA',
  'an attribute without quotes': 'ein Attribut ohne Anführungszeichen',
  '"<" in an attribute': '„<“ in einem Attribut',
  'an attribute that does not end': 'ein Attribut ohne Ende',
  'a name with a colon out of place': 'ein Name mit einem Doppelpunkt an falscher Stelle',
  'a name that is none': 'ein Name, der keiner ist',
  'the prefix {prefix} is not declared': 'das Präfix {prefix} ist nicht deklariert',
  'a namespace declared against the rules': 'ein Namensraum, der gegen die Regeln deklariert ist',
  'a tag that cannot be read': 'eine unlesbare Marke',
  'an attribute that stands twice': 'ein Attribut, das zweimal dasteht',
  'an element named xmlns': 'ein Element mit dem Namen xmlns',
  'an end tag where </{name}> has to stand': 'eine Endmarke, wo </{name}> stehen muss',
  'text outside the root element': 'Text außerhalb des Wurzelelements',
  'a second root element': 'ein zweites Wurzelelement',
  'there is no root element': 'ein Wurzelelement fehlt',
  '<{name}> is not closed': '<{name}> wird nicht geschlossen',
  'The root is <{name}> in {~where}.': 'Die Wurzel ist <{name}> in {~where}.',
  'no namespace': 'keinem Namensraum',
  'the namespace {uri}': 'dem Namensraum {uri}',
  'The root element carries a prefix.': 'Das Wurzelelement trägt ein Präfix.',
  '<{name}> takes no attribute "{attribute}".': '<{name}> hat kein Attribut „{attribute}“.',
  '<{name}> takes no text of its own.': '<{name}> hat keinen eigenen Text.',
  '<{name}> is not allowed in <{parent}>.': '<{name}> ist in <{parent}> nicht erlaubt.',
  '<{name}> is not allowed in an item.': '<{name}> ist in einem item nicht erlaubt.',
  'There is more than one <{name}>.': 'Es gibt mehr als ein <{name}>.',
  'There is more than one <rsl>.': 'Es gibt mehr als ein <rsl>.',
  'There is more than one <{name}> of type "{type}".': 'Es gibt mehr als ein <{name}> mit type="{type}".',
  'There is more than one <legal> of type "{type}".': 'Es gibt mehr als ein <legal> mit type="{type}".',
  'The root of RSL has no prefix.': 'Die Wurzel von RSL hat kein Präfix.',
  '<{name}> has no prefix.': '<{name}> hat kein Präfix.',
  '"{word}" is both permitted and prohibited.': '„{word}“ ist zugleich erlaubt und verboten.',
  '<{name}> has no type.': '<{name}> hat keinen type.',
  'The type is "{type}".': 'Der type ist „{type}“.',
  '<{name}> names no token.': '<{name}> nennt kein Wort.',
  '"{list}" is separated by commas.': '„{list}“ ist durch Kommas getrennt.',
  '"{word}" is no country.': '„{word}“ ist kein Land.',
  '"{word}" is no country, so it licenses nobody.':
    '„{word}“ ist kein Land und lizenziert deshalb niemanden.',
  '"{word}" is no user class.': '„{word}“ ist keine Art von Nutzern.',
  '"{word}" is no usage.{~now}': '„{word}“ ist keine Nutzung.{~now}',
  ' It is called "{name}" now.': ' Es heißt jetzt „{name}“.',
  'The payment type is "{type}".{~now}': 'Die Art der Zahlung ist „{type}“.{~now}',
  'The standard is "{standard}".': 'standard ist „{standard}“.',
  'The currency is "{currency}".': 'Die Währung ist „{currency}“.',
  'The amount is "{amount}".': 'Der Betrag ist „{amount}“.',
  'A free licence states an amount.': 'Eine freie Lizenz nennt einen Betrag.',
  'The price is zero, but the type is not free.': 'Der Preis ist null, aber der type ist nicht free.',
  'accepts has the media type "{type}".': 'accepts hat den Medientyp „{type}“.',
  'The media type of x402 is "{type}".': 'Der Medientyp von x402 ist „{type}“.',
  'The payload is not the JSON its media type promises.':
    'Der Inhalt ist nicht das JSON, das sein Medientyp verspricht.',
  'The legal type is "{type}".': 'Der type von legal ist „{type}“.',
  '"{word}" is no {type}.': '„{word}“ ist kein Wort für type="{type}".',
  'The attestation is "{text}".': 'attestation ist „{text}“.',
  'The contact is "{contact}".': 'Der Kontakt ist „{contact}“.',
  '{contact} looks like a person.': '{contact} sieht nach einer Person aus.',
  'The proof is "{proof}".': 'proof ist „{proof}“.',
  'The {what} of the report {~says}.': '{what} des Berichts {~says}.',
  'is missing': 'fehlt',
  'is "{value}"': 'ist „{value}“',
  'A content has no url.': 'Ein content hat keine url.',
  'The url is "{url}".': 'Die url ist „{url}“.',
  'The url is empty.': 'Die url ist leer.',
  'max-age is "{text}".': 'max-age ist „{text}“.',
  'There are {count} contents.': 'Die Zahl der content-Elemente ist {count}.',
  'A content has no license.': 'Ein content hat keine license.',
  'A content has a server but no url.': 'Ein content hat einen server, aber keine url.',
  'The server is "{server}".': 'Der server ist „{server}“.',
  'encrypted is "{text}".': 'encrypted ist „{text}“.',
  'Encrypted content names no server.': 'Verschlüsselter Inhalt nennt keinen server.',
  'lastmod is "{text}".': 'lastmod ist „{text}“.',
  'The schema cannot be read.': 'Das schema ist nicht lesbar.',
  'The copyright type is "{type}".': 'Der type von copyright ist „{type}“.',
  'The alternate is "{url}".': 'alternate ist „{url}“.',
  'The terms are at "{url}".': 'Die Bedingungen liegen unter „{url}“.',
  'The document holds no license.': 'Das Dokument enthält keine license.',
  '"{word}" is from the drafts before RSL 1.0.': '„{word}“ ist aus den Entwürfen vor RSL 1.0.',
  'Readers differ on {usage} for "{scope}".':
    'Über {usage} für „{scope}“ kommen zwei sorgfältige Leser zu Verschiedenem.',
  'What is free stands behind the server of what is priced.':
    'Was frei ist, steht hinter dem server dessen, was etwas kostet.',
  'The payload is JSON outside CDATA.': 'Der Inhalt ist JSON außerhalb von CDATA.',
};

const tell = sentenceTeller(rslSentences);

/**
 * What is wrong with an RSL document and what to do, in a language; the code says the same in both.
 *
 * @example
 * ```ts
 * import { lint } from '@clearway/rsl';
 * import { tellIssue } from '@clearway/signals';
 *
 * const [issue] = lint('<rsl xmlns="https://rslstandard.org/rsl"><content/></rsl>').issues;
 * tellIssue(issue, 'de').message // => 'Ein content hat keine url.'
 * ```
 */
export function tellIssue(
  { code, message, cure }: Pick<Issue, 'code' | 'message' | 'cure'>,
  language: ReportLanguage,
): { readonly message: string; readonly cure: string } {
  if (language === 'en') return { message, cure };
  return { message: tell(message) ?? message, cure: rslCures[code] };
}
