import type { Span } from '#core/engine/figures/benchmark.ts';
import type { BacktestResult } from '#core/engine/outcome/backtest-result.ts';
import { Preview, type PreviewRun } from '#core/engine/preview.ts';
import type { BarStory } from '#core/engine/why/decision.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { nodesInCall } from '#core/formula/functions/calls.ts';
import { expand } from '#core/formula/functions/expand.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { DrawnSeries, FromWorker, NodeValues, ToWorker, Wondered } from './protocol.ts';
import { sparkOf, type Spark } from './spark.ts';

// The engine in a thread of its own: no edit ever waits for it.

let preview: Preview | null = null;
type Shown = Pick<PreviewRun, 'series' | 'story'> & { readonly formula: Formula; readonly length: number };

let last: Shown | null = null;
/** Of the bars that the preview has. */
let barCount = 0;

/** `given` are arrays that the worker needs no more: they are handed over, not copied. */
const answer = (message: FromWorker, given: readonly Float64Array[] = []): void =>
  self.postMessage(message, {
    transfer: given.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
  });

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'bars':
      preview = new Preview(data.own, data.feeds);
      barCount = data.own.length;
      last = null;
      return;
    case 'run': {
      const since = performance.now();
      const run = preview?.run(data.formula, data.settings, data.span);
      if (!run) return;
      if (!run.ok) return answer({ type: 'problem', problem: run.error });
      const { result, series, story, doubts } = run.value;
      last = { formula: data.formula, series, story, length: barCount };
      const shown = overAllBars(result, data.span?.from ?? 0);
      return answer({ type: 'ran', result: shown, doubts, milliseconds: performance.now() - since }, [
        shown.equity,
        shown.drawdown,
        shown.benchmark,
      ]);
    }
    case 'look':
      return answer({ type: 'values', bar: data.bar, values: valuesAt(data.bar, data.call) });
    case 'series':
      return answer({ type: 'series', series: data.nodes.map(seriesOf) });
    case 'sparks':
      return answer({ type: 'sparks', sparks: sparksOf(data.nodes, data.span) });
    case 'story':
      return answer({ type: 'story', story: storyOf(data.of) });
  }
});

/** Curves with a value a bar of the market: none at those before the first that is traded. */
function overAllBars(result: BacktestResult, from: number): BacktestResult {
  if (from === 0) return result;
  const padded = (curve: Float64Array): Float64Array => {
    const whole = new Float64Array(from + curve.length).fill(Number.NaN);
    whole.set(curve, from);
    return whole;
  };
  const { equity, drawdown, benchmark } = result;
  return { ...result, equity: padded(equity), drawdown: padded(drawdown), benchmark: padded(benchmark) };
}

/** Of a call its first result is known, as the node that the call is. */
const outputsOf = (formula: Formula, node: NodeId) =>
  formula.nodes[node]?.block === 'call' ? CALLED : (findBlock(formula.nodes[node]?.block ?? '')?.outputs ?? []);

const CALLED = [{ name: 'value' }];

function valuesAt(bar: number, call: NodeId | null): NodeValues {
  const values = new Map<NodeId, readonly number[]>();
  if (!last) return values;
  const { formula, series } = last;
  for (const node of Object.keys(formula.nodes)) {
    const outputs = outputsOf(formula, node);
    if (outputs.length > 0)
      values.set(
        node,
        outputs.map(({ name }) => valueAt(series(node, name), bar)),
      );
  }
  if (call !== null) for (const [node, value] of valuesInCall(last, bar, call)) values.set(node, value);
  return values;
}

function valuesInCall({ formula, series }: Shown, bar: number, call: NodeId): Map<NodeId, readonly number[]> {
  const expansion = expand(formula);
  const values = new Map<NodeId, readonly number[]>();
  for (const [id, found] of nodesInCall(formula, expansion, call)) {
    if ('literal' in found) {
      const { literal } = found;
      if (typeof literal !== 'string' && !Array.isArray(literal)) values.set(id, [Number(literal ?? Number.NaN)]);
    } else if (found.output !== undefined) values.set(id, [valueAt(series(found.node, found.output), bar)]);
    else {
      const outputs = outputsOf(expansion.formula, found.node);
      values.set(
        id,
        outputs.map(({ name }) => valueAt(series(found.node, name), bar)),
      );
    }
  }
  return values;
}

function valueAt(series: Float64Array | number | undefined, bar: number): number {
  return typeof series === 'number' ? series : (series?.[bar] ?? Number.NaN);
}

function seriesOf(node: NodeId): DrawnSeries {
  const outputs = last ? outputsOf(last.formula, node) : [];
  return {
    node,
    outputs: outputs.flatMap(({ name }) => {
      const values = last?.series(node, name);
      return values instanceof Float64Array ? [{ name, values }] : [];
    }),
  };
}

function sparksOf(nodes: readonly NodeId[], span: Span | null): ReadonlyMap<NodeId, Spark> {
  const sparks = new Map<NodeId, Spark>();
  if (!last) return sparks;
  for (const node of nodes) {
    const [output] = outputsOf(last.formula, node);
    const spark = output && sparkOf(last.series(node, output.name), span ?? { from: 0, to: last.length });
    if (spark) sparks.set(node, spark);
  }
  return sparks;
}

function storyOf(of: Wondered): BarStory | null {
  if (!last) return null;
  const bar = of.kind === 'bar' ? of.bar : last.story.decidingBar(of.fill);
  return bar >= 0 && bar < last.length ? last.story.at(bar) : null;
}
