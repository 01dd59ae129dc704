import type { Bars } from '#core/market/bars.ts';
import type { Axis, Scale } from './geometry.ts';
import type { PlotMark } from './plot.ts';

interface MarksLayerProps {
  readonly marks: readonly PlotMark[];
  readonly bars: Bars;
  readonly axis: Axis;
  readonly y: Scale;
  /** Height of a triangle in pixels. */
  readonly size: number;
}

const LOOKS = {
  up: { isBelow: true, className: 'fill-up' },
  here: { isBelow: true, className: 'fill-accent-text' },
  down: { isBelow: false, className: 'fill-down' },
  out: { isBelow: false, className: 'fill-surface stroke-ink' },
} as const;

/** Triangles below and above the bars: what points up stands below. Where a position ends there is a ring. */
export function MarksLayer({ marks, bars, axis, y, size }: MarksLayerProps) {
  const { from, to } = axis.window;
  return marks
    .filter(({ bar }) => bar >= from && bar < to)
    .map(({ bar, kind }) => {
      const { isBelow, className } = LOOKS[kind];
      const x = axis.x(bar);
      const tip = isBelow ? y(bars.low[bar] ?? 0) + 4 : y(bars.high[bar] ?? 0) - 4;
      if (kind === 'out')
        return <circle key={`${bar} out`} cx={x} cy={tip - size / 2} r={size / 2 - 0.5} className={className} />;
      const base = isBelow ? tip + size : tip - size;
      return (
        <path
          key={`${bar} ${kind}`}
          d={`M${x} ${tip}L${x + size * 0.58} ${base}H${x - size * 0.58}z`}
          className={className}
        />
      );
    });
}
