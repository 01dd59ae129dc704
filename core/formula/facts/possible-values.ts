import { argumentOf, findPort } from '../blocks/catalogue.ts';
import { numberOf } from '../language/literal.ts';
import type { Block, Guarantee, KernelBlock, Output } from '../model/block.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId } from '../model/formula.ts';
import { ANYTHING, exactly, isEmpty, worst, type Interval, type Missing } from '../model/interval.ts';
import type { Analysis } from './analyse.ts';
import { isSeriesPort, paramsOf } from './constants.ts';
import { contradictionAmong, outcomeOf, type Comparison, type Fact } from './contradiction.ts';
import { behindNames, clashWithin, type Stated } from './facts.ts';
import type { Vertex } from './graph.ts';
import { neverAbove, type KnownOrder } from './known-order.ts';
import { ValueNumbers } from './value-numbers.ts';

/** What is certain of a condition: it is never true, or always but where it compares what is missing. */
export interface Verdict {
  readonly kind: 'never' | 'always';
  readonly missing: Missing;
  /** Of `and` and `or`: the parts that decide it. */
  readonly core?: readonly Stated[];
}

/** Rounding carries a value no further beyond its bounds than this part of them. */
const ROUNDING = 1e-6;

const CONDITION: Interval = { min: 0, max: 1, integer: true, missing: 'never' };
const NEVER: Interval = { ...CONDITION, max: 0 };
const ALWAYS: Interval = { ...CONDITION, min: 1 };
const NUMBERLESS: Interval = { ...ANYTHING, missing: 'never' };

/**
 * What every value can be, whatever the bars and whatever the inputs within their ranges: bounds carried through the
 * formula from what blocks guarantee and literals say. All of it is so at every bar; nothing is guessed.
 */
export class PossibleValues {
  readonly numbers: ValueNumbers;
  readonly verdicts = new Map<NodeId, Verdict>();
  readonly #analysis: Analysis;
  /** By the places of vertices. */
  readonly #ranges: (Interval | readonly Interval[] | undefined)[];
  /**
   * By the places of vertices, 1: what may run on another clock is missing, conditions too, until a bar of that clock
   * has closed.
   */
  readonly #fed: Uint8Array;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
    this.numbers = new ValueNumbers(analysis.graph);
    this.#ranges = new Array<Interval | undefined>(analysis.graph.vertices.length);
    this.#fed = new Uint8Array(analysis.graph.vertices.length);
    for (const vertex of analysis.graph.sorted) {
      if (!vertex.block) continue;
      if (vertex.block.kind === 'feed') this.#fed[vertex.index] = 1;
      for (const source of vertex.sources) if (this.#isFed(source)) this.#fed[vertex.index] = 1;
      const ranges = this.#vertex(vertex, vertex.block);
      this.#ranges[vertex.index] = this.#isFed(vertex) ? anywhere(ranges) : ranges;
    }
  }

