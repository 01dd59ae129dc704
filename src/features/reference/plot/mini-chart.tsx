import { memo } from 'react';
import type { Bars } from '#core/market/bars.ts';
import { CandlesLayer } from './candles-layer.tsx';
import { linePath } from './geometry.ts';
import { layoutPlot } from './layout.ts';
import { LinesLayer } from './lines-layer.tsx';
import { MarksLayer } from './marks-layer.tsx';
import type { BlockPlot } from './plot.ts';
import { SpansLayer } from './spans-layer.tsx';

interface MiniChartProps {
  readonly plot: BlockPlot;
  readonly bars: Bars;
  readonly width: number;
  readonly height: number;
}

/** Fewer bars than this are drawn as candles. */
const CANDLES_BELOW = 100;

/** A plot without axes, as small as a stamp; its words stand beside it. */
export const MiniChart = memo(function MiniChart({ plot, bars, width, height }: MiniChartProps) {
  const { axis, price, panes } = layoutPlot(plot, bars, { width, height, gap: 6, room: 8 });
  const asCandles = plot.window.to - plot.window.from < CANDLES_BELOW;
  return (
    <svg width={width} height={height} aria-hidden className="block">
      <SpansLayer spans={plot.spans} axis={axis} pane={price} />
      {asCandles ? (
        <CandlesLayer bars={bars} axis={axis} y={price.y} faded={false} />
      ) : (
        <path d={linePath(bars.close, axis, price.y)} className="fill-none stroke-faint/70" />
      )}
      <LinesLayer lines={price.lines} axis={axis} y={price.y} strokeWidth={1.25} />
      <MarksLayer marks={plot.marks} bars={bars} axis={axis} y={price.y} size={6} />
      {panes.map((pane) => (
        <g key={pane.top}>
          <path d={`M0 ${pane.top - 3.5}H${width}`} className="stroke-line" />
          <LinesLayer lines={pane.lines} axis={axis} y={pane.y} strokeWidth={1.25} />
        </g>
      ))}
    </svg>
  );
});
