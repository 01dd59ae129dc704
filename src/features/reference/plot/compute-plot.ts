import { backtest } from '#core/engine/backtest.ts';
import { evaluate } from '#core/engine/evaluate.ts';
import { DEFAULT_SETTINGS } from '#core/engine/outcome/settings.ts';
import { compile } from '#core/engine/plan/compile.ts';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { check, type Checked } from '#core/formula/check/check.ts';
import { parse } from '#core/formula/language/parse.ts';
import { isAction } from '#core/formula/language/statements.ts';
import type { Block } from '#core/formula/model/block.ts';
import type { Formula, NodeId } from '#core/formula/model/formula.ts';
import { exampleProgram, SHOWN } from '#core/formula/reference/example.ts';
import type { Bars } from '#core/market/bars.ts';
import { countConditions, countMarks, countTrades } from './counts.ts';
import { patternMarks, runsOf } from './marks.ts';
import { operandsOf } from './operands.ts';
import type { BarRange, BlockPlot, PlotLine, PlotMark } from './plot.ts';
import { sortByScale } from './scales.ts';
import { styleOf } from './style-of.ts';
import { usualWindow, windowAround } from './window.ts';

/** Evaluates the example of a block with the engine, over all bars, and decides how it is drawn. */
export function computePlot(block: Block, bars: Bars): BlockPlot {
  const formula = parse(exampleProgram(block)).formula;
  const checked = check(formula);
  const shown = block.kind === 'action' || block.kind === 'size' ? null : shownNode(formula, checked, block);
  const outputs = shown === null ? [] : Object.entries(checked.types.get(shown) ?? {});
  const roots = shown === null ? Object.keys(formula.nodes).filter((id) => isActionOf(formula, id)) : [shown];
  const operands = operandsOf(formula, checked, roots);
  const valuesOf = evaluateNodes(formula, [...(shown === null ? [] : [shown]), ...operands.map(({ id }) => id)], bars);
  const line =
    (id: NodeId, output: string, name: string) =>
    (window: BarRange): PlotLine[] => {
      const values = valuesOf(id, output);
      return values ? [{ name, values, style: styleOf(name, values, window) }] : [];
    };
  const behind = operands.map(({ id, output, label }) => line(id, output, label));
  const drawn = (lines: readonly ((window: BarRange) => PlotLine[])[], window: BarRange) =>
    sortByScale(
      lines.flatMap((make) => make(window)),
      bars,
      window,
    );

  const [first] = outputs;
  const values = shown !== null && first ? valuesOf(shown, first[0]) : undefined;
  if (shown === null) {
    const trades = tradesOf(formula, bars);
    const window = usualWindow(bars);
    const { overlays, panes } = drawn(behind, window);
    return {
      ...NOTHING,
      window,
      overlays,
      panes: [...panes, ...trades.panes],
      marks: trades.marks,
      count: trades.count,
    };
  }
  if (values && block.group === 'patterns') {
    const marks = patternMarks(values);
    return {
      ...NOTHING,
      window: windowAround(bars, marks.at(-1)?.bar ?? bars.length - 1, PATTERN_BARS),
      marks,
      reading: { name: block.name, values, isBool: false },
      count: countMarks(marks, bars.length),
    };
  }
  if (values && first?.[1] === 'series<bool>') {
    const condition = conditionPlot(values, bars);
    return { ...condition, ...drawn(behind, condition.window), reading: { name: block.name, values, isBool: true } };
  }
  const window = usualWindow(bars);
  const name = formula.nodes[shown]?.name ?? SHOWN;
  const own = outputs.map(([output]) =>
    line(shown, output, outputs.length > 1 ? output : name === SHOWN ? block.name : name),
  );
  return { ...NOTHING, window, ...drawn([...own, ...behind], window) };
}

const NOTHING: Omit<BlockPlot, 'window'> = {
  overlays: [],
  panes: [],
  marks: [],
  spans: [],
  reading: null,
  count: null,
};

