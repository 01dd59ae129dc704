import type { Axis } from './geometry.ts';
import type { PlacedPane } from './layout.ts';
import type { BarRange } from './plot.ts';

interface SpansLayerProps {
  readonly spans: readonly BarRange[];
  readonly axis: Axis;
  readonly pane: PlacedPane;
}

/** Stretches of time behind the prices, each with a bar at its foot. */
export function SpansLayer({ spans, axis: { window, step, x }, pane }: SpansLayerProps) {
  const seen = spans.filter(({ from, to }) => to > window.from && from < window.to);
  return seen.map(({ from, to }) => {
    const left = x(Math.max(from, window.from)) - step / 2;
    const width = x(Math.min(to, window.to)) - step / 2 - left;
    return (
      <g key={from} className="fill-accent-text">
        <rect x={left} y={pane.top} width={width} height={pane.height} opacity={0.1} />
        <rect x={left} y={pane.top + pane.height - 2} width={width} height={2} />
      </g>
    );
  });
}
