import { findMetric } from '../figures/find-metric.ts';
import { METRICS, type MetricKey } from '../figures/metrics.ts';

/** The figures of one run, by the key of the metric; NaN where there is none, or where it was not kept. */
type FigureOf = (key: MetricKey) => number;

type WorthKey = `worth ${MetricKey}`;

/** What a sweep keeps of each run: a metric, or nothing but what the run is worth by a metric. */
export type KeptKey = MetricKey | WorthKey;

/**
 * Where a quotient has nothing to divide by because nothing was lost, and not because nothing was won or the run is too
 * short.
 */
const NEVER_LOST: Readonly<Partial<Record<MetricKey, (figure: FigureOf) => boolean>>> = {
  profitFactor: (figure) => figure('hitRate') > 0,
  payoff: (figure) => figure('hitRate') > 0,
  kelly: (figure) => figure('hitRate') > 0,
  omega: (figure) => figure('totalReturn') > 0,
  sortino: (figure) => figure('totalReturn') > 0 && !Number.isNaN(figure('sharpe')),
  calmar: (figure) => figure('totalReturn') > 0 && !Number.isNaN(figure('cagr')),
};

const LESS_IS_BETTER: ReadonlySet<MetricKey> = new Set(
  METRICS.filter(({ better }) => better === 'lower').map(({ key }) => key),
);

/** Metrics of what a run has risked or spent: who does nothing risks nothing. */
const OF_RISK: ReadonlySet<MetricKey> = new Set(['maxDrawdown', 'averageDrawdown', ...LESS_IS_BETTER]);

/**
 * What a run is worth by a metric, so that more is better; NaN where that says nothing. A run that has won and never
 * lost is worth more than any that has lost, though its quotient of profits over losses has no value. A run that never
 * held anything is worth nothing by what it risked or spent. Of what was not kept nothing is concluded.
 */
export function worthOf(key: MetricKey, figure: FigureOf): number {
  const value = figure(key);
  if (Number.isNaN(value)) return NEVER_LOST[key]?.(figure) ? Number.POSITIVE_INFINITY : Number.NaN;
  if (OF_RISK.has(key) && figure('trades') === 0 && figure('exposure') === 0) return Number.NaN;
  return LESS_IS_BETTER.has(key) ? -value : value;
}

/** The key under which a sweep keeps, of each run, nothing but what it is worth by a metric. */
export const worthKey = (key: MetricKey): WorthKey => `worth ${key}`;

export const isWorth = (key: KeptKey): key is WorthKey => key.startsWith('worth ');

/** The metric whose worth is kept under a key. */
export const metricOfWorth = (key: WorthKey): MetricKey => key.slice('worth '.length) as MetricKey;

/** Which settings stand where their figures alone would not put them, in words. */
export function notesOnRanking(
  key: MetricKey,
  ranked: { readonly candidates: { readonly length: number }; at(candidate: number, key: MetricKey): number },
): string[] {
  let [neverLost, idle] = [0, 0];
  for (let candidate = 0; candidate < ranked.candidates.length; candidate += 1) {
    const figure: FigureOf = (name) => ranked.at(candidate, name);
    const worth = worthOf(key, figure);
    if (worth === Number.POSITIVE_INFINITY) neverLost += 1;
    else if (Number.isNaN(worth) && !Number.isNaN(figure(key))) idle += 1;
  }
  const title = findMetric(key)?.title ?? key;
  const settings = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'setting' : 'settings'}`;
  return [
    ...(neverLost > 0
      ? [
          `By ${title}, ${settings(neverLost)} that never lost, and so without a figure, ${neverLost === 1 ? 'comes' : 'come'} first.`,
        ]
      : []),
    ...(idle > 0 ? [`By ${title}, ${settings(idle)} that never traded ${idle === 1 ? 'comes' : 'come'} last.`] : []),
  ];
}
