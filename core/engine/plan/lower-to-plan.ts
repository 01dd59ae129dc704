import { argumentOf, findBlock } from '#core/formula/blocks/catalogue.ts';
import type { Analysis } from '#core/formula/facts/analyse.ts';
import { constantOf, isSeriesPort, paramsOf, toNumber } from '#core/formula/facts/constants.ts';
import { numberOf } from '#core/formula/language/literal.ts';
import { sourcesOf } from '#core/formula/language/statements.ts';
import type { BarSource, KernelBlock, Port } from '#core/formula/model/block.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import { BAR_COLUMNS, type BarColumn, type Timeframe } from '#core/market/bars.ts';
import { parseTimeframe } from '#core/market/timeframe.ts';
import { lowerAction, type ActionSource } from './lower-action.ts';
import type { Clock, Operand, Plan, PositionValue, Step } from './plan.ts';

export interface CompileOptions {
  /** Computes every named statement, not only what the actions need: for `evaluate`. */
  readonly keepNamed?: boolean;
  /** Computes every node, and names its outputs by `outputKey`: for the preview. */
  readonly keepNodes?: boolean;
}

/** An operand with the clock it ticks on (null: a constant, on none), and whether it depends on the position. */
interface Value {
  readonly operand: Operand;
  readonly clock: number | null;
  readonly ofPosition: boolean;
}

const MISSING: Value = { operand: { kind: 'constant', value: Number.NaN }, clock: null, ofPosition: false };
const FEED_OUTPUTS: readonly BarColumn[] = ['open', 'high', 'low', 'close', 'volume'];

/** A checked formula as a plan. */
export function lowerToPlan(formula: Formula, analysis: Analysis, warmUp: number, options: CompileOptions): Plan {
  return new PlanBuilder(formula, analysis).build(warmUp, options);
}

/** The name of a node's output in a plan that keeps all nodes. */
export const outputKey = (id: NodeId, output: string): string => `${id} ${output}`;

class PlanBuilder {
  readonly #formula: Formula;
  readonly #analysis: Analysis;
  readonly #clocks: Clock[] = [{ symbol: null, timeframe: null }];
  readonly #steps: Step[] = [];
  readonly #positionSteps: Step[] = [];
  #columnCount = 0;
  /** Steps by what they compute: equal ones are computed once. */
  readonly #shared = new Map<string, readonly Value[]>();
  /** The values of each node, one an output. */
  readonly #values = new Map<NodeId, readonly Value[]>();

  constructor(formula: Formula, analysis: Analysis) {
    this.#formula = formula;
    this.#analysis = analysis;
  }

  build(warmUp: number, { keepNamed = false, keepNodes = false }: CompileOptions): Plan {
    const nodes = Object.entries(this.#formula.nodes);
    const isKept = (node: FormulaNode): boolean => keepNodes || (keepNamed && node.name !== undefined);
    const roots = nodes
      .filter(([, node]) => findBlock(node.block)?.kind === 'action' || isKept(node))
      .map(([id]) => id);
    const needed = this.#upstream(roots);
    for (const id of this.#analysis.order) {
      const node = this.#formula.nodes[id];
      if (node && needed.has(id)) this.#values.set(id, this.#node(id, node));
    }
    const source: ActionSource = {
      formula: this.#formula,
      analysis: this.#analysis,
      operandOf: (arg) => this.#onOwnClock(this.#arg(arg)).operand,
    };
    const actions = nodes.flatMap(([id, node]) =>
      findBlock(node.block)?.kind === 'action' ? [lowerAction(id, node, source)] : [],
    );
    const named = keepNodes ? this.#outputs(nodes) : keepNamed ? this.#named(nodes) : new Map<string, Operand>();
    return {
      formula: this.#formula,
      clocks: this.#clocks,
      steps: this.#steps,
      positionSteps: this.#positionSteps,
      columnCount: this.#columnCount,
      actions,
      named,
      warmUp,
    };
  }

  #upstream(roots: readonly NodeId[]): Set<NodeId> {
    const needed = new Set(roots);
    for (const id of needed) {
      const node = this.#formula.nodes[id];
      if (node) for (const from of sourcesOf(node)) needed.add(from);
    }
    return needed;
  }

  #named(nodes: readonly (readonly [NodeId, FormulaNode])[]): Map<string, Operand> {
    const named = new Map<string, Operand>();
    for (const [id, { name, block }] of nodes) {
      const outputs = findBlock(block)?.outputs ?? [];
      if (name === undefined) continue;
      outputs.forEach((output, index) => {
        const value = this.#values.get(id)?.[index];
        if (value?.operand.kind === 'column')
          named.set(outputs.length > 1 ? `${name}.${output.name}` : name, this.#onOwnClock(value).operand);
      });
    }
    return named;
  }

