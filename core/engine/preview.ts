import { check } from '#core/formula/check/check.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { Bars } from '#core/market/bars.ts';
import { whyUnfinished } from '#core/result/outcome.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { resultOf } from './backtest.ts';
import { columnKeys } from './columns/column-keys.ts';
import { feedsApartInPart, whyFeedsApart, type Feeds } from './columns/feeds.ts';
import type { Span } from './figures/benchmark.ts';
import type { BacktestResult } from './outcome/backtest-result.ts';
import type { Settings } from './outcome/settings.ts';
import { compile } from './plan/compile.ts';
import { outputKey } from './plan/lower-to-plan.ts';
import type { Operand, Plan } from './plan/plan.ts';
import { runColumns, wholeSpan, type Run } from './run-columns.ts';
import { OrderLog } from './why/order-log.ts';
import { RunStory } from './why/run-story.ts';

/** One run of a formula that is being edited. */
export interface PreviewRun {
  readonly result: BacktestResult;
  /**
   * An output of a node: one value a bar of the strategy's own clock, or one number that is the same at all of them.
   * Undefined for what has none (actions, texts).
   */
  series(node: NodeId, output: string): Float64Array | number | undefined;
  /** Columns that were computed by this run, and those that earlier ones had left. */
  readonly computed: number;
  readonly reused: number;
  /** What the bars lack of what the formula reads, in words: a volume, or a part of the time of a feed. */
  readonly doubts: readonly string[];
  /** Why things happened, or did not, bar by bar. */
  readonly story: RunStory;
}

/** Why a formula can't be previewed: its errors, or what the bars lack. */
export type PreviewProblem =
  | { readonly kind: 'errors'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'feed'; readonly message: string };

/**
 * Runs a formula over the same bars again and again while it is edited. Columns are kept from run to run under what
 * they hold, so that an edit costs what depends on it: the values are those of `backtest` and `evaluate`, to the bit.
 */
export class Preview {
  readonly #bars: Bars;
  readonly #feeds: Feeds;
  /** Symbols of bars without a volume, null being the strategy's own. */
  readonly #withoutVolume: readonly (string | null)[];
  /** The columns of the last run, by `columnKeys`. */
  #known: ReadonlyMap<string, Float64Array> = new Map();

  constructor(bars: Bars, feeds: Feeds = new Map()) {
    this.#bars = bars;
    this.#feeds = feeds;
    this.#withoutVolume = [[null, bars] as const, ...feeds].flatMap(([symbol, { volume }]) =>
      volume.every(Number.isNaN) ? [symbol] : [],
    );
  }

  /** `span`: the bars that are traded; those before are history. All of them unless said otherwise. */
  run(formula: Formula, settings: Settings, span: Span = wholeSpan(this.#bars)): Result<PreviewRun, PreviewProblem> {
    const compiled = compile(formula, {}, { keepNodes: true });
    if (!compiled.ok) return err({ kind: 'errors', diagnostics: compiled.error });
    const plan = compiled.value;
    const apart = whyFeedsApart(plan, this.#bars, this.#feeds);
    if (apart !== null) return err({ kind: 'feed', message: apart });
    const keys = columnKeys(plan);
    const given = new Map(
      [...keys].flatMap(([column, key]) => {
        const known = this.#known.get(key);
        return known ? [[column, known] as const] : [];
      }),
    );
    const log = new OrderLog();
    const run = runColumns(plan, this.#bars, settings, { feeds: this.#feeds, given, span, orders: log });
    if (!run.ok) return err({ kind: 'feed', message: whyUnfinished(run.error) });
    const { columns } = run.value;
    this.#known = new Map(
      [...keys].flatMap(([column, key]) => (columns[column] ? [[key, columns[column]] as const] : [])),
    );
    const made = previewOf({ plan, run: run.value, bars: this.#bars, settings, span, reused: given.size });
    const { actions } = plan;
    return ok({
      ...made,
      story: new RunStory({ formula, actions, signals: made.result.signals, log, span, series: made.series }),
      doubts: this.#doubts(formula, plan),
    });
  }

  #doubts(formula: Formula, plan: Plan): string[] {
    const volumes =
      this.#withoutVolume.length === 0
        ? []
        : check(formula, { withoutVolume: this.#withoutVolume }).diagnostics.filter(({ code }) => code === 'no-volume');
    return [...volumes.map(({ message }) => message), ...feedsApartInPart(plan, this.#bars, this.#feeds)];
  }
}

function previewOf({
  plan,
  run,
  bars,
  settings,
  span,
  reused,
}: {
  plan: Plan;
  run: Run;
  bars: Bars;
  settings: Settings;
  span: Span;
  reused: number;
}): Omit<PreviewRun, 'doubts' | 'story'> {
  const valueOf = (operand: Operand | undefined): Float64Array | number | undefined =>
    operand?.kind === 'constant' ? operand.value : operand && run.columns[operand.column];
  return {
    result: resultOf(run, bars, span, settings),
    series: (node, output) => {
      const own = outputKey(node, output);
      // What a call gives beside its first value is a value of its own.
      return valueOf(plan.named.get(own) ?? plan.named.get(outputKey(own, 'value')));
    },
    computed: plan.columnCount - reused,
    reused,
  };
}