/** A narrow stretch, in which candles can be made out. */
const PATTERN_BARS = 60;

/** The node of the block in its example; where it is a constant, the last statement that is none. */
function shownNode({ nodes }: Formula, { constants }: Checked, block: Block): NodeId {
  const entries = Object.entries(nodes);
  const ofBlock =
    entries.find(([, node]) => node.block === block.name && node.name === SHOWN) ??
    entries.find(([, node]) => node.block === block.name);
  const last = entries.findLast(([id, node]) => node.name !== undefined && !constants.has(id));
  return (ofBlock && !constants.has(ofBlock[0]) ? ofBlock : last)?.[0] ?? '';
}

const isActionOf = ({ nodes }: Formula, id: NodeId): boolean => {
  const node = nodes[id];
  return node !== undefined && isAction(node);
};

/** The series of some nodes, by node and output. */
function evaluateNodes(
  formula: Formula,
  ids: readonly NodeId[],
  bars: Bars,
): (id: NodeId, output: string) => Float64Array | undefined {
  const nodes = { ...formula.nodes };
  ids.forEach((id, index) => {
    const node = nodes[id];
    if (node && node.name === undefined) nodes[id] = { ...node, name: `${SHOWN}${index}` };
  });
  const plan = compile({ ...formula, nodes }, {}, { keepNamed: true });
  const series = plan.ok ? evaluate(plan.value, bars) : plan;
  return (id, output) => {
    const node = nodes[id];
    const isOneOfSeveral = (findBlock(node?.block ?? '')?.outputs.length ?? 0) > 1;
    return series.ok ? series.value.get(isOneOfSeveral ? `${node?.name}.${output}` : (node?.name ?? '')) : undefined;
  };
}

/** Runs longer than this on average are drawn as stretches of time, shorter ones as moments. */
const LONGEST_MOMENT = 2;

function conditionPlot(values: Float64Array, bars: Bars): BlockPlot {
  const { runs, bars: total } = runsOf(values);
  const usual = usualWindow(bars);
  const last = runs.at(-1);
  const isSeen = !last || runs.some((run) => run.to > usual.from && run.from < usual.to);
  const window = isSeen ? usual : windowAround(bars, last.to - 1, usual.to - usual.from);
  const isMoment = total <= LONGEST_MOMENT * runs.length;
  const count = countConditions(total, bars.length);
  return {
    ...NOTHING,
    window,
    count,
    ...(isMoment ? { marks: runs.map(({ from }) => ({ bar: from, kind: 'here' })) } : { spans: runs }),
  };
}

/** Where a strategy goes in and out, what it tells, and how much it holds. */
function tradesOf(formula: Formula, bars: Bars): Pick<BlockPlot, 'marks' | 'panes' | 'count'> {
  const plan = compile(formula);
  const result = plan.ok ? backtest(plan.value, bars, { ...DEFAULT_SETTINGS, cash: 100_000 }) : plan;
  if (!result.ok) return NOTHING;
  const { trades, signals } = result.value;
  const told = signals.filter(({ kind }) => kind === 'info').map(({ bar }): PlotMark => ({ bar, kind: 'here' }));
  const traded = trades.flatMap(({ side, entryBar, exitBar }): PlotMark[] => [
    { bar: entryBar, kind: side === 'long' ? 'up' : 'down' },
    { bar: exitBar, kind: 'out' },
  ]);
  const held = new Float64Array(bars.length);
  for (const { side, units, entryBar, exitBar } of trades)
    held.subarray(entryBar, exitBar).fill(side === 'long' ? units : -units);
  return {
    marks: [...traded, ...told],
    panes: trades.length > 0 ? [[{ name: 'units held', values: held, style: 'steps' }]] : [],
    count:
      trades.length > 0
        ? countTrades('trades', trades.length, bars.length)
        : countTrades('signals', told.length, bars.length),
  };
}
