import type { Analysis } from './analyse.ts';
import type { Block, Guarantee, KernelBlock } from './block.ts';
import { findBlock, findPort } from './catalogue.ts';
import { isSeriesPort, paramsOf } from './constants.ts';
import { contradictionAmong, MOST_FACTS, outcomeOf, type Comparison, type Fact } from './contradiction.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId } from './formula.ts';
import { ANYTHING, exactly, worst, type Interval, type Missing } from './interval.ts';
import { numberOf } from './literal.ts';
import { ValueNumbers } from './value-numbers.ts';

/** Rounding carries a value no further beyond its bounds than this part of them. */
const ROUNDING = 1e-6;

/** A fact with the node that states it, or that denies it. */
export interface Stated extends Fact {
  readonly id: NodeId;
  readonly holds: boolean;
}

const CONDITION: Interval = { min: 0, max: 1, integer: true, missing: 'never' };
const NEVER: Interval = { ...CONDITION, max: 0 };
const ALWAYS: Interval = { ...CONDITION, min: 1 };
const NUMBERLESS: Interval = { ...ANYTHING, missing: 'never' };

/**
 * What every value can be, whatever the bars and whatever the inputs within their ranges: bounds carried through the formula from what
 * blocks guarantee and literals say. All of it is so at every bar; nothing is guessed.
 */
