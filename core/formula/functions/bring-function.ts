import { isBareName } from '../blocks/catalogue.ts';
import { FreeNames } from '../language/free-names.ts';
import { CALLEE, calleeOf, functionsOf, SCOPE, scopeOf } from '../language/functions.ts';
import { contentHash, hashCode } from '../language/hash.ts';
import type { Edit } from '../model/edit.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/** Where a function was copied from, as its comment says: the strategy, its name there, and a hash of its content. */
export interface Origin {
  readonly strategy: string;
  readonly name: string;
  readonly hash: string;
}

const ORIGIN = /^From (.+): (\S+), ([0-9a-f]{12})$/m;
const printOrigin = ({ strategy, name, hash }: Origin): string => `From ${strategy}: ${name}, ${hash}`;

/** What the comment of a function says of its origin; null of one that was made where it stands. */
export function originOf({ comment }: FormulaNode): Origin | null {
  const [, strategy = '', name = '', hash = ''] = ORIGIN.exec(comment ?? '') ?? [];
  return hash === '' ? null : { strategy, name, hash };
}

/** The function and those that it calls, each behind what it calls. A circle of calls ends where it begins again. */
function closureOf(formula: Formula, fn: NodeId): readonly NodeId[] {
  const functions = functionsOf(formula);
  const done = new Set<NodeId>();
  const seen = new Set<NodeId>();
  const stack = [fn];
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const called = (functions.get(id)?.all ?? []).flatMap(
      (part) => calleeOf(formula, nodeOf(formula, part) ?? { block: '', args: {} }) ?? [],
    );
    const next = seen.has(id) ? [] : called.filter((each) => !seen.has(each));
    seen.add(id);
    if (next.length > 0) stack.push(...next);
    else done.add(stack.pop() ?? id);
  }
  return [...done];
}

/**
 * A hash of what a function computes, with the functions that it calls: whatever these are called, and whatever the
 * inputs of the strategy are set to.
 */
export function functionHash(formula: Formula, fn: NodeId): string {
  const functions = functionsOf(formula);
  const closure = closureOf(formula, fn);
  const own = new Set(closure.flatMap((id) => [id, ...(functions.get(id)?.all ?? [])]));
  const used = new Set([...own].flatMap((id) => sourcesIn(nodeOf(formula, id))));
  const bareOf = (id: NodeId): FormulaNode => {
    const { comment: _comment, spaced: _spaced, ...bare } = nodeOf(formula, id) ?? { block: '', args: {} };
    return bare;
  };
  // In an order that does not depend on where statements stand in the strategy.
  const shared = [...used]
    .filter((id) => !own.has(id) && nodeOf(formula, id))
    .map((id): [NodeId, FormulaNode] => {
      const bare = bareOf(id);
      return [id, bare.block === 'input' ? { ...bare, args: { value: 1 } } : bare];
    })
    .toSorted(([, a], [, b]) => (`${a.block} ${a.name ?? ''}` < `${b.block} ${b.name ?? ''}` ? -1 : 1));
  const nodes = [
    ...shared,
    ...closure.flatMap((id, rank): [NodeId, FormulaNode][] => [
      [id, { ...bareOf(id), name: `f${rank}` }],
      ...(functions.get(id)?.all ?? []).map((part): [NodeId, FormulaNode] => [part, bareOf(part)]),
    ]),
  ];
  return contentHash({ format: formula.format, nodes: Object.fromEntries(nodes) }).slice(0, 12);
}

const sourcesIn = (node: FormulaNode | undefined): NodeId[] =>
  Object.values(node?.args ?? {}).flatMap((arg) => (isRef(arg) ? [arg.from] : []));

/** A function of another strategy, as it is there now. */
export interface Offered {
  /** What people call the strategy. */
  readonly strategy: string;
  readonly from: Formula;
  readonly fn: NodeId;
}

/**
 * The function of a formula that was copied from there, if there is one. Names change: a copy is known by the names
 * that its comment says, else by what it was copied as, else, where no strategy has the name any more that it was
 * copied from (`strategies` are the names of all), by its own name there. One that was made here and computes the same
 * counts as a copy, too.
 */
