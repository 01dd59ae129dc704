import { findBlock } from '../blocks/catalogue.ts';
import { calleeOf, functionsOf, resultName, SCOPE, scopeOf, type FunctionParts } from '../language/functions.ts';
import { isMuted } from '../language/statements.ts';
import {
  argOf,
  isRef,
  MOST_NODES,
  nodeOf,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Ref,
} from '../model/formula.ts';
import { natureOf } from './kind-of.ts';

/**
 * Where a node of an expanded formula comes from: the node that is written, and the call in which it stands, which may
 * be such a node itself.
 */
export interface Origin {
  readonly id: NodeId;
  /** The call in the expanded formula; left out of what stands in no function. */
  readonly call?: Call;
}

/** One call of a function, or what stands for a call of a function that nobody calls. */
export interface Call {
  readonly id: NodeId;
  /** The call as it is written. */
  readonly at: NodeId;
  /** How many calls it stands in, itself included. */
  readonly depth: number;
  readonly callee: NodeId;
  /** In which the call stands. */
  readonly within?: Call;
}

export interface Expansion {
  /** The formula without functions: what they are made of stands wherever they are called. */
  readonly formula: Formula;
  /** By the nodes that come from functions. A call itself has the id of the first of its results. */
  readonly origins: ReadonlyMap<NodeId, Origin>;
  /** What calls outside of functions give that give several values, by their names. */
  readonly results: ReadonlyMap<NodeId, ReadonlyMap<string, Arg>>;
  /** Calls, as they are written, that are left out, and why. */
  readonly refused: ReadonlyMap<NodeId, Refusal>;
  /** What a parameter is in one call: a literal, or a wire from a node of the expanded formula. */
  given(call: NodeId, param: NodeId): Arg | undefined;
}

/** A function calls itself; a formula may not have so many nodes; calls lie within one another too deep. */
export type Refusal = 'recursion' | 'size' | 'depth';

/** Calls within one another. Bounds the stack. */
const DEEPEST_CALLS = 50;

const NOTHING: Omit<Expansion, 'formula'> = {
  origins: new Map(),
  results: new Map(),
  refused: new Map(),
  given: () => undefined,
};

/**
 * Writes functions out where they are called, and what is muted as what it gives: the engine, and what is said of
 * values, know nothing of these. Of a formula without any it is the same.
 */
export function expand(formula: Formula): Expansion {
  const functions = functionsOf(formula);
  const isPlain =
    functions.size === 0 && !Object.values(formula.nodes).some((node) => node.block === 'call' || isMuted(node));
  return !isPlain ? new Expanding(formula, functions).run() : { formula, ...NOTHING };
}

type Args = Readonly<Record<string, Arg>>;

/** A node, and that of which it is a copy. */
interface Copied {
  readonly id: NodeId;
  readonly at: NodeId;
}

/** With what a node is written, and in which call. */
interface Place {
  readonly args: Args;
  readonly within: Call | undefined;
}

/** What a node of a function is in one call. */
type Copy = (arg: Arg) => Arg | undefined;

class Expanding {
  readonly #formula: Formula;
  readonly #functions: ReadonlyMap<NodeId, FunctionParts>;
  readonly #nodes = new Map<NodeId, FormulaNode>();
  readonly #origins = new Map<NodeId, Origin>();
  readonly #refused = new Map<NodeId, Refusal>();
  /** The outputs of calls, by call and name, in the order of the code. */
  readonly #results = new Map<NodeId, ReadonlyMap<string, Arg | undefined>>();
  /** What wires from outputs of calls lead from, of those that results and arguments share. */
  readonly #led = new Map<Arg | undefined, Arg | undefined>();
  readonly #muted = new Set<NodeId>();
  /** What parameters are given, by call. */
  readonly #params = new Map<NodeId, ReadonlyMap<NodeId, Arg | undefined>>();
  /** Calls that are themselves the node of their first result. */
  readonly #rooted = new Set<NodeId>();
  #left = MOST_NODES;

  constructor(formula: Formula, functions: ReadonlyMap<NodeId, FunctionParts>) {
    this.#formula = formula;
    this.#functions = functions;
  }