export class PossibleValues {
  readonly numbers: ValueNumbers;
  /** Of `and`, the parts that exclude one another; of `or`, those whose opposites do, so that one of them is always true. */
  readonly clashes = new Map<NodeId, readonly Stated[]>();
  readonly #analysis: Analysis;
  readonly #ranges = new Map<NodeId, readonly Interval[]>();
  /** The node that another name stands for. */
  readonly #behindNames = new Map<NodeId, NodeId>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.numbers = new ValueNumbers(analysis.graph);
    for (const { id, node, block } of analysis.graph.sorted) {
      if (!block) continue;
      const x = node.args['x'];
      if (block.kind === 'value' && isRef(x)) this.#behindNames.set(id, this.#behind(x.from));
      this.#ranges.set(id, this.#node(id, node, block));
    }
  }

  /** Bounds of what an argument gives. */
  range(arg: Arg | undefined): Interval {
    if (!isRef(arg)) return rangeOfLiteral(arg);
    const ranges = this.#ranges.get(arg.from);
    if (!ranges) return ANYTHING;
    const index = arg.output === undefined || ranges.length === 1 ? 0 : this.#analysis.graph.find(arg.from)?.block?.outputs.findIndex(({ name }) => name === arg.output);
    return ranges[index ?? 0] ?? ANYTHING;
  }

  /** What is the case whenever a condition is true. */
  implied(node: FormulaNode, block: KernelBlock): Comparison[] {
    const term = (port: string) => {
      const arg = node.args[port] ?? findPort(block, port)?.default;
      return { value: this.numbers.of(arg), range: this.range(arg) };
    };
    return (block.implies ?? []).map(([left, relation, right]) => ({ left: term(left), relation, right: term(right) }));
  }

  #node(id: NodeId, node: FormulaNode, block: Block): readonly Interval[] {
    if (block.kind === 'input') return [rangeOfInput(node)];
    if (block.kind === 'value') return [this.range(node.args['x'])];
    if (block.kind !== 'kernel') return block.outputs.map((output) => guaranteed(output, 'anywhere'));
    if (block.implies) return [truthOf(this.implied(node, block), block.pointwise === true)];
    if (block.name === 'and' || block.name === 'or') return [this.#connective(id, node, block)];
    const missing = this.#missing(node, block);
    return block.outputs.map((output, index) => {
      if (output.type === 'series<bool>' && !block.bounds) return CONDITION;
      const known = guaranteed(output, missing);
      return index > 0 ? known : (this.#constant(node, block) ?? this.#narrowed(node, block, known));
    });
  }

  #connective(id: NodeId, node: FormulaNode, block: KernelBlock): Interval {
    const known = this.#narrowed(node, block, CONDITION);
    if ([node.args['a'], node.args['b']].some((part) => this.#isSettled(part))) return known;
    const isAnd = block.name === 'and';
    const core = contradictionAmong(this.#factsOf(id, isAnd));
    if (!core || core.length < 2) return known;
    const missing = missingIn(core.flatMap(({ comparisons }) => comparisons));
    // Where `na` has a meaning, conditions may be there to ask for it.
    if (isAnd || missing !== 'anywhere') this.clashes.set(id, core);
    if (isAnd) return { ...known, max: 0 };
    return missing === 'never' ? { ...known, min: 1 } : known;
  }

  #isSettled(arg: Arg | undefined): boolean {
    const { min, max } = this.range(arg);
    return min === max || (isRef(arg) && this.clashes.has(this.#behind(arg.from)));
  }

  #behind(id: NodeId): NodeId {
    return this.#behindNames.get(id) ?? id;
  }

  /** What is the case when a condition is true, or is not: taken apart at `and`, `or` and `not` as far as that leaves no choice. */
  #factsOf(start: NodeId, holds: boolean): Stated[] {
    const facts: Stated[] = [];
    const open: [NodeId, boolean][] = [[start, holds]];
    const push = (arg: Arg | undefined, isTrue: boolean) => {
      if (isRef(arg)) open.push([this.#behind(arg.from), isTrue]);
    };
    for (let next = open.pop(); next && facts.length < MOST_FACTS && open.length < MOST_FACTS; next = open.pop()) {
      const [id, isTrue] = next;
      const node = this.#analysis.graph.find(id)?.node;
      if (!node) continue;
      if (node.block === 'not') push(node.args['x'], !isTrue);
      else if (node.block === (isTrue ? 'and' : 'or')) {
        push(node.args['b'], isTrue);
        push(node.args['a'], isTrue);
      } else {
        facts.push({ id, holds: isTrue, condition: { value: this.numbers.of({ from: id }), holds: isTrue }, comparisons: this.#comparisonsOf(node, isTrue, holds) });
      }
    }
    return facts;
  }

  /** That a comparison is not true says that its opposite is, but for `na`: of `and` that has to be proven, of `or` it is told beside it. */
  #comparisonsOf(node: FormulaNode, isTrue: boolean, needsProof: boolean): Comparison[] {
    const block = findBlock(node.block);
    if (block?.kind !== 'kernel') return [];
    const comparisons = this.implied(node, block);
    if (isTrue) return comparisons;
    const [only] = comparisons;
    return block.pointwise && only && comparisons.length === 1 && (!needsProof || isKnown(only)) ? [negated(only)] : [];
  }

  #narrowed(node: FormulaNode, block: KernelBlock, known: Interval): Interval {
    const bounds = block.bounds?.((port) => this.range(node.args[port] ?? findPort(block, port)?.default));
    return bounds ? { min: Math.max(bounds.min, known.min), max: Math.min(bounds.max, known.max), integer: bounds.integer || known.integer, missing: bounds.missing } : known;
  }

  /** What a pointwise block makes of values that are all known. */
  #constant(node: FormulaNode, block: KernelBlock): Interval | null {
    if (!block.pointwise || block.reads) return null;
    const values: number[] = [];
    for (const port of block.inputs) {
      const { min, max, missing } = this.range(node.args[port.name] ?? port.default);
      if (!isSeriesPort(port.type) || min !== max || missing !== 'never') return null;
      values.push(min);
    }
    const out = new Float64Array(1);
    block.kernel.stream(paramsOf(block, node, this.#analysis.constants)).step(Float64Array.from(values), out);
    return exactly(out[0] ?? Number.NaN);
  }

  #missing(node: FormulaNode, block: KernelBlock): Missing {
    if (block.syntax?.kind === 'name') return 'never';
    if (block.pointwise) return 'anywhere';
    return worst(['early', ...block.inputs.flatMap((port) => (isSeriesPort(port.type) ? [this.range(node.args[port.name] ?? port.default).missing] : []))]);
  }
}

function rangeOfLiteral(literal: Literal | undefined): Interval {
  if (typeof literal === 'boolean') return exactly(Number(literal));
  const number = numberOf(literal);
  return number === undefined ? (typeof literal === 'string' ? NUMBERLESS : ANYTHING) : exactly(number);
}

/** An input may be set to anything that its declaration allows. */
function rangeOfInput({ args }: FormulaNode): Interval {
  const { value, options } = args;
  if (typeof value === 'boolean') return CONDITION;
  const literal = (arg: Arg | undefined): number | undefined => (arg === undefined || arg === null || isRef(arg) ? undefined : numberOf(arg));
  if (literal(value) === undefined) return NUMBERLESS;
  const allowed = Array.isArray(options) ? options.map((option) => literal(option) ?? Number.NaN) : [];
  if (allowed.length > 0 && !allowed.some(Number.isNaN)) return { min: Math.min(...allowed), max: Math.max(...allowed), integer: allowed.every(Number.isInteger), missing: 'never' };
  return { min: literal(args['min']) ?? -Infinity, max: literal(args['max']) ?? Infinity, integer: false, missing: 'never' };
}

function guaranteed({ min, max, integer, rounded }: Guarantee, missing: Missing): Interval {
  const slack = rounded ? ROUNDING * Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)) : 0;
  return { min: (min ?? -Infinity) - slack, max: (max ?? Infinity) + slack, integer: integer === true, missing };
}

const NEGATIONS = { '<': '<=', '<=': '<', '==': '!=', '!=': '==' } as const;

/** What is the case when a comparison of two numbers is not. */
function negated({ left, relation, right }: Comparison): Comparison {
  const isOrder = relation === '<' || relation === '<=';
  return { left: isOrder ? right : left, relation: NEGATIONS[relation], right: isOrder ? left : right };
}

/** Where either side of any of them may be missing. */
export const missingIn = (comparisons: readonly Comparison[]): Missing => worst(comparisons.flatMap(({ left, right }) => [left.range.missing, right.range.missing]));

const isKnown = ({ left, right }: Comparison): boolean => left.range.missing === 'never' && right.range.missing === 'never';

function truthOf(comparisons: readonly Comparison[], isDefinition: boolean): Interval {
  const outcomes = comparisons.map(outcomeOf);
  const isNever = outcomes.some(({ isPossible }) => !isPossible) || (comparisons.length > 1 && contradictionAmong<Fact>([{ comparisons }]) !== null);
  const isAlways = isDefinition && comparisons.every(isKnown) && outcomes.every(({ isCertain }) => isCertain);
  return isNever ? NEVER : isAlways ? ALWAYS : CONDITION;
}
