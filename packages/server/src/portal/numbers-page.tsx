import {
  createRouter,
  documentsKey,
  formatMoney,
  formatNumber,
  formatTime,
  type Kernel,
  type Router,
  readInstance,
} from '../kernel/index.ts';
import { renderPage, Table } from '../web/index.ts';
import { portalText } from './messages.ts';
import { type Counter, type Figure, signedCsv } from './numbers.ts';

/** `/numbers`: each with definition and time, `/numbers.csv` signed. */
export function numbersPage(counters: readonly Counter[]): Router {
  const router = createRouter();
  const count = async (k: Kernel): Promise<Figure[]> =>
    (await Promise.all(counters.map((counter) => counter(k)))).flat();

  router.get('/numbers', async (c) => {
    const k = c.get('k');
    const locale = c.get('locale');
    const text = portalText(locale).numbers;
    const figures = await count(k);
    const zone = (await readInstance(k))?.instance.zone ?? 'UTC';
    return renderPage(
      c,
      { title: text.title },
      <>
        <h1>{text.title}</h1>
        <p class="lead">{text.intro}</p>
        <Table
          caption={text.at(formatTime(locale, k.clock.now(), zone))}
          head={[text.name, text.value, text.definition]}
          rows={figures.map((f) => [
            f.label[locale],
            f.currency === undefined
              ? formatNumber(locale, f.value)
              : formatMoney(locale, BigInt(f.value), f.currency),
            f.definition[locale],
          ])}
        />
        <p>
          <a class="button quiet" href="/numbers.csv">
            {text.download}
          </a>
        </p>
        <p class="hint">{text.check}</p>
        <p class="hint">
          {text.key}: <code>{(await documentsKey(k)).verifierKey}</code>
        </p>
      </>,
    );
  });

  router.get('/numbers.csv', async (c) => {
    const k = c.get('k');
    const body = await signedCsv(k, await count(k), c.get('locale'), k.clock.now());
    return c.body(body, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="clearway-numbers.csv"',
      'Cache-Control': 'no-store',
    });
  });
  return router;
}