  run(): Expansion {
    const own = Object.entries(this.#formula.nodes).filter(
      ([, node]) => node.block !== 'fn' && scopeOf(this.#formula, node) === undefined,
    );
    this.#left -= own.length;
    for (const [id, node] of own) this.#write({ id, at: id }, node, undefined);
    const nodes = [...this.#nodes].map(([id, node]): [NodeId, FormulaNode] => [id, this.#resolved(node)]);
    return {
      formula: { ...this.#formula, nodes: Object.fromEntries(nodes) },
      origins: this.#origins,
      results: new Map(own.flatMap(([id]) => this.#given(id))),
      refused: this.#refused,
      given: (call, param) => this.#resolve(this.#params.get(call)?.get(param)),
    };
  }

  #given(id: NodeId): [NodeId, ReadonlyMap<string, Arg>][] {
    const given = [...(this.#results.get(id) ?? [])].flatMap(([name, arg]): [string, Arg][] => {
      const resolved = this.#resolve(arg);
      return resolved === undefined ? [] : [[name, resolved]];
    });
    return given.length > 1 ? [[id, new Map(given)]] : [];
  }

  /** `copy` gives what an argument is in the call; undefined outside of functions. */
  #write(
    { id, at }: Copied,
    node: FormulaNode,
    within: { readonly call: Call; readonly copy: Copy } | undefined,
  ): void {
    const args = within ? copied(node.args, within.copy) : node.args;
    if (isMuted(node)) return this.#mute({ id, at }, node, { args, within: within?.call });
    if (node.block === 'call') return this.#call({ id, at }, node, { args, within: within?.call });
    const { [SCOPE]: _scope, ...own } = args;
    const { name: _name, comment: _comment, ...bare } = node;
    this.#nodes.set(id, within ? { ...bare, args: own } : { ...node, args: own });
  }

  /**
   * An action goes. What is muted beside gives the first of its arguments that is such as it gives itself; else it is
   * missing, or false.
   */
  #mute({ id, at }: Copied, node: FormulaNode, { args, within }: Place): void {
    const block = findBlock(node.block);
    if (block?.kind === 'action') return;
    const gives = block?.outputs[0]?.type ?? 'any';
    const port = block?.inputs.find(({ name, type }) => args[name] !== undefined && (type === gives || type === 'any'));
    const x =
      node.block === 'call'
        ? this.#passed(at, { args, within })
        : ((port && args[port.name]) ?? (gives === 'series<bool>' ? false : null));
    this.#muted.add(id);
    this.#nodes.set(id, {
      block: 'value',
      ...(within || node.name === undefined ? {} : { name: node.name }),
      args: { x },
    });
  }

