import type { Bars } from '#core/market/bars.ts';
import { candlePaths, type Axis, type Scale } from './geometry.ts';

interface CandlesLayerProps {
  readonly bars: Bars;
  readonly axis: Axis;
  readonly y: Scale;
  /** Behind series that matter more. */
  readonly faded: boolean;
}

/** Candles: hollow where the price rose, full where it fell, so that colour never stands alone. */
export function CandlesLayer({ bars, axis, y, faded }: CandlesLayerProps) {
  const { up, down } = candlePaths(bars, axis, y);
  return (
    <g opacity={faded ? 0.6 : 1}>
      <path d={up.wicks} className="fill-none stroke-up" />
      <path d={up.bodies} className="fill-surface stroke-up" />
      <path d={down.wicks} className="fill-none stroke-down" />
      <path d={down.bodies} className="fill-down stroke-down" />
    </g>
  );
}
