import { Preview, type PreviewRun } from '#core/engine/preview.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import type { DrawnSeries, FromWorker, NodeValues, ToWorker } from './protocol.ts';

// The engine in a thread of its own: no edit ever waits for it.

let preview: Preview | null = null;
let last: { readonly formula: Formula; readonly series: PreviewRun['series'] } | null = null;

/** `given` are arrays that the worker needs no more: they are handed over, not copied. */
const answer = (message: FromWorker, given: readonly Float64Array[] = []): void =>
  self.postMessage(message, {
    transfer: given.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
  });

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  switch (data.type) {
    case 'bars':
      preview = new Preview(data.own, data.feeds);
      last = null;
      return;
    case 'run': {
      const since = performance.now();
      const run = preview?.run(data.formula, data.settings);
      if (!run) return;
      if (!run.ok) return answer({ type: 'problem', problem: run.error });
      const { result, series, doubts } = run.value;
      last = { formula: data.formula, series };
      return answer({ type: 'ran', result, doubts, milliseconds: performance.now() - since }, [
        result.equity,
        result.drawdown,
        result.benchmark,
      ]);
    }
    case 'look':
      return answer({ type: 'values', bar: data.bar, values: valuesAt(data.bar) });
    case 'series':
      return answer({ type: 'series', series: seriesOf(data.node) });
  }
});

/** Of a call its first result is known, as the node that the call is. */
const outputsOf = (formula: Formula, node: NodeId) =>
  formula.nodes[node]?.block === 'call' ? CALLED : (findBlock(formula.nodes[node]?.block ?? '')?.outputs ?? []);

const CALLED = [{ name: 'value' }];

function valuesAt(bar: number): NodeValues {
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
