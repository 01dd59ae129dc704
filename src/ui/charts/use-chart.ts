'use client';
import {
  createChart,
  type ChartOptions,
  type DeepPartial,
  type IChartApi,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { faded, onPaletteChange, readPalette, type Palette } from './palette.ts';

/** What draws into a chart: gets it with the colours of the theme, once, and again after a change of theme. */
export type Draw = (chart: IChartApi, palette: Palette) => void;

const optionsOf = (palette: Palette): DeepPartial<ChartOptions> => ({
  autoSize: true,
  layout: {
    background: { color: 'transparent' },
    textColor: palette.muted,
    fontSize: 11,
    fontFamily: 'Inter Variable, sans-serif',
    attributionLogo: true,
    panes: { separatorColor: palette.line, separatorHoverColor: faded(palette.accent, 0.3), enableResize: true },
  },
  grid: { vertLines: { color: faded(palette.line, 0.5) }, horzLines: { color: faded(palette.line, 0.5) } },
  rightPriceScale: { borderVisible: false },
  timeScale: { borderVisible: false, timeVisible: true, secondsVisible: false, minBarSpacing: 0.02 },
  crosshair: {
    vertLine: { color: palette.faint, labelBackgroundColor: palette.ink },
    horzLine: { color: palette.faint, labelBackgroundColor: palette.ink },
  },
});

/**
 * Keeps a chart in `element` for as long as the component is on screen. `draw` must keep its identity while its data
 * does.
 */
export function useChart(
  element: RefObject<HTMLElement | null>,
  draw: Draw,
  options: DeepPartial<ChartOptions> = {},
): RefObject<IChartApi | null> {
  const chart = useRef<IChartApi | null>(null);
  const extra = useEffectEvent(() => options);
  useEffect(() => {
    const container = element.current;
    if (!container) return;
    const build = (): void => {
      const range = chart.current?.timeScale().getVisibleLogicalRange();
      chart.current?.remove();
      const palette = readPalette(container);
      const built = createChart(container, { ...optionsOf(palette), ...extra() });
      chart.current = built;
      draw(built, palette);
      if (range) built.timeScale().setVisibleLogicalRange(range);
      else built.timeScale().fitContent();
    };
    build();
    const unfollow = onPaletteChange(build);
    // A pane may get its size after its chart: what was fitted to nothing shows a few bars at the end.
    let isSized = false;
    const observer = new ResizeObserver(() => {
      if (isSized || container.clientWidth === 0 || container.clientHeight === 0) return;
      isSized = true;
      requestAnimationFrame(() => chart.current?.timeScale().fitContent());
    });
    observer.observe(container);
    return () => {
      observer.disconnect();
      unfollow();
      chart.current?.remove();
      chart.current = null;
    };
  }, [element, draw]);
  return chart;
}

/** The library counts in seconds. */
export const timeOf = (time: Time): number => Number(time) * 1000;
export const chartTime = (milliseconds: number): UTCTimestamp => (milliseconds / 1000) as UTCTimestamp;
