import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeHtml } from '../kernel/index.ts';
import { fillForm, signForms } from './fill-form.ts';

const PAGE =
  '<main><form method="post" action="/a"><input type="hidden" name="id" value="1"/><input name="x" value="old"/></form>' +
  '<form method="post" action="/a"><input type="hidden" name="id" value="2"/><input type="text" name="x"/>' +
  '<input type="checkbox" name="c" value="one" checked=""/><input type="checkbox" name="c" value="two"/>' +
  '<input type="radio" name="r" value="yes"/><textarea name="t" rows="3">before</textarea>' +
  '<select name="s"><option value="a" selected="">A</option><option value="b">B</option></select>' +
  '<input type="file" name="f"/><button type="submit" name="go" value="1">Go</button></form></main>';

it('fills the form that was sent, of several with one address the right one', () => {
  const fields = [
    ['id', '2'],
    ['x', 'a "b" <c> & $&'],
    ['c', 'two'],
    ['r', 'yes'],
    ['t', '\nline </textarea>'],
    ['s', 'b'],
    ['go', '1'],
  ] as const;
  const { html, left } = fillForm(PAGE, { action: '/a', fields });
  expect(html).toContain('<input name="x" value="old"/>');
  expect(html).toContain('<input type="text" name="x" value="a &quot;b&quot; &lt;c&gt; &amp; $&amp;"/>');
  expect(html).toContain('<input type="checkbox" name="c" value="one"/>');
  expect(html).toContain('<input type="checkbox" name="c" value="two" checked=""/>');
  expect(html).toContain('<input type="radio" name="r" value="yes" checked=""/>');
  expect(html).toContain('<textarea name="t" rows="3">\n\nline &lt;/textarea&gt;</textarea>');
  expect(html).toContain('<option value="a">A</option><option value="b" selected="">B</option>');
  expect(left).toEqual([['go', '1']]);
  expect(fillForm(PAGE, { action: '/elsewhere', fields })).toEqual({ html: PAGE, left: fields });
});

it('brings no markup of anybody into the page, and loses no character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (value, name) => {
      const page = `<form method="post" action="/a"><input name="${escapeHtml(name)}" value="v"/></form>`;
      const { html, left } = fillForm(page, { action: '/a', fields: [[name, value]] });
      const found = name.startsWith('_')
        ? page
        : page.replace('value="v"', () => `value="${escapeHtml(value)}"`);
      expect([html, left.length]).toEqual([found, name.startsWith('_') ? 1 : 0]);
    }),
  );
});

it('tells every form for whom it was opened, searches excepted', () => {
  const page = '<form method="get" action="/s"></form><form method="post" action="/a" class="x"></form>';
  expect(signForms(page, { _for: undefined })).toBe(page);
  expect(signForms(page, { _for: 'u.o' })).toBe(
    '<form method="get" action="/s"></form><form method="post" action="/a" class="x"><input type="hidden" name="_for" value="u.o"/></form>',
  );
});
