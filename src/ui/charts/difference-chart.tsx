'use client';
import {
  BaselineSeries,
  createSeriesMarkers,
  LineSeries,
  type IChartApi,
  type SeriesMarker,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useCallback, useRef } from 'react';
import { faded, type Palette } from './palette.ts';
import { chartTime, useChart } from './use-chart.ts';

/** A trade that two runs do not share: which of them made it, or both, differently. */
export interface ComparedTrade {
  readonly entryTime: number;
  readonly exitTime: number;
  readonly group: 'before' | 'after' | 'changed';
}

interface DifferenceChartProps {
  readonly titles: readonly [before: string, after: string];
  /** UTC milliseconds, ascending; a value of each curve for each. */
  readonly time: readonly number[];
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The second less the first. */
  readonly difference: readonly number[];
  /** In the order of their entries. */
  readonly trades: readonly ComparedTrade[];
  /** Where the two part; null where they do not. */
  readonly firstTime: number | null;
}

/** More marks than these cover each other, and the curves. */
const MOST_MARKED = 200;

const MONEY = {
  priceFormat: {
    type: 'custom' as const,
    minMove: 0.01,
    formatter: (value: number) => Math.round(value).toLocaleString('en-US'),
  },
  priceLineVisible: false,
};

/** Two equity curves over each other, with the trades that they do not share, and their difference below. */
export function DifferenceChart(props: DifferenceChartProps) {
  const { titles, time, before, after, difference, trades, firstTime } = props;
  const element = useRef<HTMLDivElement>(null);
  const [first, second] = titles;
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => {
      const points = (values: readonly number[]) =>
        time.map((at, index) => ({ time: chartTime(at), value: values[index] ?? 0 }));
      const dashed = chart.addSeries(LineSeries, {
        ...MONEY,
        title: first,
        color: palette['thread-2'],
        lineStyle: 2,
        lineWidth: 2,
      });
      dashed.setData(points(before));
      const solid = chart.addSeries(LineSeries, { ...MONEY, title: second, color: palette['thread-1'], lineWidth: 2 });
      solid.setData(points(after));
      const below = chart.addSeries(
        BaselineSeries,
        {
          ...MONEY,
          title: 'difference',
          baseValue: { type: 'price', price: 0 },
          lineWidth: 1,
          topLineColor: palette.up,
          topFillColor1: faded(palette.up, 0.28),
          topFillColor2: faded(palette.up, 0.06),
          bottomLineColor: palette.down,
          bottomFillColor1: faded(palette.down, 0.06),
          bottomFillColor2: faded(palette.down, 0.28),
        },
        1,
      );
      below.setData(points(difference));
      chart.panes().forEach((pane, index) => pane.setStretchFactor([3, 1][index] ?? 1));
      const marks = trades.slice(0, MOST_MARKED).map((trade) => markOf(trade, palette));
      const parting: SeriesMarker<UTCTimestamp>[] =
        firstTime === null
          ? []
          : [
              {
                time: chartTime(firstTime),
                position: 'aboveBar',
                shape: 'arrowDown',
                color: palette.accent,
                text: 'they part',
              },
            ];
      createSeriesMarkers(
        solid,
        [...marks, ...parting].sort((a, b) => a.time - b.time),
      );
    },
    [first, second, time, before, after, difference, trades, firstTime],
  );
  useChart(element, draw);
  return (
    <div className="flex h-full flex-col">
      <ul aria-label="Marks" className="flex flex-wrap gap-x-4 gap-y-1 px-4 pt-2 text-xs text-muted">
        <li>■ trade of {first} alone</li>
        <li>● trade of {second} alone</li>
        <li>▲ both, differently</li>
        {trades.length > MOST_MARKED ? (
          <li>
            the first {MOST_MARKED} of {trades.length.toLocaleString('en')} are marked
          </li>
        ) : null}
      </ul>
      <div
        ref={element}
        role="group"
        aria-label={`Equity of ${first} and ${second}, and their difference`}
        className="min-h-0 flex-1"
      />
    </div>
  );
}

function markOf({ entryTime, group }: ComparedTrade, palette: Palette): SeriesMarker<UTCTimestamp> {
  const at = { time: chartTime(entryTime), position: 'belowBar', size: 1 } as const;
  switch (group) {
    case 'before':
      return { ...at, shape: 'square', color: palette['thread-2'] };
    case 'after':
      return { ...at, shape: 'circle', color: palette['thread-1'] };
    case 'changed':
      return { ...at, shape: 'arrowUp', color: palette.muted };
  }
}
