import type { PlotMark } from './plot.ts';

const figure = (value: number): string => value.toLocaleString('en-US');

/** How often something is true, in words. */
export const countConditions = (bars: number, all: number): string =>
  bars === 0 ? `never true on ${figure(all)} bars` : `true on ${figure(bars)} of ${figure(all)} bars`;

/** How often a pattern is there; what its sign means is the pattern's own. */
export function countMarks(marks: readonly PlotMark[], all: number): string {
  const ups = marks.filter(({ kind }) => kind === 'up').length;
  const downs = marks.length - ups;
  const parts = [
    ...(ups > 0 ? [`above 0 on ${figure(ups)}`] : []),
    ...(downs > 0 ? [`below 0 on ${figure(downs)}`] : []),
  ];
  return parts.length === 0 ? `never on ${figure(all)} bars` : `${parts.join(' and ')} of ${figure(all)} bars`;
}

export const countTrades = (what: 'trades' | 'signals', number: number, all: number): string =>
  `${figure(number)} ${what} on ${figure(all)} bars`;