export function copyOfFunction(
  formula: Formula,
  { strategy, from, fn }: Offered,
  strategies: readonly string[],
): NodeId | undefined {
  const name = nodeOf(from, fn)?.name ?? 'block';
  const hash = functionHash(from, fn);
  const own = [...functionsOf(formula).keys()];
  const find = (isIt: (origin: Origin) => boolean): NodeId | undefined =>
    own.find((id) => {
      const origin = originOf(nodeOf(formula, id) ?? { block: '', args: {} });
      return origin !== null && isIt(origin);
    });
  return (
    find((origin) => origin.strategy === strategy && origin.name === name) ??
    find((origin) => origin.hash === hash) ??
    find((origin) => origin.name === name && !strategies.includes(origin.strategy)) ??
    own.find((id) => functionHash(formula, id) === hash)
  );
}

/** How a copy stands to what it was copied from. */
export interface CopyState {
  /** The function there has changed since. */
  readonly isOld: boolean;
  /** Somebody has changed the copy here. */
  readonly isEdited: boolean;
}

export function stateOfCopy(formula: Formula, copy: NodeId, { from, fn }: Offered): CopyState {
  const origin = originOf(nodeOf(formula, copy) ?? { block: '', args: {} });
  return {
    isOld: origin !== null && origin.hash !== functionHash(from, fn),
    isEdited: origin !== null && origin.hash !== functionHash(formula, copy),
  };
}

/**
 * Copies a function out of another strategy, with the functions that it calls and the inputs that it reads, where the
 * formula has none of that name. A copy of it that is there already (`known`) gets the content of now: its calls stay.
 * Gives the id that the function has. What is new has the same ids for two people who do this at once: their copies are
 * one.
 */
export function bringFunction(
  formula: Formula,
  { strategy, from, fn }: Offered,
  known?: NodeId,
): { readonly fn: NodeId; readonly edits: readonly Edit[] } {
  const origin: Origin = { strategy, name: nodeOf(from, fn)?.name ?? 'block', hash: functionHash(from, fn) };
  const bringer = new Bringer(formula, from, idsOf(formula, `${printOrigin(origin)} ${known ?? ''}`));
  for (const id of closureOf(from, fn)) if (id !== fn) bringer.function(id, bringer.sameAs(id), null);
  const id = bringer.function(fn, known === undefined ? undefined : { id: known, isOld: true }, origin);
  return { fn: id, edits: bringer.edits() };
}

/** Free ids, one after the other, that follow from a text. */
function idsOf(formula: Formula, seed: string): () => NodeId {
  let count = 0;
  const next = (): NodeId => `f${hashCode(`${seed} ${(count += 1)}`).slice(0, 12)}`;
  return () => {
    let id = next();
    while (nodeOf(formula, id)) id = next();
    return id;
  };
}

/** A function of the formula that stands for one of the other strategy; an old one is filled anew. */
interface Standing {
  readonly id: NodeId;
  readonly isOld: boolean;
}

class Bringer {
  readonly #edits: Edit[] = [];
  /** Inputs that are new: functions stand behind them. */
  readonly #inputs: Extract<Edit, { type: 'addNode' }>[] = [];
  readonly #into: Formula;
  readonly #from: Formula;
  readonly #newId: () => NodeId;
  readonly #ids = new Map<NodeId, NodeId>();
  readonly #free: FreeNames;
  /** What is a name in every function, too. */
  readonly #taken: Set<string>;
  #after: NodeId | null;

