import { sameArg, statementsOf } from '../language/statements.ts';
import { bendsOfWires, wireKey } from '../model/bends.ts';
import type { Edit } from '../model/edit.ts';
import {
  FLAGS,
  isRef,
  nodeOf,
  pointOf,
  sameWords,
  type Arg,
  type Formula,
  type FormulaNode,
  type NodeId,
  type Point,
} from '../model/formula.ts';
import { annotated, annotationEditsBetween, isAnnotationEdit, type AnnotationEdit } from './annotation-edits.ts';
import { LinkedOrder } from './linked-order.ts';
import { longestIncreasing } from './longest-increasing.ts';

/** The formula after the edits, in their order. An edit of a node that is not there does nothing. */
export function applyEdits(formula: Formula, edits: readonly Edit[]): Formula {
  const draft = new Draft(formula);
  const going: NodeId[] = [];
  for (const edit of edits) {
    // Nodes that go one after the other go at once: the wires from them are looked for once.
    if (edit.type === 'removeNode') going.push(edit.id);
    else {
      draft.remove(going.splice(0));
      draft.apply(edit);
    }
  }
  draft.remove(going);
  return draft.formula();
}

class Draft {
  readonly #original: Formula;
  readonly #nodes: Map<NodeId, FormulaNode>;
  readonly #order: LinkedOrder<NodeId>;
  readonly #layout: Map<NodeId, Point>;
  readonly #annotations: AnnotationEdit[] = [];
  /** Arguments that were copied for this draft. */
  readonly #ownArgs = new Map<NodeId, Record<string, Arg>>();
  #epilogue: string | undefined;

  constructor(formula: Formula) {
    this.#original = formula;
    this.#nodes = new Map(Object.entries(formula.nodes));
    this.#order = new LinkedOrder(this.#nodes.keys());
    this.#layout = new Map(Object.entries(formula.layout ?? {}));
    this.#epilogue = formula.epilogue;
  }

  apply(edit: Exclude<Edit, { type: 'removeNode' }>): void {
    if (edit.type === 'setEpilogue') this.#epilogue = edit.epilogue ?? undefined;
    else if (isAnnotationEdit(edit)) this.#annotations.push(edit);
    else if (edit.type === 'addNode') this.#add(edit);
    else {
      const node = this.#nodes.get(edit.id);
      if (!node) return;
      if (edit.type === 'reorder') this.#order.place(edit.id, edit.after);
      else if (edit.type === 'moveNode') this.#layout.set(edit.id, edit.at);
      else if (edit.type === 'setArg') this.#give(edit, node);
      else if (edit.type === 'clearArg') this.#clear(edit.id, edit.port, node);
      else this.#nodes.set(edit.id, changed(node, edit));
    }
  }

