import { z } from 'zod';
import { cleanLine, cleanText, type Instance } from '../kernel/index.ts';

/** The fields of the set-up form as people fill them in: the fee in percent, with point or comma. */
export const setupForm = z.object({
  version: z.coerce.number().int().min(0),
  name: cleanLine(120),
  baseUrl: z
    .string()
    .trim()
    .max(300)
    .transform((url) => url.replace(/\/+$/, '')),
  operatorName: cleanLine(200),
  legalForm: cleanLine(120),
  role: z.enum(['agent', 'principal', 'society']),
  imprint: cleanText(4000).refine((text) => text.length > 0, 'must not be empty'),
  privacyNotice: cleanText(20_000).refine((text) => text.length > 0, 'must not be empty'),
  complaintsContact: cleanLine(300),
  fee: z
    .string()
    .trim()
    .regex(/^\d{1,3}([.,]\d{1,4})?$/, 'a percentage such as 12.5'),
  currency: z.string().trim().toUpperCase(),
  zone: cleanLine(60),
});

export type SetupForm = z.output<typeof setupForm>;

/** Percent as text to parts per million, exactly. */
export function percentToPpm(percent: string): number {
  const [whole = '0', fraction = ''] = percent.replace(',', '.').split('.');
  return Number(whole) * 10_000 + Number(fraction.padEnd(4, '0'));
}

/** Parts per million to percent, without trailing zeros. */
export function ppmToPercent(ppm: number): string {
  const fraction = (ppm % 10_000).toString().padStart(4, '0').replace(/0+$/, '');
  return `${Math.floor(ppm / 10_000)}${fraction ? `.${fraction}` : ''}`;
}

/** The settings that a filled form means. */
export function toInstance(form: SetupForm): Instance {
  return {
    name: form.name,
    ...(form.baseUrl === '' ? {} : { baseUrl: form.baseUrl }),
    operator: {
      name: form.operatorName,
      legalForm: form.legalForm,
      role: form.role,
      imprint: form.imprint,
      privacyNotice: form.privacyNotice,
      complaintsContact: form.complaintsContact,
    },
    feePpm: percentToPpm(form.fee),
    currency: form.currency,
    zone: form.zone,
  };
}

/** The form's values for settings that exist, or an empty form. */
export function toFormValues(
  found: { instance: Instance; version: number } | undefined,
  baseUrl: string,
): { readonly [field: string]: string } {
  if (!found) {
    const address = isLocal(baseUrl) ? '' : baseUrl;
    return {
      version: '0',
      baseUrl: address,
      role: 'agent',
      fee: '0',
      currency: 'EUR',
      zone: 'Europe/Berlin',
    };
  }
  const { instance, version } = found;
  const { name, ...operator } = instance.operator;
  return {
    ...operator,
    version: String(version),
    name: instance.name,
    baseUrl: instance.baseUrl ?? '',
    operatorName: name,
    fee: ppmToPercent(instance.feePpm),
    currency: instance.currency,
    zone: instance.zone,
  };
}

/** An address on one's own machine is for trying out and follows the port; it is not offered to be kept. */
function isLocal(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === 'localhost';
}