  constructor(into: Formula, from: Formula, newId: () => NodeId) {
    this.#into = into;
    this.#from = from;
    this.#newId = newId;
    const names = Object.values(into.nodes).flatMap((node) => node.name ?? []);
    this.#free = new FreeNames([...names, ...Object.values(from.nodes).map((node) => node.name)]);
    this.#taken = new Set(
      Object.values(into.nodes).flatMap((node) =>
        scopeOf(into, node) === undefined && node.name !== undefined ? [node.name] : [],
      ),
    );
    this.#after =
      Object.keys(into.nodes).findLast((id) => {
        const node = nodeOf(into, id);
        return node && (node.block === 'input' || node.block === 'fn' || scopeOf(into, node) !== undefined);
      }) ?? null;
  }

  edits(): readonly Edit[] {
    const last = this.#inputs.at(-1)?.id;
    const behind = this.#edits.map((edit) =>
      edit.type === 'addNode' && edit.after === null && last !== undefined ? { ...edit, after: last } : edit,
    );
    return [...this.#inputs, ...behind];
  }

  /** A function that computes the same is there already. */
  sameAs(id: NodeId): Standing | undefined {
    const hash = functionHash(this.#from, id);
    const same = [...functionsOf(this.#into).keys()].find((each) => functionHash(this.#into, each) === hash);
    return same === undefined ? undefined : { id: same, isOld: false };
  }

  function(id: NodeId, standing: Standing | undefined, origin: Origin | null): NodeId {
    if (standing && !standing.isOld) {
      this.#ids.set(id, standing.id);
      return standing.id;
    }
    const node = nodeOf(this.#from, id) ?? { block: 'fn', args: {} };
    const own = standing?.id ?? this.#newId();
    this.#ids.set(id, own);
    const comment = commentWith(node.comment, origin);
    if (standing) this.#empty(own, comment);
    else
      this.#add(own, {
        block: 'fn',
        name: this.#nameFor(node.name ?? 'block'),
        ...(comment === null ? {} : { comment }),
        args: {},
      });
    if (standing) this.#after = own;
    const parts = functionsOf(this.#from).get(id)?.all ?? [];
    for (const part of parts) this.#ids.set(part, this.#newId());
    for (const part of parts) this.#part(part, own);
    for (const part of parts) this.#wire(part);
    return own;
  }

  /** What the function was made of goes; calls of it stay. */
  #empty(fn: NodeId, comment: string | null): void {
    for (const part of functionsOf(this.#into).get(fn)?.all ?? []) this.#edits.push({ type: 'removeNode', id: part });
    this.#edits.push({ type: 'setComment', id: fn, comment });
  }

  #add(id: NodeId, node: FormulaNode, at?: { readonly x: number; readonly y: number }): void {
    this.#edits.push({ type: 'addNode', id, node, after: this.#after, ...(at ? { at } : {}) });
    this.#after = id;
  }

  #part(part: NodeId, fn: NodeId): void {
    const { args: _args, name, ...node } = nodeOf(this.#from, part) ?? { block: '', args: {} };
    // A name within a function is known there alone, but for what is known everywhere.
    const own = name === undefined || !this.#taken.has(name) || node.block === 'param' ? name : this.#free.take(name);
    this.#add(
      this.#idOf(part),
      { ...node, ...(own === undefined ? {} : { name: own }), args: { [SCOPE]: { from: fn } } },
      this.#from.layout?.[part],
    );
  }

  #wire(part: NodeId): void {
    const id = this.#idOf(part);
    for (const [port, arg] of Object.entries(nodeOf(this.#from, part)?.args ?? {}))
      if (port !== SCOPE)
        this.#edits.push({ type: 'setArg', id, port, arg: port === CALLEE || isRef(arg) ? this.#led(arg) : arg });
  }

  #led(arg: Arg): Arg {
    return isRef(arg) ? { ...arg, from: this.#idOf(arg.from) } : arg;
  }

  #idOf(id: NodeId): NodeId {
    const known = this.#ids.get(id) ?? this.#shared(id);
    this.#ids.set(id, known);
    return known;
  }

  /** A price or an input of the strategy: that of the formula where there is one. */
  #shared(id: NodeId): NodeId {
    const node = nodeOf(this.#from, id) ?? { block: 'close', args: {} };
    const isSame = (other: FormulaNode): boolean =>
      node.block === other.block &&
      scopeOf(this.#into, other) === undefined &&
      (node.block === 'input' ? node.name === other.name : isBareName(node.block) && other.name === undefined);
    const known = Object.entries(this.#into.nodes).find(([, other]) => isSame(other))?.[0];
    if (known !== undefined) return known;
    const own = this.#newId();
    const name = node.name === undefined ? undefined : this.#nameFor(node.name);
    const { name: _name, ...bare } = node;
    const added: Edit = { type: 'addNode', id: own, node: { ...bare, ...(name === undefined ? {} : { name }) } };
    if (node.block === 'input') this.#inputs.push({ ...added, after: this.#inputs.at(-1)?.id ?? null });
    else this.#edits.unshift(added);
    return own;
  }

  #nameFor(name: string): string {
    const own = this.#taken.has(name) ? this.#free.take(name) : name;
    this.#taken.add(own);
    return own;
  }
}

/** The comment of a function with its origin below what else it says. */
function commentWith(comment: string | undefined, origin: Origin | null): string | null {
  const lines = (comment ?? '').split('\n').filter((line) => line !== '' && !ORIGIN.test(line));
  if (origin) lines.push(printOrigin(origin));
  return lines.length === 0 ? null : lines.join('\n');
}