  /**
   * What a muted call gives, which knows of no ports: in the order of the parameters, what moves before what stands
   * still.
   */
  #passed(at: NodeId, { args, within }: Place): Arg {
    const node = nodeOf(this.#formula, at) ?? { block: '', args: {} };
    const { kind } = natureOf(this.#formula, { from: at }, within);
    const params = this.#functions.get(calleeOf(this.#formula, node) ?? '')?.params ?? [];
    const fitting = params.flatMap((param) => {
      const name = nodeOf(this.#formula, param)?.name ?? '';
      const written = argOf(node, name);
      const [given, nature] = [argOf({ args }, name), natureOf(this.#formula, written, within)];
      return given !== undefined && (kind === null || nature.kind === kind) ? [{ given, nature }] : [];
    });
    const passed = fitting.find(({ nature }) => nature.moves) ?? fitting[0];
    return passed?.given ?? (kind === 'bool' ? false : null);
  }

  #call({ id, at }: Copied, node: FormulaNode, { args, within }: Place): void {
    const callee = calleeOf(this.#formula, node);
    const parts = this.#functions.get(callee ?? '');
    const about = within || node.name === undefined ? {} : { name: node.name };
    if (!parts || callee === undefined) return void this.#nodes.set(id, { block: 'value', ...about, args: {} });
    const call: Call = { id, at, callee, depth: (within?.depth ?? 0) + 1, ...(within ? { within } : {}) };
    const why = this.#whyNot(call, parts);
    if (why !== null) {
      this.#refused.set(at, why);
      this.#nodes.set(id, { block: 'value', ...about, args: { x: null } });
      return;
    }
    this.#left -= nodesOf(parts);
    this.#body(call, parts, { args, about });
  }

  #whyNot({ callee, depth, within }: Call, parts: FunctionParts): Refusal | null {
    if (isWithin(callee, within)) return 'recursion';
    if (depth > DEEPEST_CALLS) return 'depth';
    return this.#left < nodesOf(parts) ? 'size' : null;
  }

  #body(
    call: Call,
    parts: FunctionParts,
    { args, about }: { readonly args: Args; readonly about: Pick<FormulaNode, 'name'> },
  ): void {
    const { id } = call;
    const member = new Set(parts.all);
    const first = this.#rootOf(parts, member);
    const idOf = (part: NodeId): NodeId => (part === first ? id : `${id}.${part}`);
    const given = new Map(
      parts.params.map((param) => {
        const { name = '', args: own = {} } = nodeOf(this.#formula, param) ?? {};
        return [param, argOf({ args }, name) ?? own['default']] as const;
      }),
    );
    this.#params.set(id, given);
    const copy: Copy = (arg) => {
      if (!isRef(arg) || !member.has(arg.from)) return arg;
      if (!given.has(arg.from)) return { ...arg, from: idOf(arg.from) };
      const value = given.get(arg.from);
      return arg.output === undefined || !isRef(value) || value.output !== undefined
        ? value
        : { ...value, output: arg.output };
    };
    const results = new Map<string, Arg | undefined>();
    for (const part of parts.results) {
      const node = nodeOf(this.#formula, part);
      const x = node?.args['x'];
      if (node) results.set(resultName(node), x === undefined ? undefined : copy(x));
    }
    this.#results.set(id, results);
    if (first !== undefined) this.#rooted.add(id);
    const [value] = results.values();
    if (first === undefined) {
      this.#origins.set(id, { id: parts.results[0] ?? call.callee, call });
      this.#nodes.set(id, { block: 'value', ...about, args: value === undefined ? {} : { x: value } });
    }
    for (const part of parts.all) {
      const node = nodeOf(this.#formula, part);
      if (!node || node.block === 'param' || node.block === 'result') continue;
      const own = idOf(part);
      this.#origins.set(own, { id: part, call });
      this.#write({ id: own, at: part }, node, { call, copy });
      const written = this.#nodes.get(own);
      if (part === first && written) this.#nodes.set(own, { ...written, ...about });
    }
  }

  /**
   * The node that the call itself is, where the first result is all that this node gives: the formula is then as if it
   * had been written without the function.
   */
  #rootOf({ results: [result] }: FunctionParts, member: ReadonlySet<NodeId>): NodeId | undefined {
    const x = nodeOf(this.#formula, result ?? '')?.args['x'];
    const node = isRef(x) && x.output === undefined && member.has(x.from) ? nodeOf(this.#formula, x.from) : undefined;
    return isRef(x) && node && findBlock(node.block)?.outputs.length === 1 ? x.from : undefined;
  }

  /** Wires from outputs of calls lead from what these are. */
  #resolved(node: FormulaNode): FormulaNode {
    const entries = Object.entries(node.args).flatMap(([port, arg]): [string, Arg][] => {
      const resolved = this.#resolve(arg);
      return resolved === undefined ? [] : [[port, resolved]];
    });
    return { ...node, args: Object.fromEntries(entries) };
  }

  #resolve(arg: Arg | undefined): Arg | undefined {
    let at = arg;
    const passed: (Arg | undefined)[] = [];
    // A result may be an output of another call. What such an output leads to is found once, however many wires there
    // are.
    for (let step = 0; isRef(at) && step < MOST_NODES; step += 1) {
      const next: Arg | undefined = this.#led.has(at) ? this.#led.get(at) : this.#step(at);
      if (next === at) break;
      passed.push(at);
      at = next;
    }
    for (const each of passed) this.#led.set(each, at);
    return at;
  }

  /** What a wire from an output of a call leads from; the wire itself where it comes from anything else. */
  #step(wire: Ref): Arg | undefined {
    const results = this.#results.get(wire.from);
    // A call may be the node of its first result, and that one muted: the other results are what they are.
    if (!results) return this.#muted.has(wire.from) ? plainly(wire) : wire;
    const [first] = results.keys();
    const output = wire.output ?? first;
    if (output === undefined || (output === first && this.#rooted.has(wire.from))) return plainly(wire);
    return results.has(output) ? results.get(output) : wire;
  }
}

const plainly = (wire: Ref): Ref => (wire.output === undefined ? wire : { from: wire.from });

/** How many nodes a call puts in its place at the most. */
const nodesOf = ({ all, params, results }: FunctionParts): number => all.length - params.length - results.length;

function isWithin(callee: NodeId, call: Call | undefined): boolean {
  for (let at = call; at; at = at.within) if (at.callee === callee) return true;
  return false;
}

const copied = (args: Args, copy: Copy): Args =>
  Object.fromEntries(
    Object.entries(args).flatMap(([port, arg]): [string, Arg][] => {
      const own = copy(arg);
      return own === undefined ? [] : [[port, own]];
    }),
  );
