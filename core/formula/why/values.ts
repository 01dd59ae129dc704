import { findOutput } from '../blocks/catalogue.ts';
import { analyse, type Analysis } from '../facts/analyse.ts';
import { constantOf, type Constant } from '../facts/constants.ts';
import { expand, type Expansion } from '../functions/expand.ts';
import { numberOf, printLiteral } from '../language/literal.ts';
import { createNodePrinter } from '../language/print.ts';
import { isRef, nodeOf, type Arg, type Formula, type NodeId } from '../model/formula.ts';

/** The value of a node's output at a bar, by the ids of the expanded formula. Bools are 0 and 1, `na` is NaN. */
export type ValueAt = (node: NodeId, output: string, bar: number) => number;

/** Characters of an expression that stands for a value without a name. */
const LONGEST = 48;
const NUMBER = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** A formula with the values that its outputs have, as people read them. */
export class Values {
  readonly expansion: Expansion;
  readonly analysis: Analysis;
  readonly #formula: Formula;
  readonly #valueAt: ValueAt;
  readonly #clocks = new Map<NodeId, string>();
  #print: ((id: NodeId) => string) | undefined;

  constructor(formula: Formula, valueAt: ValueAt, inputs: Readonly<Record<string, Constant>> = {}) {
    this.#formula = formula;
    this.#valueAt = valueAt;
    this.expansion = expand(formula);
    this.analysis = analyse(this.expansion.formula, inputs);
    for (const id of this.analysis.order) this.#clocks.set(id, this.#clockOf(id));
  }

  of(arg: Arg | undefined, bar: number): number {
    if (!isRef(arg)) return typeof arg === 'boolean' ? Number(arg) : (numberOf(arg) ?? Number.NaN);
    return this.#valueAt(arg.from, this.outputOf(arg) ?? '', bar);
  }

  outputOf(arg: Arg | undefined): string | undefined {
    const block = isRef(arg) ? this.analysis.graph.find(arg.from)?.block : undefined;
    return isRef(arg) && block ? findOutput(block, arg.output)?.name : undefined;
  }

  isCondition(arg: Arg | undefined): boolean {
    if (!isRef(arg)) return typeof arg === 'boolean';
    const type = this.analysis.types.get(arg.from)?.[this.outputOf(arg) ?? ''];
    return type === 'bool' || type === 'series<bool>';
  }

  /** Whether a bar ago is a bar ago: what is computed on the bars of a feed has other bars. */
  isOwnClock(arg: Arg | undefined): boolean {
    return !isRef(arg) || !(this.#clocks.get(arg.from) ?? '').startsWith('feed ');
  }

  /** Bars before the first value; null where nobody can tell in the strategy's own bars. */
  warmUpOf(id: NodeId): number | null {
    return this.#clocks.get(id) === '' ? (this.analysis.warmUps.get(id) ?? null) : null;
  }

  /** The node as it is written, and the calls in which it stands. */
  written(id: NodeId): { readonly node: NodeId; readonly calls: readonly NodeId[] } {
    const origin = this.expansion.origins.get(id);
    const calls: NodeId[] = [];
    for (let call = origin?.call; call; call = call.within) calls.unshift(call.at);
    return { node: origin?.id ?? id, calls };
  }

  /** What people call a value: its name, or the expression that gives it. */
  label(arg: Arg | undefined): string {
    if (!isRef(arg)) return arg === undefined ? 'na' : printLiteral(arg);
    const name =
      nodeOf(this.#formula, this.written(arg.from).node)?.name ?? nodeOf(this.expansion.formula, arg.from)?.name;
    const text = name ?? this.expression(arg.from);
    return arg.output === undefined ? text : `${text}.${arg.output}`;
  }

  /** The expression, also of a node with a name. */
  expression(id: NodeId): string {
    this.#print ??= createNodePrinter(this.expansion.formula);
    const text = this.#print(id).replaceAll(/\s+/g, ' ');
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  }

  /** The value of an argument at a bar, as it stands on a node. */
  shown(arg: Arg | undefined, bar: number): string {
    const value = this.of(arg, bar);
    if (this.isCondition(arg)) return value === 1 ? 'true' : 'false';
    if (Number.isNaN(value)) return 'na';
    const type = isRef(arg) ? this.analysis.types.get(arg.from)?.[this.outputOf(arg) ?? ''] : undefined;
    const isPercentage = type === 'percent' || type === 'series<percent>';
    return `${NUMBER.format(isPercentage ? value * 100 : value).replace('-', '−')}${isPercentage ? '%' : ''}`;
  }

  /** `fastLine 101.2`; of what is written as a number, that number. */
  side(arg: Arg | undefined, bar: number): string {
    return isRef(arg) ? `${this.label(arg)} ${this.shown(arg, bar)}` : this.label(arg);
  }

  /** Empty: the strategy's own. As the engine has it: where two clocks meet, the strategy's own is meant. */
  #clockOf(id: NodeId): string {
    const vertex = this.analysis.graph.find(id);
    if (!vertex || this.analysis.constants.has(id)) return ANY_CLOCK;
    if (vertex.block?.kind === 'feed') {
      const { symbol, timeframe } = vertex.node.args;
      const read = (arg: Arg | undefined) => constantOf(arg, this.analysis.constants, true) ?? null;
      return `feed ${JSON.stringify([read(symbol), read(timeframe)])}`;
    }
    const clocks = new Set(
      vertex.sources.map((source) => this.#clocks.get(source.id) ?? '').filter((clock) => clock !== ANY_CLOCK),
    );
    const isFeedGiven = isRef(vertex.node.args['feed']);
    if (vertex.block?.kind === 'kernel' && vertex.block.reads && !isFeedGiven) clocks.add('');
    const [only] = clocks;
    return clocks.size === 1 ? (only ?? '') : '';
  }
}

/** Of what is the same at every bar. */
const ANY_CLOCK = 'any';
