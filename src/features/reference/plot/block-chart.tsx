'use client';
import { memo, useMemo, useRef, useState, type PointerEvent, type ReactNode } from 'react';
import type { Bars } from '#core/market/bars.ts';
import { formatTime } from '#ui/format/format-time.ts';
import { CandlesLayer } from './candles-layer.tsx';
import { formatMonth, formatValue } from './format-value.ts';
import { monthStarts, ticksOf, type Axis } from './geometry.ts';
import { layoutPlot, type PlacedLine, type PlacedPane, type PlotLayout } from './layout.ts';
import { LinesLayer } from './lines-layer.tsx';
import { MarksLayer } from './marks-layer.tsx';
import type { BlockPlot, Reading } from './plot.ts';
import { SpansLayer } from './spans-layer.tsx';
import { threadOf } from './threads.ts';
import { narrowed } from './window.ts';

interface BlockChartProps {
  readonly plot: BlockPlot;
  readonly bars: Bars;
  /** Of the whole, axes included. */
  readonly width: number;
  readonly label: string;
}

const SCALE_WIDTH = 54;
const TIME_HEIGHT = 20;
const PRICE_HEIGHT = 230;
const PANE_HEIGHT = 120;
const GAP = 10;
/** A candle narrower than this is no candle. */
const LEAST_STEP = 3.6;

/** A block over candles, with scales, dates and the values under the pointer. */
export function BlockChart({ plot: whole, bars, width, label }: BlockChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const svg = useRef<SVGSVGElement>(null);
  const inner = Math.max(80, width - SCALE_WIDTH);
  const plot = useMemo(() => ({ ...whole, window: narrowed(whole.window, inner / LEAST_STEP) }), [whole, inner]);
  const height = PRICE_HEIGHT + plot.panes.length * (PANE_HEIGHT + GAP);
  const layout = layoutPlot(plot, bars, { width: inner, height, gap: GAP, room: 16 });
  const { axis, price, panes } = layout;
  const { from, to } = plot.window;
  const bar = pointed ?? to - 1;
  const point = (event: PointerEvent) => {
    const left = svg.current?.getBoundingClientRect().left ?? 0;
    setPointed(Math.max(from, Math.min(to - 1, from + Math.floor((event.clientX - left) / axis.step))));
  };
  return (
    <figure>
      <Legend bars={bars} bar={bar} lines={[price, ...panes].flatMap(({ lines }) => lines)} reading={plot.reading} />
      <svg
        ref={svg}
        width={inner + SCALE_WIDTH}
        height={height + TIME_HEIGHT}
        role="img"
        aria-label={label}
        className="mt-2 block touch-pan-y"
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        <Drawing plot={plot} bars={bars} layout={layout} inner={inner} height={height} />
        {pointed === null ? null : (
          <path
            d={`M${Math.floor(axis.x(pointed)) + 0.5} 0V${height}`}
            className="stroke-faint"
            strokeDasharray="3 3"
          />
        )}
      </svg>
    </figure>
  );
}

interface DrawingProps {
  readonly plot: BlockPlot;
  readonly bars: Bars;
  readonly layout: PlotLayout;
  readonly inner: number;
  readonly height: number;
}

/** Everything that does not follow the pointer; drawn again when plot or width change. */
const Drawing = memo(
  function Drawing({ plot, bars, layout, inner, height }: DrawingProps) {
    const { axis, price, panes } = layout;
    return (
      <>
        <Months bars={bars} axis={axis} height={height} />
        <Pane pane={price} width={inner} ticks={5}>
          <SpansLayer spans={plot.spans} axis={axis} pane={price} />
          <CandlesLayer bars={bars} axis={axis} y={price.y} faded={price.lines.length > 0} />
          <LinesLayer lines={price.lines} axis={axis} y={price.y} strokeWidth={1.5} />
          <MarksLayer marks={plot.marks} bars={bars} axis={axis} y={price.y} size={9} />
        </Pane>
        {panes.map((pane) => (
          <Pane key={pane.top} pane={pane} width={inner} ticks={3}>
            <LinesLayer lines={pane.lines} axis={axis} y={pane.y} strokeWidth={1.5} />
          </Pane>
        ))}
      </>
    );
  },
  (before, after) => before.plot === after.plot && before.bars === after.bars && before.inner === after.inner,
);

interface PaneProps {
  readonly pane: PlacedPane;
  readonly width: number;
  readonly ticks: number;
  readonly children: ReactNode;
}

/** A pane with its scale on the right. */
function Pane({ pane: { top, height, extent, y }, width, ticks, children }: PaneProps) {
  return (
    <g>
      <path d={`M0 ${Math.round(top) + 0.5}H${width}`} className="stroke-line" />
      {ticksOf(extent, ticks).map((tick) => (
        <g key={tick}>
          <path
            d={`M0 ${Math.floor(y(tick)) + 0.5}H${width}`}
            className={tick === 0 ? 'stroke-line-strong' : 'stroke-line/60'}
          />
          <text
            x={width + 6}
            y={Math.min(top + height - 3, Math.max(top + 9, y(tick) + 3.5))}
            className="tabular fill-muted text-2xs"
          >
            {formatValue(tick)}
          </text>
        </g>
      ))}
      {children}
    </g>
  );
}

function Months({ bars, axis, height }: { readonly bars: Bars; readonly axis: Axis; readonly height: number }) {
  return (
    <g>
      <path d={`M0 ${height + 0.5}H${axis.x(axis.window.to) - axis.step / 2}`} className="stroke-line" />
      {monthStarts(bars, axis, 64).map((bar, index, all) => {
        const time = bars.time[bar] ?? 0;
        const isNewYear =
          index === 0 ||
          new Date(time).getUTCFullYear() !== new Date(bars.time[all[index - 1] ?? 0] ?? 0).getUTCFullYear();
        const x = Math.floor(axis.x(bar) - axis.step / 2) + 0.5;
        return (
          <g key={bar}>
            <path d={`M${x} 0V${height + 4}`} className="stroke-line/60" />
            <text x={x + 4} y={height + 15} className="fill-muted text-2xs">
              {formatMonth(time, isNewYear)}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface LegendProps {
  readonly bars: Bars;
  readonly bar: number;
  readonly lines: readonly PlacedLine[];
  readonly reading: Reading | null;
}

/** The values at one bar. */
function Legend({ bars, bar, lines, reading }: LegendProps) {
  return (
    <figcaption className="tabular flex min-h-5 flex-wrap items-center gap-x-4 gap-y-0.5 text-xs">
      <span className="text-muted">{formatTime(bars.time[bar] ?? 0, 'day')}</span>
      <span>
        <span className="text-faint">close</span> {formatValue(bars.close[bar] ?? Number.NaN)}
      </span>
      {reading ? (
        <span>
          <span className="text-faint">{reading.name}</span>{' '}
          {reading.isBool ? String(reading.values[bar] === 1) : formatValue(reading.values[bar] ?? Number.NaN)}
        </span>
      ) : null}
      {lines.map(({ line, index }) => (
        <span key={`${index} ${line.name}`} className="inline-flex items-center gap-1.5">
          {line.style === 'columns' ? (
            <span className="h-2.5 w-1.5 bg-faint" aria-hidden />
          ) : (
            <span className="h-0.5 w-3.5 rounded-full" style={{ background: threadOf(index) }} aria-hidden />
          )}
          <span className="text-faint">{line.name}</span> {formatValue(line.values[bar] ?? Number.NaN)}
        </span>
      ))}
    </figcaption>
  );
}
