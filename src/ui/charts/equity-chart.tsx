'use client';
import { LineSeries, type IChartApi } from 'lightweight-charts';
import { useCallback, useRef } from 'react';
import type { Palette } from './palette.ts';
import { chartPercent } from './price-format.ts';
import { chartTime, useChart } from './use-chart.ts';

export interface EquityLine {
  readonly title: string;
  /** UTC milliseconds, ascending. */
  readonly time: readonly number[];
  /** Growth since the start: 0.1 is ten percent. */
  readonly values: readonly number[];
}

const COLORS = ['thread-1', 'thread-2', 'thread-3', 'accent', 'up', 'down'] as const;
const STYLES = [0, 0, 0, 2, 2, 2] as const;

/** Several curves over one time, each with its name. */
export function EquityChart({ lines }: { readonly lines: readonly EquityLine[] }) {
  const element = useRef<HTMLDivElement>(null);
  const draw = useCallback(
    (chart: IChartApi, palette: Palette) => {
      lines.forEach(({ title, time, values }, index) => {
        const series = chart.addSeries(LineSeries, {
          title,
          color: palette[COLORS[index % COLORS.length] ?? 'thread-1'],
          lineStyle: STYLES[index % STYLES.length] ?? 0,
          lineWidth: 2,
          priceLineVisible: false,
          priceFormat: {
            type: 'custom',
            minMove: 0.0001,
            formatter: chartPercent,
          },
        });
        series.setData(time.map((at, bar) => ({ time: chartTime(at), value: values[bar] ?? 0 })));
      });
    },
    [lines],
  );
  useChart(element, draw);
  return <div ref={element} role="group" aria-label="Growth of the runs" className="size-full" />;
}
