import { defineMessages } from '../kernel/index.ts';

/** Words of the page on which a company says whether it is named. */
export const namingText = defineMessages(
  {
    title: 'How your company appears',
    lead: 'Nobody is named here without a yes of their own. With it, your company stands on the public list of companies that license.',
    shown:
      'Shown are: name, since when, kinds of use, how many works and holders. Never a price, a title or a version of a model.',
    live: 'While at least one licence is in force you are on the list; when the last one ends you leave it by itself.',
    on: (date: string) => `Your company has agreed to be named since ${date}.`,
    off: 'Your company is not named.',
    noAgreement:
      'No licence is in force. Take one first; then you can say here whether you want to be named.',
    toCatalogue: 'To the catalogue',
    links: 'Link the pages of our licences, which show works, terms and prices',
    earlier: 'Keep us under “earlier” when no licence is in force any more',
    switchOn: 'Name us in public',
    change: 'Change what is shown',
    switchOff: 'Do not name us any more',
    done: 'Done. The public list follows at once.',
    list: 'See the public list',
    company: 'Act for your company first; then you can say here whether it is named.',
    organisations: 'To your organisations',
    link: 'How your company appears in public',
  },
  {
    title: 'Wie Ihr Unternehmen erscheint',
    lead: 'Niemand wird hier ohne eigenes Ja genannt. Mit ihm steht Ihr Unternehmen auf der öffentlichen Liste derer, die lizenzieren.',
    shown:
      'Gezeigt werden: Name, seit wann, Arten der Nutzung, Zahl der Werke und Berechtigten. Nie ein Preis, ein Titel oder die Version eines Modells.',
    live: 'Solange mindestens eine Lizenz gilt, stehen Sie auf der Liste; endet die letzte, verlassen Sie sie von selbst.',
    on: (date) => `Ihr Unternehmen ist seit ${date} einverstanden, genannt zu werden.`,
    off: 'Ihr Unternehmen wird nicht genannt.',
    noAgreement:
      'Es gilt keine Lizenz. Nehmen Sie zuerst eine; dann können Sie hier sagen, ob Sie genannt werden möchten.',
    toCatalogue: 'Zum Katalog',
    links: 'Die Seiten unserer Lizenzen verlinken; sie zeigen Werke, Bedingungen und Preise',
    earlier: 'Uns unter „früher“ stehen lassen, wenn keine Lizenz mehr gilt',
    switchOn: 'Uns öffentlich nennen',
    change: 'Ändern, was gezeigt wird',
    switchOff: 'Uns nicht mehr nennen',
    done: 'Erledigt. Die öffentliche Liste folgt sofort.',
    list: 'Die öffentliche Liste ansehen',
    company: 'Handeln Sie zuerst für Ihr Unternehmen; dann können Sie hier sagen, ob es genannt wird.',
    organisations: 'Zu Ihren Organisationen',
    link: 'Wie Ihr Unternehmen öffentlich erscheint',
  },
);
