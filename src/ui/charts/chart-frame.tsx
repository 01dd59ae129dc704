'use client';
import { PriceScaleMode, type IChartApi, type ISeriesApi, type SeriesType } from 'lightweight-charts';
import { Ruler } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import { cx } from '../format/cx.ts';
import { useStored } from '../hooks/use-stored.ts';
import { ArrowLegend, Legend } from './chart-legend.tsx';
import { measured, measuredAloud, type MeasuredPoint } from './measure.ts';
import { rangeOf, rangesWithin, type RangeName } from './ranges.ts';
import type { Readout } from './readout.ts';
import { chartTime, timeOf } from './use-chart.ts';

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
  const measure = useMeasure({ chart, prices, times });
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
    return () => observer.disconnect();
  }, [readout]);
  const span = { from: times[0] ?? 0, to: times[times.length - 1] ?? 0 };
  const show = (name: RangeName): void => {
    if (name === 'All') return chart.current?.timeScale().fitContent();
    const range = rangeOf(name, span);
    chart.current?.timeScale().setVisibleRange({ from: chartTime(range.from), to: chartTime(range.to) });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Escape' && measure.drawn) return measure.clear();
    if (event.key === 'Enter' && at.current !== null) return onPick?.(at.current);
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const bar = Math.min(times.length - 1, Math.max(0, (at.current ?? times.length) + step));
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
            <Tool key={name} label={name === 'All' ? 'All bars' : `The last ${name}`} onClick={() => show(name)}>
              {name}
            </Tool>
          ))}
        </div>
        <Tool label="Logarithmic prices" pressed={isLog} onClick={() => setScale(isLog ? 'linear' : 'log')}>
          Log
        </Tool>
        <Tool
          label="Measure (or Shift and drag)"
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
        aria-description="Arrow keys go from bar to bar, Enter explains a bar."
        tabIndex={0}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
        onMouseDownCapture={(event) => {
          if (event.button !== 0) return;
          if (event.shiftKey || isMeasuring) measure.begin(event, event.currentTarget);
          else measure.clear();
        }}
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

interface DrawnMeasure {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly text: string;
  readonly aloud: string;
}

const Measured = ({ left, top, width, height, text, aloud }: DrawnMeasure) => (
  <div
    data-testid="measured"
    style={{ left, top, width, height }}
    className="pointer-events-none absolute z-3 border border-accent bg-accent/15"
  >
    <p className="tabular absolute bottom-full left-0 mb-0.5 rounded-sm bg-ink px-1.5 py-0.5 text-2xs whitespace-nowrap text-surface">
      <span aria-hidden>{text}</span>
      <span role="status" className="sr-only">
        {aloud}
      </span>
    </p>
  </div>
);

type MeasureOptions = Pick<ChartFrameProps, 'chart' | 'prices' | 'times'>;

/** A rectangle that is dragged over the chart, and what lies between its corners. */
function useMeasure({ chart, prices, times }: MeasureOptions) {
  const [drawn, setDrawn] = useState<DrawnMeasure | null>(null);
  const pointAt = (x: number, y: number): MeasuredPoint => {
    const logical = chart.current?.timeScale().coordinateToLogical(x) ?? 0;
    const bar = Math.min(times.length - 1, Math.max(0, Math.round(logical)));
    const height = chart.current?.panes()[0]?.getHeight() ?? 0;
    const price = y <= height ? (prices()?.coordinateToPrice(y) ?? Number.NaN) : Number.NaN;
    const shown = chart.current?.timeScale().coordinateToTime(x);
    return { bar: logical, time: shown === null || shown === undefined ? (times[bar] ?? 0) : timeOf(shown), price };
  };
  const begin = (
    event: { clientX: number; clientY: number } & Pick<Event, 'preventDefault' | 'stopPropagation'>,
    element: Element,
  ): void => {
    event.preventDefault();
    event.stopPropagation();
    const corner = element.getBoundingClientRect();
    const [x0, y0] = [event.clientX - corner.left, event.clientY - corner.top];
    const from = pointAt(x0, y0);
    const move = ({ clientX, clientY }: MouseEvent): void => {
      const [x, y] = [clientX - corner.left, clientY - corner.top];
      const to = pointAt(x, y);
      setDrawn({
        left: Math.min(x0, x),
        top: Math.min(y0, y),
        width: Math.abs(x - x0),
        height: Math.abs(y - y0),
        text: measured(from, to),
        aloud: measuredAloud(from, to),
      });
    };
    const end = (): void => {
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', end);
    };
    window.addEventListener('mousemove', move);
    window.addEventListener('mouseup', end);
  };
  return { drawn, begin, clear: () => setDrawn(null) };
}
