import { expect, it } from 'vitest';
import { Languages } from './languages.tsx';

const posted = {
  action: '/invoices/1/pay',
  from: '/invoices/1?open=1',
  fields: [['name', 'a "b"']],
} as const;
const written = async (props: Partial<Parameters<typeof Languages>[0]>) =>
  (await Languages({ locale: 'en', at: '/wall?q=a&lang=en', refused: false, ...props }))!.toString();

it('links to the same address, asked the same', async () => {
  expect(await written({})).toContain('<a href="/wall?q=a&amp;lang=de"');
  expect(await written({ at: '//evil.example/x' })).toContain('<a href="/evil.example/x?lang=de"');
});

it('links to the page of a form that was taken, which is not sent again', async () => {
  const html = await written({ posted, at: '/invoices/1/pay' });
  expect(html).toContain('<a href="/invoices/1?open=1&amp;lang=de"');
  expect(html).not.toContain('<form');
});

it('takes along what was typed into a form that was refused', async () => {
  const html = await written({ posted, refused: true, at: '/invoices/1/pay' });
  expect(html).toContain('action="/language?lang=de&amp;action=%2Finvoices%2F1%2Fpay"');
  expect(html).toContain('name="name" value="a &quot;b&quot;"');
});
