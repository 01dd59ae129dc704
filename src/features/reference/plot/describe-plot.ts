import type { Block } from '#core/formula/model/block.ts';
import type { Bars } from '#core/market/bars.ts';
import { formatTime } from '#ui/format/format-time.ts';
import { formatValue } from './format-value.ts';
import type { BlockPlot } from './plot.ts';
import { extentOf } from './scales.ts';

/** A plot in words, for those who do not see it. */
export function describePlot(
  block: Block,
  plot: BlockPlot,
  { bars, title }: { readonly bars: Bars; readonly title: string },
): string {
  const { window, overlays, panes, marks, spans, count } = plot;
  const [first, last] = [bars.time[window.from] ?? 0, bars.time[window.to - 1] ?? 0];
  const lines = [...overlays, ...panes.flat()].map(({ name, values }) => {
    const { low, high } = extentOf(values, window);
    return low <= high ? `${name} between ${formatValue(low)} and ${formatValue(high)}` : `${name} without a value`;
  });
  const within = marks.filter(({ bar }) => bar >= window.from && bar < window.to).length;
  const stretches = spans.filter(({ from, to }) => to > window.from && from < window.to).length;
  return [
    `${block.title} on the ${title}, ${formatTime(first, 'day')} to ${formatTime(last, 'day')}`,
    ...lines,
    ...(within > 0 ? [`${within} marks`] : []),
    ...(stretches > 0 ? [`true in ${stretches} stretches`] : []),
    ...(count === null ? [] : [count]),
  ].join('. ');
}