  #isFed({ index }: Vertex): boolean {
    return this.#fed[index] === 1;
  }

  /** Bounds of what an argument gives. */
  range(arg: Arg | undefined): Interval {
    if (!isRef(arg)) return rangeOfLiteral(arg);
    const vertex = this.#analysis.graph.find(arg.from);
    const ranges = this.#ranges[vertex?.index ?? -1] ?? ANYTHING;
    if ('min' in ranges) return ranges;
    const index = arg.output === undefined ? 0 : vertex?.block?.outputs.findIndex(({ name }) => name === arg.output);
    return ranges[index ?? 0] ?? ANYTHING;
  }

  /** What is the case whenever a condition is true. */
  implied(node: FormulaNode, block: KernelBlock): Comparison[] {
    const term = (port: string) => {
      const arg = argOf(node, block, port);
      return { value: this.numbers.of(arg), range: this.range(arg) };
    };
    return (block.implies ?? []).map(([left, relation, right]) => ({ left: term(left), relation, right: term(right) }));
  }

  #vertex(vertex: Vertex, block: Block): Interval | readonly Interval[] {
    const { node } = vertex;
    if (block.kind === 'input') return rangeOfInput(node);
    if (block.kind === 'value') return this.range(node.args['x']);
    if (block.kind !== 'kernel') return block.outputs.map((output) => guaranteed(output, 'anywhere'));
    if (block.implies) return this.#comparison(vertex, block);
    if (block.name === 'and' || block.name === 'or') return this.#connective(vertex, block);
    const inputs = block.inputs.map((port) => this.range(argumentOf(node, port)));
    const missing = missingOf(block, inputs);
    const first = this.#constant(node, block, inputs) ?? narrowed(block, inputs, guaranteed(block.outputs[0], missing));
    return block.outputs.length === 1
      ? first
      : [first, ...block.outputs.slice(1).map((output) => guaranteed(output, missing))];
  }

  #comparison(vertex: Vertex, block: KernelBlock): Interval {
    const { node } = vertex;
    let isPossible = true;
    let isCertain = block.pointwise === true;
    let missing: Missing = 'never';
    for (const [left, relation, right] of block.implies ?? []) {
      const [a, b] = [argOf(node, block, left), argOf(node, block, right)];
      const [rangeA, rangeB] = [this.range(a), this.range(b)];
      const isSame = this.numbers.areSame(a, b);
      const outcome = isSame
        ? { isPossible: ofEquals(relation), isCertain: ofEquals(relation) }
        : this.#byOrder(a, relation, b, outcomeOf(rangeA, relation, rangeB));
      isPossible &&= outcome.isPossible && !isEmpty(rangeA) && !isEmpty(rangeB);
      isCertain &&= outcome.isCertain;
      missing = worst([missing, rangeA.missing, rangeB.missing]);
    }
    if ((block.implies?.length ?? 0) > 1)
      isPossible &&= contradictionAmong<Fact>([{ comparisons: this.implied(node, block) }]) === null;
    if (!isPossible) return this.#decide(vertex, { kind: 'never', missing });
    return isCertain ? this.#decide(vertex, { kind: 'always', missing }) : CONDITION;
  }

  /** What the bounds leave open, the order of prices and of windows over them may decide. */
  #byOrder(
    a: Arg | undefined,
    relation: Comparison['relation'],
    b: Arg | undefined,
    outcome: ReturnType<typeof outcomeOf>,
  ): ReturnType<typeof outcomeOf> {
    if (!outcome.isPossible || outcome.isCertain) return outcome;
    const known = { graph: this.#analysis.graph, numbers: this.numbers };
    if (relation === '<') return { ...outcome, isPossible: neverAbove(known, b, a) === null };
    // That two are in order says nothing of whether they differ.
    return relation === '<=' ? { ...outcome, isCertain: neverAbove(known, a, b) !== null } : outcome;
  }

  /** What alone tells which of two values is never above the other; the lower one first. */
  orderOf(a: Arg | undefined, b: Arg | undefined): (KnownOrder & { readonly swapped: boolean }) | null {
    const known = { graph: this.#analysis.graph, numbers: this.numbers };
    const order = neverAbove(known, a, b);
    if (order) return { ...order, swapped: false };
    const other = neverAbove(known, b, a);
    return other && { ...other, swapped: true };
  }

  #connective(vertex: Vertex, block: KernelBlock): Interval {
    const { node } = vertex;
    const known = narrowed(
      block,
      block.inputs.map((port) => this.range(argumentOf(node, port))),
      CONDITION,
    );
    if (this.#isSettled(node.args['a']) || this.#isSettled(node.args['b'])) return known;
    const { graph } = this.#analysis;
    const clash = clashWithin(vertex, {
      graph,
      implied: ({ node: inner }, of) => this.implied(inner, of),
      numberOf: (arg) => this.numbers.of(arg),
    });
    return clash ? this.#decide(vertex, { ...clash, kind: block.name === 'and' ? 'never' : 'always' }) : known;
  }

  #decide(vertex: Vertex, verdict: Verdict): Interval {
    const missing = this.#isFed(vertex) ? 'anywhere' : verdict.missing;
    // Where `na` has a meaning (`position.bars >= 0`), the condition may be there to ask for it.
    if (verdict.kind === 'never' || missing !== 'anywhere') this.verdicts.set(vertex.id, verdict);
    if (verdict.kind === 'never') return NEVER;
    return missing === 'never' ? ALWAYS : CONDITION;
  }

  #isSettled(arg: Arg | undefined): boolean {
    const { min, max } = this.range(arg);
    return min === max || this.verdicts.has(behindNames(this.#analysis.graph, arg)?.id ?? '');
  }

  /** What a pointwise block makes of values that are all known. */
  #constant(node: FormulaNode, block: KernelBlock, inputs: readonly Interval[]): Interval | null {
    if (
      !block.pointwise ||
      block.reads ||
      !inputs.every(({ min, max, missing }) => min === max && missing === 'never') ||
      !block.inputs.every(({ type }) => isSeriesPort(type))
    )
      return null;
    const out = new Float64Array(1);
    block.kernel.stream(paramsOf(block, node, this.#analysis.constants)).step(
      Float64Array.from(inputs, ({ min }) => min),
      out,
    );
    return exactly(out[0] ?? Number.NaN);
  }
}

/** Where what a block gives may be missing, as far as that is known of all blocks. */
function missingOf({ syntax, pointwise, outputs, inputs: ports }: KernelBlock, inputs: readonly Interval[]): Missing {
  if (syntax?.kind === 'name') return outputs[0]?.mayLack ? 'early' : 'never';
  if (pointwise) return 'anywhere';
  let missing: Missing = 'early';
  for (let index = 0; index < ports.length; index += 1) {
    const input = inputs[index]?.missing ?? 'never';
    if (input !== missing && isSeriesPort(ports[index]?.type ?? '')) missing = worst([missing, input]);
  }
  return missing;
}

function narrowed({ bounds, inputs: ports }: KernelBlock, inputs: readonly Interval[], known: Interval): Interval {
  const own = bounds?.((name) => inputs[ports.findIndex((port) => port.name === name)] ?? ANYTHING);
  return own
    ? {
        min: Math.max(own.min, known.min),
        max: Math.min(own.max, known.max),
        integer: own.integer || known.integer,
        missing: own.missing,
      }
    : known;
}

const anywhere = (ranges: Interval | readonly Interval[]): Interval | readonly Interval[] =>
  'min' in ranges ? { ...ranges, missing: 'anywhere' } : ranges.map((range) => ({ ...range, missing: 'anywhere' }));

/** What a port of a node is given, by its name. */
export function argOf(node: FormulaNode, block: Block, name: string): Arg | undefined {
  const port = findPort(block, name);
  return port && argumentOf(node, port);
}

/** Whether a value compares so with itself. */
const ofEquals = (relation: Comparison['relation']): boolean => relation === '<=' || relation === '==';

function rangeOfLiteral(literal: Literal | undefined): Interval {
  if (typeof literal === 'boolean') return literal ? ALWAYS : NEVER;
  const number = numberOf(literal);
  return number === undefined ? (typeof literal === 'string' ? NUMBERLESS : ANYTHING) : exactly(number);
}

/** An input may be set to anything that its declaration allows. */
function rangeOfInput({ args }: FormulaNode): Interval {
  const { value, options } = args;
  if (typeof value === 'boolean') return CONDITION;
  const literal = (arg: Arg | undefined): number | undefined =>
    arg === undefined || arg === null || isRef(arg) ? undefined : numberOf(arg);
  if (literal(value) === undefined) return NUMBERLESS;
  const allowed = Array.isArray(options) ? options.map((option) => literal(option) ?? Number.NaN) : [];
  if (allowed.length > 0 && !allowed.some(Number.isNaN))
    return {
      min: Math.min(...allowed),
      max: Math.max(...allowed),
      integer: allowed.every(Number.isInteger),
      missing: 'never',
    };
  return {
    min: literal(args['min']) ?? -Infinity,
    max: literal(args['max']) ?? Infinity,
    integer: false,
    missing: 'never',
  };
}

const GUARANTEES = new WeakMap<Guarantee, Map<Missing, Interval>>();

/** The same object for the same output: most nodes are of few blocks. */
function guaranteed(output: Output | undefined, missing: Missing): Interval {
  if (!output) return { ...ANYTHING, missing };
  const ofOutput = GUARANTEES.get(output) ?? new Map<Missing, Interval>();
  const known = ofOutput.get(missing);
  if (known) return known;
  const fresh = output.type === 'series<bool>' ? CONDITION : boundsOf(output, missing);
  GUARANTEES.set(output, ofOutput.set(missing, fresh));
  return fresh;
}

function boundsOf({ min = -Infinity, max = Infinity, integer, rounded }: Guarantee, missing: Missing): Interval {
  const slack = rounded ? ROUNDING * Math.max(finite(min), finite(max)) : 0;
  return { min: min - slack, max: max + slack, integer: integer === true, missing };
}

const finite = (bound: number): number => (Number.isFinite(bound) ? Math.abs(bound) : 0);
