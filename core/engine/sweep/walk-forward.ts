import type { Constant } from '#core/formula/facts/constants.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { refused, type Outcome } from '#core/result/outcome.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { marketOf, metricsOf } from '../backtest.ts';
import { holdingOf, type Span } from '../figures/benchmark.ts';
import { EquityTally } from '../figures/equity-tally.ts';
import { computeMetrics } from '../figures/metrics.ts';
import type { KeptMetrics, MetricKey } from '../figures/metrics.ts';
import type { Metrics } from '../figures/metrics.ts';
import { TradeTally } from '../figures/trade-tally.ts';
import type { BacktestResult } from '../outcome/backtest-result.ts';
import { emptyJournal, type Journal } from '../outcome/journal.ts';
import type { Settings } from '../outcome/settings.ts';
import { compile } from '../plan/compile.ts';
import { runColumns, type RunOptions, type Watch } from '../run-columns.ts';
import type { Inputs } from './space.ts';
import type { SweepTable } from './sweep-table.ts';
import type { SweepRequest } from './sweep.ts';

/**
 * How the bars are cut: each window is optimised on `inSample` bars and traded on the `outOfSample` ones behind them.
 */
export interface Windows {
  readonly inSample: number;
  readonly outOfSample: number;
  /**
   * Whether every window is optimised from the first bar on (`inSample` is then the least), instead of on the latest
   * bars alone.
   */
  readonly anchored: boolean;
}

export interface Fold {
  readonly inSample: Span;
  readonly outOfSample: Span;
}

/** What became of a window. */
export interface ForwardWindow extends Fold {
  /** The settings that were best in the sample; null when none had the metric: nothing was traded then. */
  readonly inputs: Inputs | null;
  readonly inSampleMetrics: KeptMetrics | null;
  readonly outOfSampleMetrics: KeptMetrics | null;
}

/**
 * The windows' trading out of sample, one after the other, as one run: each goes on with the money that the one before
 * has left.
 */
export interface WalkForward extends Omit<BacktestResult, 'bars'> {
  /** The bars that were traded, all windows together. */
  readonly span: Span;
  readonly windows: readonly ForwardWindow[];
  /**
   * Mean return a bar out of sample over the mean of those in the samples (Pardo's walk-forward efficiency, which is of
   * returns a year: windows may be far shorter).
   */
  readonly efficiency: number;
}

/** Windows of the bars, the last as long as there are bars. Fails in words when there are too few. */
export function foldsOf(bars: number, { inSample, outOfSample, anchored }: Windows): Result<Fold[], string> {
  if (!Number.isInteger(inSample) || !Number.isInteger(outOfSample) || inSample < 1 || outOfSample < 1)
    return err('A window has a whole number of bars, one at the least.');
  if (bars <= inSample)
    return err(
      `There are ${bars} bars, and ${inSample} of them are needed to optimise on before the first can be traded.`,
    );
  const count = Math.ceil((bars - inSample) / outOfSample);
  return ok(
    Array.from({ length: count }, (_, window) => {
      const from = inSample + window * outOfSample;
      return {
        inSample: { from: anchored ? 0 : from - inSample, to: from },
        outOfSample: { from, to: Math.min(bars, from + outOfSample) },
      };
    }),
  );
}

/** The best candidate of each span of a sweep by a metric; null where none has it. */
export const chooseBest = (table: SweepTable, by: MetricKey, spans: number): (Inputs | null)[] =>
  Array.from({ length: spans }, (_, span) => {
    const best = table.bestBy(by, span);
    return best === null ? null : (table.candidates.at(best) ?? null);
  });

export interface ForwardRequest {
  readonly formula: Formula;
  readonly bars: Bars;
  readonly feeds?: SweepRequest['feeds'];
  readonly settings: Settings;
  readonly folds: readonly Fold[];
  readonly choices: readonly (Inputs | null)[];
}

/** Trades the chosen settings of each window out of sample. What is open at the end of a window is closed there. */
export function tradeForward(
  { formula, bars, feeds = new Map(), settings, folds, choices }: ForwardRequest,
  { shouldStop }: Watch = {},
): Outcome<WalkForward> {
  const [first, last] = [folds[0], folds.at(-1)];
  if (!first || !last) return refused('There are no windows.');
  const span = { from: first.outOfSample.from, to: last.outOfSample.to };
  const options = { feeds, ...(shouldStop ? { shouldStop } : {}) };
  const stitch = new Stitch(bars, span, settings);
  const windows: ForwardWindow[] = [];
  const sampled: number[] = [];
  for (const [index, fold] of folds.entries()) {
    const inputs = stitch.isRuined ? null : (choices[index] ?? null);
    if (!inputs) {
      stitch.rest(fold.outOfSample);
      windows.push({ ...fold, inputs, inSampleMetrics: null, outOfSampleMetrics: null });
      continue;
    }
    const traded = stitch.trade(formula, inputs, fold.outOfSample, options);
    const sample = runSample(formula, inputs, bars, settings, { ...options, span: fold.inSample });
    if (!traded.ok) return traded;
    if (!sample.ok) return sample;
    windows.push({ ...fold, inputs, inSampleMetrics: sample.value.metrics, outOfSampleMetrics: traded.value });
    sampled.push(sample.value.mean);
  }
  return ok(stitch.finish(windows, sampled));
}

