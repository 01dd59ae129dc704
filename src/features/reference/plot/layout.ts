import type { Bars } from '#core/market/bars.ts';
import { createAxis, createScale, type Axis, type Scale } from './geometry.ts';
import type { BlockPlot, PlotLine } from './plot.ts';
import { extentOf, union, type Extent } from './scales.ts';

export interface PlacedLine {
  readonly line: PlotLine;
  /** Which of the plot's series it is, for its colour. */
  readonly index: number;
}

export interface PlacedPane {
  readonly top: number;
  readonly height: number;
  readonly extent: Extent;
  readonly y: Scale;
  readonly lines: readonly PlacedLine[];
}

export interface PlotLayout {
  readonly axis: Axis;
  readonly price: PlacedPane;
  readonly panes: readonly PlacedPane[];
}

export interface PlotSize {
  /** Of the drawing without its axes, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Between two panes. */
  readonly gap: number;
  /** Kept free above and below the prices for marks. */
  readonly room: number;
}

/** The share of the height that goes to the prices, by how many panes there are below. */
const PRICE_SHARE = [1, 0.64, 0.48, 0.4];

/** Where everything of a plot stands. */
export function layoutPlot(
  { window, overlays, panes, marks }: BlockPlot,
  bars: Bars,
  { width, height, gap, room }: PlotSize,
): PlotLayout {
  const axis = createAxis(window, width);
  const free = height - gap * panes.length;
  const priceHeight = Math.round(free * (PRICE_SHARE[panes.length] ?? 0.4));
  const paneHeight = panes.length === 0 ? 0 : Math.floor((free - priceHeight) / panes.length);
  const priceExtent = union([
    extentOf(bars.low, window),
    extentOf(bars.high, window),
    ...overlays.map(({ values }) => extentOf(values, window)),
  ]);
  const margin = marks.length > 0 ? room : 0;
  let index = 0;
  const place = (line: PlotLine): PlacedLine => ({ line, index: index++ });
  const price: PlacedPane = {
    top: 0,
    height: priceHeight,
    extent: priceExtent,
    y: createScale(priceExtent, margin, priceHeight - 2 * margin),
    lines: overlays.map(place),
  };
  return {
    axis,
    price,
    panes: panes.map((lines, order) => {
      const top = priceHeight + gap + order * (paneHeight + gap);
      const extent = union(
        lines
          .map((line) => extentOf(line.values, window))
          .concat(lines.some(({ style }) => style === 'columns') ? [{ low: 0, high: 0 }] : []),
      );
      return { top, height: paneHeight, extent, y: createScale(extent, top, paneHeight), lines: lines.map(place) };
    }),
  };
}
