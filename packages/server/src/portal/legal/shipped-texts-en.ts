import type { About } from './about.ts';
import type { LegalKey } from './legal-keys.ts';

const years = (n: number) => (n === 1 ? 'one year' : `${n} years`);

/** The shipped texts in English. `# ` begins a heading, `- ` an item, an empty line a paragraph. */
export const SHIPPED_EN: { readonly [K in LegalKey]: (about: About) => string } = {
  imprint: ({ operator, complaints }) => `# Responsible for the content

${operator} is responsible for the content of this instance, except for what others have published under their own name.

[Person responsible for editorial content, where your law asks for one: name and address]

[Register and number, tax number, supervising authority, where they exist]

# Report something

Every public entry can be reported from its page, with a reason; the answer goes to the address you give. Everything else goes to ${complaints}.

[Point of contact under the Digital Services Act, and the languages you read]

# Disputes

[Whether you take part in dispute resolution before a consumer board, and which]`,

  privacy: ({ instance, operator, imprint, complaints, notice, kept }) => `# Who is responsible

${operator} runs ${instance} and is the controller of the data described here.

${imprint}

Questions and complaints: ${complaints}. [Data protection officer, where there is one]

# In the operator's own words

${notice}

# What is kept, for what, and how long

- Signature under the declaration: name as you want it shown, craft, country, and what else you chose to give, because you agreed to it. It stays as long as it counts. When you withdraw it, it is gone from the wall, count and export within a minute, and its record stays for ${years(kept.withdrawnYears)} as proof that you had agreed; the same holds when moderators take it out. When you erase it, it goes at once, with the mails about it.
- Signatures that do not count: one nobody confirms goes after ${kept.pendingDays} days. What is taken out as made by machines stays for ${years(kept.invalidatedYears)}, so that a mistake can be undone.
- Where a signature came from: a keyed hash of the network, never the address, for ${kept.networkDays} days, to notice floods.
- Lists by which others sign for you or invite you: what they show as authority as long as the signature; lists that are never submitted, invitations that are not answered, and a keyed hash of the address that was written to, ${kept.listDays} days.
- Reports of an entry and evidence sent to moderators: as long as the signature they are about. The address of who reported goes with the answer.
- Your e-mail address: to confirm, to sign you in, and to write about what you do here. It is never shown. News is a consent of its own, and every such mail ends it with one click.
- Account: name, language, where you are signed in (browser family and network, never the whole address), passkeys (the public half only).
- Works, shares and terms: so that they can be licensed. Public is what the page of the work shows.
- Where you are paid: sealed at rest, shown to nobody but for its last four characters, kept as long as the law on books asks.
- Agreements, usage, invoices, statements, payouts: as long as the law on books asks. [Years]
- Activity log: who did what and when, by numbers without names.
- Server log: time, address of the page, and result; no links that open anything. [Days]

After you erase a signature, keyed hashes of your address and of your name and country stay for ${years(kept.suppressionYears)}, so that nobody can sign you up again against your will; neither can be read from them. The public log holds no names: its entries are hashes with a secret that is erased with your data.

# Who gets data

- The public: what you chose to show.
- Companies that take a licence: what the licence has to say about its holder.
- Banks: what a transfer needs.
- [Your hosting and mail providers, with country and contract]

There is no tracking here, no advertising, and no request to anyone else while you read these pages.

# Cookies

One that keeps you signed in, one for your language, and for half an hour one that finds a form again that could not be sent. None follows you.

# Your rights

You can see and download everything kept about you in your account, correct it, withdraw consent, erase your signature and delete your account, each without asking us. You may object, have processing restricted, and complain to a supervisory authority. [Which one]

[Legal bases under your law, article by article]`,

  participation: ({ instance, operator }) => `# What this is

${instance}, run by ${operator}, keeps signatures under a declaration, and licences by which creators say what AI may do with their works and at what price. Taking part costs nothing; the fee on each payment is named in the imprint and on every line.

# Who may take part

People of at least 16 years, or with the consent of those who care for them. Who acts for others must be allowed to. One person signs once.

# What you promise

- You sign with your own name or the name you publish under, and only for yourself or for those you may act for.
- You register only works in which you hold the share you name, and tell us when that changes.
- You do not pretend to be somebody else, and do not try to disturb this instance or to find out who others are.

# What we promise

- Silence never licenses: without your yes to the very terms, nothing is licensed.
- A change of terms is a new version and never touches an agreement that runs.
- Every payment can be recomputed, and whoever is paid gets what is needed for it.
- You can leave at any time and take what is yours with you. Agreements made before keep running for those who hold them.

# When something is wrong

Whoever believes that an entry is wrong can report it. We look at it, hear the other side where that is possible, and answer with reasons. Until then an entry may be paused. Whoever breaks these terms may be excluded, with reasons and after being heard.

# What we do not promise

A licence records what its licensor declared; it does not prove ownership. The software gives nobody a legal status. [Liability, as far as your law lets you limit it]

# Changes

A new version of these terms is announced with the date from which it applies. Older ones stay at their address. [Law and place of jurisdiction]`,

  accessibility: ({ operator, complaints }) => `# How far we are

${operator} wants everybody to be able to use these pages. They are built to meet WCAG 2.2 at level AA and EN 301 549.

- Every task works with the keyboard alone and without scripts.
- Each page is checked by a program in both languages and colour schemes; focus order and wording are checked by hand.
- Text can be enlarged to 400 %, colours follow your settings, and movement stops where you ask for it.
- Every chart has its table beside it.

# What does not work yet

- Files that others hand in, such as pictures and scans, may have no text alternative.
- [What else you know of]

# Tell us

If something keeps you out, write to ${complaints}. We answer within [two weeks].

[Enforcement body of your country, with its address]

This statement was made by the operator's own assessment. [Date of the last assessment]`,
};