function compiled(formula: Formula, inputs: Readonly<Record<string, Constant>>) {
  const plan = compile(formula, inputs);
  return plan.ok ? plan : refused(plan.error.map(({ message }) => message).join(' '));
}

/** The metrics of a sample, and its mean return a bar. */
function runSample(
  formula: Formula,
  inputs: Inputs,
  bars: Bars,
  settings: Settings,
  options: RunOptions & { readonly span: Span },
): Outcome<{ readonly metrics: Metrics; readonly mean: number }> {
  const plan = compiled(formula, inputs);
  const run = plan.ok ? runColumns(plan.value, bars, settings, options) : plan;
  if (!run.ok) return run;
  const { simulation } = run.value;
  return ok({
    metrics: metricsOf(simulation, settings, marketOf(bars, options.span)),
    mean: simulation.tally.figures().mean,
  });
}

/** Runs over spans that follow each other, as one. */
class Stitch {
  readonly #bars: Bars;
  readonly #span: Span;
  readonly #settings: Settings;
  readonly #record: { equity: Float64Array; drawdown: Float64Array };
  readonly #journal: Journal = emptyJournal();
  readonly #tally: EquityTally;
  #cash: number;
  #barsHeld = 0;
  #turnover = 0;
  #commission = 0;

  constructor(bars: Bars, span: Span, settings: Settings) {
    this.#bars = bars;
    this.#span = span;
    this.#settings = settings;
    this.#record = { equity: new Float64Array(span.to - span.from), drawdown: new Float64Array(span.to - span.from) };
    this.#tally = new EquityTally(settings.cash, this.#record);
    this.#cash = settings.cash;
  }

  get isRuined(): boolean {
    return this.#cash <= 0;
  }

  rest({ from, to }: Span): void {
    this.#tally.rest(to - from);
  }

  /** The metrics of the span by itself. */
  trade(formula: Formula, inputs: Inputs, span: Span, options: RunOptions): Outcome<Metrics> {
    const plan = compiled(formula, inputs);
    if (!plan.ok) return plan;
    const settings = { ...this.#settings, cash: this.#cash, closeAtEnd: true };
    const run = runColumns(plan.value, this.#bars, settings, { ...options, span });
    if (!run.ok) return run;
    const { simulation, journal, record } = run.value;
    record.equity.forEach((value, index) => this.#tally.add(value, this.#market(span.from + index)));
    for (const trade of journal.trades) this.#journal.trades.push(trade);
    for (const order of journal.rejected) this.#journal.rejected.push(order);
    for (const signal of journal.signals) this.#journal.signals.push(signal);
    const { barsHeld, turnover, commission } = simulation.simulator.state;
    this.#barsHeld += barsHeld;
    this.#turnover += turnover;
    this.#commission += commission;
    this.#cash = simulation.tally.last;
    return ok(metricsOf(simulation, settings, marketOf(this.#bars, span)));
  }

  /** `sampled` are the mean returns a bar of the samples. */
  finish(windows: readonly ForwardWindow[], sampled: readonly number[]): WalkForward {
    const [bars, span, settings] = [this.#bars, this.#span, this.#settings];
    const trades = new TradeTally();
    for (const { net, return: fraction, barsHeld } of this.#journal.trades) trades.add(net, fraction, barsHeld);
    const equity = this.#tally.figures();
    const metrics = computeMetrics({
      ...marketOf(bars, span),
      cash: settings.cash,
      equity,
      trades: trades.figures(),
      barsHeld: this.#barsHeld,
      turnover: this.#turnover,
      commission: this.#commission,
    });
    const inSample = sampled.reduce((sum, value) => sum + value, 0) / sampled.length;
    return {
      span,
      windows,
      settings,
      ...this.#journal,
      ...this.#record,
      benchmark: holdingOf(bars, span, settings.cash),
      metrics,
      efficiency: inSample > 0 ? equity.mean / inSample : Number.NaN,
    };
  }

  #market(bar: number): number {
    const { close } = this.#bars;
    return bar === this.#span.from ? 0 : (close[bar] ?? Number.NaN) / (close[bar - 1] ?? Number.NaN) - 1;
  }
}