  #outputs(nodes: readonly (readonly [NodeId, FormulaNode])[]): Map<string, Operand> {
    return new Map(
      nodes.flatMap(([id, { block }]) =>
        (findBlock(block)?.outputs ?? []).flatMap((output, index): [string, Operand][] => {
          const value = this.#values.get(id)?.[index];
          return value ? [[outputKey(id, output.name), this.#onOwnClock(value).operand]] : [];
        }),
      ),
    );
  }

  #node(id: NodeId, node: FormulaNode): readonly Value[] {
    const block = findBlock(node.block);
    const constant = this.#analysis.constants.get(id);
    if (constant !== undefined) return [{ ...MISSING, operand: { kind: 'constant', value: toNumber(constant) } }];
    switch (block?.kind) {
      case 'value':
        return [this.#arg(node.args['x'])];
      case 'feed': {
        const clock = this.#clock(node);
        return FEED_OUTPUTS.map((source) => this.#bars(clock, source));
      }
      case 'position':
        return block.outputs.map((output) =>
          this.#position(node.block === 'position' ? (output.name as PositionValue) : (node.block as PositionValue)),
        );
      case 'kernel':
        return this.#kernel(block, node);
      default:
        return [];
    }
  }

  #clock(feed: FormulaNode): number {
    const symbol = textOf(constantOf(feed.args['symbol'], this.#analysis.constants, true));
    const text = textOf(constantOf(feed.args['timeframe'], this.#analysis.constants, true));
    const timeframe: Timeframe | null = text === null ? null : parseTimeframe(text);
    const known = this.#clocks.findIndex((clock) => clock.symbol === symbol && clock.timeframe === timeframe);
    return known >= 0 ? known : this.#clocks.push({ symbol, timeframe }) - 1;
  }

  #column(): number {
    this.#columnCount += 1;
    return this.#columnCount - 1;
  }

  /** The values of a step, computed once however often they are asked for. */
  #once(key: string, make: () => readonly Value[]): readonly Value[] {
    const known = this.#shared.get(key);
    if (known) return known;
    const values = make();
    this.#shared.set(key, values);
    return values;
  }

  #single(key: string, make: () => Value): Value {
    return this.#once(key, () => [make()])[0] ?? MISSING;
  }

  #bars(clock: number, source: BarSource): Value {
    return this.#single(`bars ${clock} ${source}`, () => {
      const output = this.#column();
      this.#steps.push({ kind: 'bars', clock, source, output });
      return { operand: { kind: 'column', column: output }, clock, ofPosition: false };
    });
  }

  #position(value: PositionValue): Value {
    return this.#single(`position ${value}`, () => {
      const output = this.#column();
      this.#positionSteps.push({ kind: 'position', clock: 0, value, output });
      return { operand: { kind: 'column', column: output }, clock: 0, ofPosition: true };
    });
  }

  #onOwnClock(value: Value): Value {
    const { operand, clock } = value;
    if (clock === null || clock === 0 || operand.kind === 'constant') return value;
    return this.#single(`align ${operand.column}`, () => {
      const output = this.#column();
      this.#steps.push({ kind: 'align', clock, operand: operand.column, output });
      return { operand: { kind: 'column', column: output }, clock: 0, ofPosition: false };
    });
  }

  #kernel(block: KernelBlock, node: FormulaNode): readonly Value[] {
    const column = BAR_COLUMNS.find((name) => name === block.name);
    // `close` is the column of the bars itself, not a copy of it.
    if (column !== undefined) return [this.#bars(0, column)];
    const feed = node.args['feed'];
    const feedNode = isRef(feed) ? this.#formula.nodes[feed.from] : undefined;
    const readClock = feedNode && findBlock(feedNode.block)?.kind === 'feed' ? this.#clock(feedNode) : 0;
    const given = [
      ...(block.reads ?? []).map((source) => this.#bars(readClock, source)),
      ...block.inputs.filter(({ type }) => isSeriesPort(type)).map((port) => this.#port(node, port)),
    ];
    // A block runs on the clock of its inputs; where two meet, on the strategy's own.
    const clocks = new Set(given.flatMap((value) => value.clock ?? []));
    const [only] = clocks;
    const clock = clocks.size === 1 ? (only ?? 0) : 0;
    const values = clock === 0 ? given.map((value) => this.#onOwnClock(value)) : given;
    const params = paramsOf(block, node, this.#analysis.constants);
    const operands = values.map(({ operand }) => (operand.kind === 'column' ? `#${operand.column}` : operand.value));
    const key = `${block.name} ${clock} ${JSON.stringify(params)} ${operands.join(' ')}`;
    return this.#once(key, () => {
      const ofPosition = values.some((value) => value.ofPosition);
      const outputs = block.outputs.map(() => this.#column());
      const step: Step = {
        kind: 'kernel',
        clock,
        block,
        params,
        operands: values.map(({ operand }) => operand),
        outputs,
      };
      (ofPosition ? this.#positionSteps : this.#steps).push(step);
      return outputs.map((column) => ({ operand: { kind: 'column', column }, clock, ofPosition }));
    });
  }

  #port(node: FormulaNode, port: Port): Value {
    return this.#arg(argumentOf(node, port));
  }

  #arg(arg: Arg | undefined): Value {
    if (!isRef(arg))
      return {
        ...MISSING,
        operand: { kind: 'constant', value: typeof arg === 'boolean' ? Number(arg) : (numberOf(arg) ?? Number.NaN) },
      };
    const values = this.#values.get(arg.from);
    const outputs = findBlock(this.#formula.nodes[arg.from]?.block ?? '')?.outputs ?? [];
    const index = arg.output === undefined ? 0 : outputs.findIndex((output) => output.name === arg.output);
    return values?.[index] ?? MISSING;
  }
}

const textOf = (constant: unknown): string | null => (typeof constant === 'string' ? constant : null);
