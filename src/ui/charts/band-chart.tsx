'use client';
import { useWidth } from '#ui/hooks/use-width.ts';

export interface BandChartProps {
  readonly x: readonly number[];
  /** Five columns, from the lowest band to the highest, the median in the middle. */
  readonly bands: readonly ArrayLike<number>[];
  /** A line to compare with. */
  readonly reference: number;
  readonly format: (value: number) => string;
  readonly label: string;
  readonly xLabel: string;
}

const HEIGHT = 300;
const PAD = { left: 8, right: 76, top: 10, bottom: 22 };

/** A median with two bands about it. */
export function BandChart({ x, bands, reference, format, label, xLabel }: BandChartProps) {
  // As many units as pixels, so that words keep their size on a telephone.
  const [element, width] = useWidth<HTMLDivElement>();
  const [lowest, low, middle, high, highest] = bands;
  if (!lowest || !low || !middle || !high || !highest) return null;
  const values = [...Array.from(lowest), ...Array.from(highest), reference];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const last = x.at(-1) ?? 1;
  const px = (value: number): number => PAD.left + (value / Math.max(1, last)) * (width - PAD.left - PAD.right);
  const py = (value: number): number =>
    HEIGHT - PAD.bottom - ((value - least) / Math.max(1e-12, most - least)) * (HEIGHT - PAD.top - PAD.bottom);
  const line = (column: ArrayLike<number>): string =>
    x
      .map(
        (at, index) => `${index === 0 ? 'M' : 'L'}${px(at).toFixed(1)} ${py(column[index] ?? Number.NaN).toFixed(1)}`,
      )
      .join('');
  const area = (upper: ArrayLike<number>, lower: ArrayLike<number>): string =>
    `${line(upper)}${x
      .map((_, index) => x.length - 1 - index)
      .map((index) => `L${px(x[index] ?? 0).toFixed(1)} ${py(lower[index] ?? Number.NaN).toFixed(1)}`)
      .join('')}Z`;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => least + share * (most - least));
  return (
    <div ref={element} style={{ height: HEIGHT }}>
      {width > 0 ? (
        <svg width={width} height={HEIGHT} role="img" aria-label={label} className="text-2xs">
          {ticks.map((tick) => (
            <g key={tick}>
              <line
                x1={PAD.left}
                x2={width - PAD.right}
                y1={py(tick)}
                y2={py(tick)}
                stroke="var(--line)"
                strokeWidth={1}
              />
              <text x={width - PAD.right + 6} y={py(tick) + 3.5} fill="var(--muted)" fontSize={11}>
                {format(tick)}
              </text>
            </g>
          ))}
          <path d={area(highest, lowest)} fill="var(--thread-1)" opacity={0.14} />
          <path d={area(high, low)} fill="var(--thread-1)" opacity={0.22} />
          <path d={line(middle)} fill="none" stroke="var(--thread-1)" strokeWidth={2} />
          <line
            x1={PAD.left}
            x2={width - PAD.right}
            y1={py(reference)}
            y2={py(reference)}
            stroke="var(--faint)"
            strokeDasharray="4 4"
          />
          <text x={PAD.left} y={HEIGHT - 6} fill="var(--faint)" fontSize={11}>
            0
          </text>
          <text x={width - PAD.right} y={HEIGHT - 6} fill="var(--faint)" fontSize={11} textAnchor="end">
            {last.toLocaleString('en')} {xLabel}
          </text>
        </svg>
      ) : null}
    </div>
  );
}
