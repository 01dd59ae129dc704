import type { AnnotationId, Frame, StickyNote } from './annotations.ts';

/** A node's name in the shared document: short, random, unique within one formula. Never shown to people. */
export type NodeId = string;

/**
 * A constant written in place of a wire. `null` is `na`. On a port of type `number` or `level` a string such as `"50%"`
 * is a percentage (0.5), kept as written. Arrays are the choices of an `input` (`of "sma", "ema"`).
 */
export type Literal = number | boolean | string | null | readonly (number | boolean | string)[];

/** A wire: the value of the node `from`, or of one of its named outputs. It is the argument of the node it enters. */
export interface Ref {
  readonly from: NodeId;
  readonly output?: string;
}

export type Arg = Literal | Ref;

/**
 * What is said of a node by being there: `spaced` that a blank line stands above the statement where code has none by
 * itself, `muted` that an action does nothing, and that another node gives what enters it.
 */
export const FLAGS = ['spaced', 'muted'] as const;

export type Flag = (typeof FLAGS)[number];

export interface FormulaNode extends Readonly<Partial<Record<Flag, true>>> {
  readonly block: string;
  /** The statement's name in code. A node without one is printed inline where it is used. */
  readonly name?: string;
  /** The comment above the statement, without `#`, lines separated by `\n`. */
  readonly comment?: string;
  readonly args: Readonly<Record<string, Arg>>;
  /** What code calls arguments otherwise than their ports are called, by port: `length` for `timePeriod`. */
  readonly words?: Readonly<Record<string, string>>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const FORMULA_FORMAT = 'alphaloom/formula@1';

/**
 * One strategy. The order of the keys of `nodes` is the order of the statements in code; `layout` places nodes on the
 * canvas and never changes meaning, and neither do `frames`, `notes` and `bends`.
 */
export interface Formula {
  readonly format: typeof FORMULA_FORMAT;
  readonly nodes: Readonly<Record<NodeId, FormulaNode>>;
  readonly layout?: Readonly<Record<NodeId, Point>>;
  /** The comment after the last statement. */
  readonly epilogue?: string;
  readonly frames?: Readonly<Record<AnnotationId, Frame>>;
  readonly notes?: Readonly<Record<AnnotationId, StickyNote>>;
  /** The points that wires are led through on the canvas, by `wireKey`. */
  readonly bends?: Readonly<Record<string, readonly Point[]>>;
}

/**
 * Formulas of more nodes than this are refused. Large strategies of people have some hundreds; with this many each step
 * of reading, checking and printing takes less than 50 ms of the thread that answers everybody.
 */
export const MOST_NODES = 5_000;

export const EMPTY_FORMULA: Formula = { format: FORMULA_FORMAT, nodes: {} };

export const isRef = (arg: Arg | undefined): arg is Ref =>
  typeof arg === 'object' && arg !== null && !Array.isArray(arg);

/**
 * The node of that id. Ids come from wires that anybody may have written: `constructor` names no node unless there is
 * one.
 */
export const nodeOf = (formula: Pick<Formula, 'nodes'>, id: NodeId): FormulaNode | undefined =>
  Object.hasOwn(formula.nodes, id) ? formula.nodes[id] : undefined;

/** What a node is given under a name that anybody may have written. */
export const argOf = ({ args }: Pick<FormulaNode, 'args'>, name: string): Arg | undefined =>
  Object.hasOwn(args, name) ? args[name] : undefined;

/** The flags of a node. */
export const flagsOf = (node: Partial<Record<Flag, unknown>> | undefined): Partial<Record<Flag, true>> =>
  Object.fromEntries(FLAGS.flatMap((flag) => (node?.[flag] === true ? [[flag, true]] : [])));

/** Whether two nodes call their arguments the same. */
export function sameWords(a: FormulaNode['words'], b: FormulaNode['words']): boolean {
  const [ours, theirs] = [Object.entries(a ?? {}), Object.keys(b ?? {})];
  return ours.length === theirs.length && ours.every(([port, word]) => b?.[port] === word);
}

/** Where that node stands, if it is said. */
export const pointOf = ({ layout }: Pick<Formula, 'layout'>, id: NodeId): Point | undefined =>
  layout && Object.hasOwn(layout, id) ? layout[id] : undefined;
