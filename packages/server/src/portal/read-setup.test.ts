import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentToPpm, ppmToPercent, setupForm, toFormValues, toInstance } from './read-setup.ts';

it('keeps a fee exactly', () => {
  expect(percentToPpm('12.5')).toBe(125_000);
  expect(percentToPpm('0,0001')).toBe(1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (ppm) => percentToPpm(ppmToPercent(ppm)) === ppm),
  );
});

it('gives back in the form what was saved', () => {
  const form = setupForm.parse({
    ...toFormValues(undefined, 'https://licences.example.org'),
    name: 'Guild licences',
    operatorName: 'Guild',
    legalForm: 'association',
    imprint: 'Street 1\nTown',
    privacyNotice: 'We keep little.',
    complaintsContact: 'complaints@example.org',
    fee: '7.25',
  });
  const instance = toInstance(form);
  expect(toInstance(setupForm.parse(toFormValues({ instance, version: 3 }, '')))).toEqual(instance);
});
