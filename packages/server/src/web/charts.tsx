import type { Child } from 'hono/jsx';
import { Table } from './components.tsx';

/** One value of a chart; `text` is how people read it. */
export type ChartPoint = { readonly label: Child; readonly value: bigint; readonly text: string };

const WIDTH = 1_000;

/** Values side by side as a table with a bar in each row. The bars repeat the numbers, so only eyes need them. */
export function BarTable(props: {
  caption: string;
  captionHidden?: boolean;
  head: readonly [Child, Child];
  points: readonly ChartPoint[];
}) {
  const { points } = props;
  const low = lowest(points);
  const span = highest(points) - low;
  const at = (value: bigint) => (span === 0n ? 0 : Number(((value - low) * BigInt(WIDTH)) / span));
  const zero = at(0n);
  return (
    <section class="table chart" tabindex={0} aria-label={props.caption}>
      <table>
        <caption class={props.captionHidden ? 'hidden' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{props.head[0]}</th>
            <th scope="col" colspan={2}>
              {props.head[1]}
            </th>
          </tr>
        </thead>
        <tbody>
          {points.map(({ label, value, text }) => (
            <tr>
              <th scope="row">{label}</th>
              <td class="number">{text}</td>
              <td class="bar">
                <svg
                  viewBox={`0 0 ${WIDTH} 10`}
                  width="100%"
                  height="14"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                  focusable="false"
                >
                  <rect
                    class={value < 0n ? 'below' : 'above'}
                    x={Math.min(zero, at(value))}
                    y={0}
                    width={Math.max(Math.abs(at(value) - zero), value === 0n ? 0 : 2)}
                    height={10}
                  />
                </svg>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const HEIGHT = 200;

/** Values one after the other as a line, and the same values as a table below it. */
export function LineChart(props: {
  caption: string;
  head: readonly [Child, Child];
  points: readonly ChartPoint[];
  /** How a value is written at the top and the foot of the chart. */
  write: (value: bigint) => string;
}) {
  const { points, caption, head, write } = props;
  const [high, low] = [highest(points), lowest(points)];
  const span = high - low === 0n ? 1n : high - low;
  const y = (value: bigint) => Number(((high - value) * BigInt(HEIGHT - 20)) / span) + 10;
  const x = (i: number) => (points.length < 2 ? WIDTH / 2 : Math.round((i * WIDTH) / (points.length - 1)));
  const path = points.map(({ value }, i) => `${x(i)},${y(value)}`).join(' ');
  return (
    <figure class="chart">
      <figcaption>{caption}</figcaption>
      <p class="scale">{write(high)}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${caption}: ${points.map(({ text }) => text).join(', ')}`}
      >
        <line
          class="axis"
          x1={0}
          x2={WIDTH}
          y1={y(0n)}
          y2={y(0n)}
          stroke-width={1}
          vector-effect="non-scaling-stroke"
        />
        <polyline
          class="line"
          points={path}
          fill="none"
          stroke-width={2.5}
          stroke-linejoin="round"
          vector-effect="non-scaling-stroke"
        />
        {points.length === 1 && <circle class="above" cx={x(0)} cy={y(points[0]!.value)} r={5} />}
      </svg>
      <p class="scale">{write(low)}</p>
      <Table
        caption={caption}
        captionHidden
        head={head}
        rows={points.map(({ label, text }) => [label, text])}
      />
    </figure>
  );
}

/** Zero is always in sight, so that a small difference never looks like a large one. */
function highest(points: readonly ChartPoint[]): bigint {
  let top = 0n;
  for (const { value } of points) if (value > top) top = value;
  return top;
}

function lowest(points: readonly ChartPoint[]): bigint {
  let foot = 0n;
  for (const { value } of points) if (value < foot) foot = value;
  return foot;
}
