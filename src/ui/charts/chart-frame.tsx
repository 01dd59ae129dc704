'use client';
import { PriceScaleMode, type IChartApi, type ISeriesApi, type SeriesType } from 'lightweight-charts';
import { Ruler } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { cx } from '../format/cx.ts';
import { useStored } from '../hooks/use-stored.ts';
import { ArrowLegend, Legend } from './chart-legend.tsx';
import { rangeOf, rangesWithin, type RangeName } from './ranges.ts';
import type { Readout } from './readout.ts';
import { chartTime } from './use-chart.ts';
import { Measured, useMeasure } from './use-measure.tsx';

const SCALES = ['linear', 'log'] as const;

interface ChartFrameProps {
  readonly chart: RefObject<IChartApi | null>;
  /** The chart is made anew with the theme: whoever sets something in it does so again when this changes. */
  readonly built: number;
  /** The series of the prices. */
  readonly prices: () => ISeriesApi<SeriesType> | null;
  readonly readout: Readout;
  /** Of all bars, UTC milliseconds. */
  readonly times: ArrayLike<number>;
  /** Of the chart, for a screen reader. */
  readonly label: string;
  /** A bar that the arrow keys lead to. */
  readonly onBar?: ((bar: number | null) => void) | undefined;
  /** A bar on which somebody presses Enter. */
  readonly onPick?: ((bar: number) => void) | undefined;
  readonly hasTrades: boolean;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

/** What stands around a chart: ranges, scale, measure, the legend of its series and of its arrows. */
export function ChartFrame(props: ChartFrameProps) {
  const { chart, built, prices, readout, times, label, onBar, onPick, hasTrades, tools, children } = props;
  const [scale, setScale] = useStored('chart-scale', SCALES);
  const isLog = scale === 'log';
  const [isMeasuring, setIsMeasuring] = useState(false);
  // One measure a press, as a ruler is put back: the next click explains a bar again.
  const measure = useMeasure({ chart, prices, times, onEnd: () => setIsMeasuring(false) });
  /** The bar from which the keys measure. */
  const measuredFrom = useRef<number | null>(null);
  const [range, setRange] = useState<RangeName | null>(null);
  const [spoken, setSpoken] = useState('');
  const at = useRef<number | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    chart.current
      ?.priceScale('right', 0)
      .applyOptions({ mode: isLog ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal });
  }, [chart, built, isLog]);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => requestAnimationFrame(() => readout.update()));
    observer.observe(element);
    return () => {
      observer.disconnect();
      // A frame that was asked for would read a chart that is gone.
      readout.leave();
    };
  }, [readout]);
  const span = { from: times[0] ?? 0, to: times[times.length - 1] ?? 0 };
  const show = (name: RangeName): void => {
    setRange(name);
    if (name === 'All') return chart.current?.timeScale().fitContent();
    const { from, to } = rangeOf(name, span);
    chart.current?.timeScale().setVisibleRange({ from: chartTime(from), to: chartTime(to) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Escape' && measure.drawn) {
      measuredFrom.current = null;
      return measure.clear();
    }
    if (event.key === 'Enter' && at.current !== null) return onPick?.(at.current);
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const bar = Math.min(times.length - 1, Math.max(0, (at.current ?? times.length) + step));
    if (event.shiftKey) {
      measuredFrom.current ??= at.current ?? bar;
      measure.between(measuredFrom.current, bar);
    } else if (measuredFrom.current !== null) {
      measuredFrom.current = null;
      measure.clear();
    }
    at.current = bar;
    readout.at(bar);
    onBar?.(bar);
    const series = prices();
    const datum = series?.dataByIndex(bar);
    if (series && datum && 'close' in datum)
      chart.current?.setCrosshairPosition(datum.close, chartTime(times[bar] ?? 0), series);
    setSpoken(
      readout
        .panes()
        .flatMap(({ items }) => items.map(({ title, text }) => `${title} ${text}`))
        .join(', '),
    );
  };
  const onBlur = (): void => {
    if (at.current === null) return;
    at.current = null;
    chart.current?.clearCrosshairPosition();
    readout.at(null);
    onBar?.(null);
  };
  return (
    <div className="flex size-full min-h-0 flex-col">
      <div className="flex h-7 shrink-0 items-center gap-0.5 overflow-hidden border-b px-2 text-2xs">
        <div role="group" aria-label="Range of the chart" className="flex">
          {rangesWithin(span).map((name) => (
            <Tool
              key={name}
              label={name === 'All' ? 'All bars' : `The last ${name}`}
              pressed={range === name}
              onClick={() => show(name)}
            >
              {name}
            </Tool>
          ))}
        </div>
        <Tool label="Logarithmic prices" pressed={isLog} onClick={() => setScale(isLog ? 'linear' : 'log')}>
          Log
        </Tool>
        <Tool
          label="Measure (or Shift and drag, or Shift and arrows)"
          pressed={isMeasuring}
          onClick={() => {
            setIsMeasuring(!isMeasuring);
            measure.clear();
          }}
        >
          <Ruler className="size-3.5" aria-hidden />
        </Tool>
        {tools}
        {hasTrades ? <ArrowLegend /> : null}
      </div>
      <div
        ref={box}
        role="group"
        aria-label={label}
        aria-description="Arrow keys go from bar to bar, with Shift they measure, Enter explains a bar."
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        onMouseDownCapture={(event) => {
          if (event.button !== 0) return;
          setRange(null);
          if (event.shiftKey || isMeasuring) measure.begin(event, event.currentTarget);
          else measure.clear();
        }}
        onWheel={() => setRange(null)}
        className={cx('relative min-h-0 flex-1 -outline-offset-2', isMeasuring && 'cursor-crosshair')}
      >
        {children}
        <Legend readout={readout} />
        {measure.drawn ? <Measured {...measure.drawn} /> : null}
        <span role="status" className="sr-only">
          {spoken}
        </span>
      </div>
    </div>
  );
}

interface ToolProps {
  readonly label: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function Tool({ label, pressed, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      onClick={onClick}
      className="flex h-6 min-w-6 shrink-0 items-center justify-center rounded-sm px-1.5 font-medium whitespace-nowrap text-muted hover:bg-hover hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
    >
      {children}
    </button>
  );
}
