import { findBlock, isBareName } from './catalogue.ts';
import { isRef, type Arg, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { createNodePrinter } from './print.ts';
import { statementsOf } from './statements.ts';

/**
 * Gives the nodes of freshly parsed code the ids that they have in `previous`: statements by name, then by what they say; the nodes
 * inside them by what they say, then by their place. What matches nothing gets an id from `newId`. Layout is kept. So a small change
 * of the code is a small change of the graph: `editsBetween(previous, reconcile(previous, parsed, newId))`.
 */
export function reconcile(previous: Formula, parsed: Formula, newId: () => NodeId): Formula {
  const ids = new Matching(previous, parsed).run();
  const idOf = (id: NodeId): NodeId => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const fresh = newId();
    ids.set(id, fresh);
    return fresh;
  };
  const nodes: Record<NodeId, FormulaNode> = {};
  for (const [id, node] of Object.entries(parsed.nodes)) {
    const old = previous.nodes[idOf(id)];
    const args = Object.entries(node.args).map(([port, arg]): [string, Arg] => [port, isRef(arg) ? keepTwin(previous, old?.args[port], { ...arg, from: idOf(arg.from) }) : arg]);
    nodes[idOf(id)] = { ...node, args: Object.fromEntries(args) };
  }
  // Code mentions a price once for all; on the canvas it may stand several times.
  for (const node of Object.values(nodes)) {
    for (const arg of Object.values(node.args)) {
      const twin = isRef(arg) ? previous.nodes[arg.from] : undefined;
      if (isRef(arg) && twin && !nodes[arg.from]) nodes[arg.from] = twin;
    }
  }
  const used = usedPrices(nodes);
  const kept = Object.fromEntries(Object.entries(nodes).filter(([id, node]) => node.name !== undefined || !isBareName(node.block) || used.has(id)));
  const layout = Object.entries(previous.layout ?? {}).filter(([id]) => id in kept);
  return { ...parsed, nodes: kept, ...(previous.layout ? { layout: Object.fromEntries(layout) } : {}) };
}

const isPrice = (node: FormulaNode | undefined): boolean => node !== undefined && node.name === undefined && isBareName(node.block);

/** A wire from another node of the same price stays where it is. */
function keepTwin(previous: Formula, old: Arg | undefined, wire: Exclude<Arg, string | number | boolean | null | readonly unknown[]>): Arg {
  if (!isRef(old) || old.output !== wire.output) return wire;
  const [before, now] = [previous.nodes[old.from], previous.nodes[wire.from]];
  return isPrice(before) && isPrice(now) && before?.block === now?.block ? old : wire;
}

const usedPrices = (nodes: Readonly<Record<NodeId, FormulaNode>>): Set<NodeId> =>
  new Set(Object.values(nodes).flatMap((node) => Object.values(node.args).filter(isRef).map((ref) => ref.from)));

class Matching {
  readonly #previous: Formula;
  readonly #parsed: Formula;
  readonly #saysBefore: (id: NodeId) => string;
  readonly #saysNow: (id: NodeId) => string;
  /** Parsed id → id in `previous`. */
  readonly #ids = new Map<NodeId, NodeId>();
  readonly #taken = new Set<NodeId>();

  constructor(previous: Formula, parsed: Formula) {
    this.#previous = previous;
    this.#parsed = parsed;
    this.#saysBefore = createNodePrinter(previous);
    this.#saysNow = createNodePrinter(parsed);
  }

  run(): Map<NodeId, NodeId> {
    const before = statementsOf(this.#previous);
    const now = statementsOf(this.#parsed);
    this.#matchBy(before.order, now.order, (id) => before.names.get(id), (id) => now.names.get(id));
    this.#matchBy(before.order, now.order, this.#saysBefore, this.#saysNow);
    this.#matchBy(before.order, now.order, blockKey(this.#previous), blockKey(this.#parsed));
    for (const id of now.order) this.#matchInside(id);
    this.#matchPrices();
    const inlineBefore = Object.keys(this.#previous.nodes).filter((id) => !before.order.includes(id));
    const inlineNow = Object.keys(this.#parsed.nodes).filter((id) => !now.order.includes(id));
    this.#matchBy(inlineBefore, inlineNow, this.#saysBefore, this.#saysNow);
    return this.#ids;
  }

  #match(now: NodeId, before: NodeId): void {
    this.#ids.set(now, before);
    this.#taken.add(before);
  }

  #free(now: NodeId, before: NodeId): boolean {
    return !this.#ids.has(now) && !this.#taken.has(before);
  }

  /** Pairs those whose key is equal, in their order. */
  #matchBy(before: readonly NodeId[], now: readonly NodeId[], keyBefore: (id: NodeId) => string | undefined, keyNow: (id: NodeId) => string | undefined): void {
    const waiting = new Map<string, NodeId[]>();
    for (const id of before) {
      const key = this.#taken.has(id) ? undefined : keyBefore(id);
      if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), id]);
    }
    for (const id of now) {
      const key = this.#ids.has(id) ? undefined : keyNow(id);
      const match = key === undefined ? undefined : waiting.get(key)?.shift();
      if (match !== undefined) this.#match(id, match);
    }
  }

  /** Nodes written inside a statement: those that say the same, wherever they stand in it; then those at the same place. */
  #matchInside(statement: NodeId): void {
    const before = this.#ids.get(statement);
    if (before === undefined) return;
    this.#matchBy(this.#inside(this.#previous, before), this.#inside(this.#parsed, statement), this.#saysBefore, this.#saysNow);
    this.#matchPlaces(statement, before);
  }

  #inside(formula: Formula, root: NodeId): NodeId[] {
    const found: NodeId[] = [];
    const visit = (id: NodeId): void => {
      for (const arg of Object.values(formula.nodes[id]?.args ?? {})) {
        const node = isRef(arg) ? formula.nodes[arg.from] : undefined;
        if (!isRef(arg) || !node || !isInline(node) || found.includes(arg.from)) continue;
        found.push(arg.from);
        visit(arg.from);
      }
    };
    visit(root);
    return found;
  }

  #matchPlaces(now: NodeId, before: NodeId): void {
    const old = this.#previous.nodes[before];
    for (const [port, arg] of Object.entries(this.#parsed.nodes[now]?.args ?? {})) {
      const was = old?.args[port];
      if (!isRef(arg) || !isRef(was)) continue;
      const [node, oldNode] = [this.#parsed.nodes[arg.from], this.#previous.nodes[was.from]];
      if (!node || !oldNode || !isInline(node) || !isInline(oldNode)) continue;
      if (this.#free(arg.from, was.from)) this.#match(arg.from, was.from);
      if (this.#ids.get(arg.from) === was.from) this.#matchPlaces(arg.from, was.from);
    }
  }

  #matchPrices(): void {
    const prices = (formula: Formula) => Object.keys(formula.nodes).filter((id) => isPrice(formula.nodes[id]));
    this.#matchBy(prices(this.#previous), prices(this.#parsed), blockKey(this.#previous), blockKey(this.#parsed));
  }
}

/** Written where it is used, as far as can be told from the node alone. */
const isInline = (node: FormulaNode): boolean => node.name === undefined && !isPrice(node) && node.block !== 'input' && findBlock(node.block)?.kind !== 'action';

const blockKey = (formula: Formula) => (id: NodeId): string | undefined => {
  const node = formula.nodes[id];
  // A renamed and rewritten statement is another one; an action has no name to lose.
  return node && (isPrice(node) || findBlock(node.block)?.kind === 'action') ? node.block : undefined;
};
