import type { SeriesMarker, UTCTimestamp } from 'lightweight-charts';
import type { Palette } from './palette.ts';
import { chartTime } from './use-chart.ts';

export interface ChartTrade {
  readonly side: 'long' | 'short';
  readonly entryTime: number;
  readonly exitTime: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly net: number;
}

/** An arrow in the direction of each fill; with `worded`, what the trade brought stands at its end. */
export function markersOf({ side, entryTime, exitTime, net }: ChartTrade, palette: Palette, worded: boolean): SeriesMarker<UTCTimestamp>[] {
  const isLong = side === 'long';
  const below = { position: 'belowBar', shape: 'arrowUp' } as const;
  const above = { position: 'aboveBar', shape: 'arrowDown' } as const;
  return [
    { time: chartTime(entryTime), ...(isLong ? below : above), color: palette['thread-1'], size: 1 },
    { time: chartTime(exitTime), ...(isLong ? above : below), color: net >= 0 ? palette.up : palette.down, size: 1, ...(worded ? { text: `${net >= 0 ? '+' : '−'}${Math.abs(net).toLocaleString('en-US', { maximumFractionDigits: 0 })}` } : {}) },
  ];
}
