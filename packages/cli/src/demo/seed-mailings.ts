import { campaign, kernel } from '@clearway/server';
import type { Past } from './past.ts';
import type { Person } from './seed-people.ts';

const NEWS: campaign.MailingTexts = {
  en: {
    subject: 'Three weeks, and the first licences',
    body: 'Thank you for signing. In three weeks a guild, a choir and a news site have joined you, and the first works here say what AI may do with them.\n\nIf you have a minute: tell one person in your trade about the declaration. Names convince more than numbers.',
  },
  de: {
    subject: 'Drei Wochen, und die ersten Lizenzen',
    body: 'Danke für Ihre Unterschrift. In drei Wochen sind eine Gilde, ein Chor und eine Nachrichtenseite dazugekommen, und die ersten Werke sagen hier, was KI mit ihnen darf.\n\nHaben Sie eine Minute? Erzählen Sie einem Menschen aus Ihrem Fach vom Aufruf. Namen überzeugen mehr als Zahlen.',
  },
};

const DRAFT: campaign.MailingTexts = {
  en: {
    subject: '25 people have signed',
    body: 'Together we have reached a first goal: 25 people have signed the creators’ declaration.',
  },
  de: {
    subject: '25 Menschen haben unterzeichnet',
    body: 'Gemeinsam haben wir ein erstes Ziel erreicht: 25 Menschen haben den Aufruf der Kreativen unterzeichnet.',
  },
};

/** A goal that is reached and one ahead, set on the first day. */
export async function seedGoals(past: Past): Promise<void> {
  const by = past.ids.id();
  for (const target of [25, 100]) await campaign.setGoal(past, { target, by });
}

/** One mailing that went out, and a draft about the milestone. Renke writes, Jule approves. */
export async function seedMailings(past: Past, people: ReadonlyMap<string, Person>): Promise<void> {
  const [renke, jule] = ['renke', 'jule'].map((key) => people.get(key)!.userId) as [string, string];
  const about = { edition: 0, audience: {}, by: renke };
  const id = await campaign.saveMailing(past, { ...about, kind: 'news', texts: NEWS });
  await campaign.proposeMailing(past, { id, edition: 1, startAt: null, perMinute: 300, by: renke });
  past.clock.advance(2 * 3_600_000);
  await campaign.approveMailing(past, { id, edition: 1, by: jule });
  const handlers = campaign.campaignJobs.filter(({ kind }) => kind === 'campaign.send-mailing');
  const runner = kernel.startRunner(past, { handlers, subscribers: [], lanes: 0 });
  await runner.drain();
  await runner.stop();
  past.clock.advance(3_600_000);
  await campaign.saveMailing(past, { ...about, kind: 'milestone', texts: DRAFT });
}