  /** The arguments of a node that nobody else has: copied once, however many of them are set. */
  #argsOf(id: NodeId, node: FormulaNode): Record<string, Arg> {
    const own = this.#ownArgs.get(id);
    if (own !== undefined && own === node.args) return own;
    const args = { ...node.args };
    this.#ownArgs.set(id, args);
    this.#nodes.set(id, { ...node, args });
    return args;
  }

  #give({ id, port, arg }: Extract<Edit, { type: 'setArg' }>, node: FormulaNode): void {
    if (!isRef(arg)) this.#clear(id, port, node);
    setOwn(this.#argsOf(id, this.#nodes.get(id) ?? node), port, arg);
  }

  /** A wire that comes to that port later is another one: it is not led as the wire that goes. */
  #clear(id: NodeId, port: string, node: FormulaNode): void {
    delete this.#argsOf(id, node)[port];
    this.#annotations.push({ type: 'setBends', id: wireKey(id, port), bends: null });
  }

  #add({ id, node, after, at }: Extract<Edit, { type: 'addNode' }>): void {
    if (this.#nodes.has(id)) return;
    this.#nodes.set(id, node);
    this.#order.place(id, after);
    if (at) this.#layout.set(id, at);
  }

  remove(ids: readonly NodeId[]): void {
    if (ids.length === 0) return;
    for (const id of ids) {
      this.#nodes.delete(id);
      this.#layout.delete(id);
      this.#order.remove(id);
    }
    const gone = new Set(ids);
    for (const [id, node] of this.#nodes) this.#nodes.set(id, withoutWiresFrom(gone, node));
  }

  formula(): Formula {
    const entries = Array.from(this.#order).flatMap((id) => {
      const node = this.#nodes.get(id);
      return node ? [[id, node] as const] : [];
    });
    const nodes = Object.fromEntries(entries);
    const { bends, ...annotations } = annotated(this.#original, this.#annotations);
    return {
      format: this.#original.format,
      nodes,
      ...(this.#layout.size > 0 || this.#original.layout ? { layout: Object.fromEntries(this.#layout) } : {}),
      ...(this.#epilogue === undefined ? {} : { epilogue: this.#epilogue }),
      ...annotations,
      ...bendsOfWires(nodes, bends),
    };
  }
}

/** Whatever the key is called: an assignment to `__proto__` would be none. */
function setOwn(args: Record<string, Arg>, port: string, value: Arg): void {
  Object.defineProperty(args, port, { value, writable: true, enumerable: true, configurable: true });
}

type NodeEdit = Extract<Edit, { type: 'setBlock' | 'setName' | 'setComment' | 'setFlag' | 'setWords' }>;

function changed(node: FormulaNode, edit: NodeEdit): FormulaNode {
  switch (edit.type) {
    case 'setBlock':
      return { ...node, block: edit.block };
    case 'setName': {
      const { name: _old, ...bare } = node;
      return edit.name === null ? bare : { ...bare, name: edit.name };
    }
    case 'setComment': {
      const { comment: _old, ...bare } = node;
      return edit.comment === null ? bare : { ...bare, comment: edit.comment };
    }
    case 'setFlag': {
      const { [edit.flag]: _old, ...bare } = node;
      return edit.on ? { ...bare, [edit.flag]: true } : bare;
    }
    case 'setWords': {
      const { words: _old, ...bare } = node;
      return edit.words ? { ...bare, words: edit.words } : bare;
    }
  }
}

function withoutWiresFrom(gone: ReadonlySet<NodeId>, node: FormulaNode): FormulaNode {
  const entries = Object.entries(node.args);
  const kept = entries.filter(([, arg]) => !isRef(arg) || !gone.has(arg.from));
  return kept.length === entries.length ? node : { ...node, args: Object.fromEntries(kept) };
}

/**
 * The smallest set of edits that makes `b` of `a`, nodes being the same when their ids are: `applyEdits(a,
 * editsBetween(a, b))` is `b`, but for the order of nodes that are no statements.
 */
export function editsBetween(a: Formula, b: Formula): Edit[] {
  const removed = new Set(Object.keys(a.nodes).filter((id) => !Object.hasOwn(b.nodes, id)));
  const edits: Edit[] = [...placements(a, b)];
  // Blocks first: what is deleted may be of an argument that the new block does not have.
  for (const [id, node] of Object.entries(b.nodes))
    if (Object.hasOwn(a.nodes, id) && a.nodes[id]?.block !== node.block)
      edits.push({ type: 'setBlock', id, block: node.block });
  for (const id of removed) edits.push({ type: 'removeNode', id });
  for (const [id, node] of Object.entries(b.nodes)) {
    const old = nodeOf(a, id);
    if (old) edits.push(...changesOf(id, { node: old, at: pointOf(a, id) }, { node, at: pointOf(b, id) }));
    const before = old ? withoutWiresFrom(removed, old).args : {};
    for (const port of Object.keys(before))
      if (!Object.hasOwn(node.args, port)) edits.push({ type: 'clearArg', id, port });
    for (const [port, arg] of Object.entries(node.args))
      if (!sameArg(before[port], arg)) edits.push({ type: 'setArg', id, port, arg });
  }
  if (a.epilogue !== b.epilogue) edits.push({ type: 'setEpilogue', epilogue: b.epilogue ?? null });
  edits.push(...annotationEditsBetween(a, b));
  return edits;
}

interface Placed {
  readonly node: FormulaNode;
  readonly at: Point | undefined;
}

function* changesOf(id: NodeId, old: Placed, { node, at }: Placed): Generator<Edit> {
  if (old.node.name !== node.name) yield { type: 'setName', id, name: node.name ?? null };
  if (old.node.comment !== node.comment) yield { type: 'setComment', id, comment: node.comment ?? null };
  if (!sameWords(old.node.words, node.words)) yield { type: 'setWords', id, words: node.words ?? null };
  for (const flag of FLAGS)
    if (old.node[flag] !== node[flag]) yield { type: 'setFlag', id, flag, on: node[flag] === true };
  if (at && (old.at?.x !== at.x || old.at.y !== at.y)) yield { type: 'moveNode', id, at };
}

/**
 * Adds what is new and moves as few statements as possible: all but a longest run that is in order already. Each comes
 * behind what stands before it in `b`, which is in its place by then. Wires are set later, once both their ends are
 * there.
 */
function* placements(a: Formula, b: Formula): Generator<Edit> {
  const rank = new Map(Object.keys(a.nodes).map((id, index) => [id, index]));
  const statements = new Set(statementsOf(b).all);
  const common = [...statements].filter((id) => rank.has(id));
  const staying = new Set(longestIncreasing(common.map((id) => rank.get(id) ?? 0)).map((index) => common[index]));
  let after: NodeId | null = null;
  for (const [id, node] of Object.entries(b.nodes)) {
    const isNew = !rank.has(id);
    if (!isNew && !statements.has(id)) continue;
    const at = pointOf(b, id);
    if (isNew) yield { type: 'addNode', id, node: { ...node, args: {} }, after, ...(at ? { at } : {}) };
    else if (!staying.has(id)) yield { type: 'reorder', id, after };
    after = id;
  }
}
