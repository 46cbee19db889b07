import type { Kernel, Locale } from '../kernel/index.ts';
import { worksByStanding } from './works-by-standing.ts';

export type OffersNumbers = {
  /** Works with published terms that were not taken back. */
  readonly inForce: number;
  /** Of these: works of which no AI use can be licensed now. */
  readonly reserved: number;
  /** Of these: works of which at least one AI use can be licensed now. */
  readonly licensable: number;
};

/** How many works have terms, and what they say. */
export async function offersNumbers(k: Kernel): Promise<OffersNumbers> {
  const { licensable, reserved } = await worksByStanding(k);
  return {
    inForce: licensable.length + reserved.length,
    reserved: reserved.length,
    licensable: licensable.length,
  };
}

/** The numbers as the public page shows them, each with its definition. */
export async function offersFigures(k: Kernel): Promise<
  readonly {
    readonly key: string;
    readonly value: number;
    readonly label: { readonly [L in Locale]: string };
    readonly definition: { readonly [L in Locale]: string };
  }[]
> {
  const { inForce, reserved, licensable } = await offersNumbers(k);
  return [
    {
      key: 'offers_in_force',
      value: inForce,
      label: { en: 'Works with published terms', de: 'Werke mit veröffentlichten Bedingungen' },
      definition: {
        en: 'Works that are not withdrawn and have at least one published version of terms that was not taken back.',
        de: 'Nicht zurückgezogene Werke mit mindestens einer veröffentlichten, nicht zurückgenommenen Fassung von Bedingungen.',
      },
    },
    {
      key: 'works_reserved',
      value: reserved,
      label: {
        en: 'Works whose AI use is not allowed now',
        de: 'Werke, deren KI-Nutzung derzeit nicht erlaubt ist',
      },
      definition: {
        en: 'Works with published terms of which no AI use can be licensed now, because it is refused, on request, or a consent is missing.',
        de: 'Werke mit veröffentlichten Bedingungen, von denen derzeit keine KI-Nutzung lizenziert werden kann: abgelehnt, nur nach Rückfrage oder eine Zustimmung fehlt.',
      },
    },
    {
      key: 'works_licensable',
      value: licensable,
      label: { en: 'Works that can be licensed', de: 'Werke, die lizenziert werden können' },
      definition: {
        en: 'Works with published terms to which every holder has said yes for at least one AI use, with all shares accepted and undisputed.',
        de: 'Werke mit veröffentlichten Bedingungen, denen alle Beteiligten für mindestens eine KI-Nutzung zugestimmt haben; alle Anteile sind angenommen und unbestritten.',
      },
    },
  ];
}
