import type { Kernel } from '../kernel/index.ts';
import { countWorks } from './store.ts';

/** The public numbers of works, each with what it means. */
export async function worksFigures(k: Kernel) {
  const { registered, shared, agreed } = await countWorks(k.db);
  return [
    {
      key: 'works.registered',
      value: registered,
      label: { en: 'Works registered', de: 'Angemeldete Werke' },
      definition: {
        en: 'Works that somebody registered here and has not withdrawn. Registered says nothing about who owns them.',
        de: 'Werke, die jemand hier angemeldet und nicht zurückgezogen hat. Die Anmeldung sagt nichts darüber, wem sie gehören.',
      },
    },
    {
      key: 'works.shared',
      value: shared,
      label: { en: 'Works with several holders', de: 'Werke mit mehreren Beteiligten' },
      definition: {
        en: 'Of these, works in which more than one person is entered with a share.',
        de: 'Davon Werke, an denen mehr als eine Person mit einem Anteil eingetragen ist.',
      },
    },
    {
      key: 'works.agreed',
      value: agreed,
      label: { en: 'Shared works on which all agree', de: 'Gemeinsame Werke, über die sich alle einig sind' },
      definition: {
        en: 'Of the works with several holders, those in which everyone has accepted and the shares make 100 %.',
        de: 'Von den Werken mit mehreren Beteiligten jene, bei denen alle angenommen haben und die Anteile 100 % ergeben.',
      },
    },
  ] as const;
}
