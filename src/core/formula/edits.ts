import type { Edit } from './edit.ts';
import { isRef, type Formula, type FormulaNode, type NodeId, type Point } from './formula.ts';
import { longestIncreasing } from './longest-increasing.ts';
import { sameArg, statementsOf } from './statements.ts';

/** The formula after the edits, in their order. An edit of a node that is not there does nothing. */
export function applyEdits(formula: Formula, edits: readonly Edit[]): Formula {
  const nodes = new Map(Object.entries(formula.nodes));
  const layout = new Map(Object.entries(formula.layout ?? {}));
  let epilogue = formula.epilogue;
  const change = (id: NodeId, update: (node: FormulaNode) => FormulaNode) => {
    const node = nodes.get(id);
    if (node) nodes.set(id, update(node));
  };
  for (const edit of edits) {
    switch (edit.type) {
      case 'addNode':
        if (nodes.has(edit.id)) break;
        place(nodes, edit.id, edit.node, edit.after);
        if (edit.at) layout.set(edit.id, edit.at);
        break;
      case 'removeNode':
        nodes.delete(edit.id);
        layout.delete(edit.id);
        for (const [id, node] of nodes) nodes.set(id, withoutWiresFrom(new Set([edit.id]), node));
        break;
      case 'setBlock':
        change(edit.id, (node) => ({ ...node, block: edit.block }));
        break;
      case 'setName':
        change(edit.id, ({ name: _old, ...node }) => (edit.name === null ? node : { ...node, name: edit.name }));
        break;
      case 'setComment':
        change(edit.id, ({ comment: _old, ...node }) => (edit.comment === null ? node : { ...node, comment: edit.comment }));
        break;
      case 'setArg':
        change(edit.id, (node) => ({ ...node, args: { ...node.args, [edit.port]: edit.arg } }));
        break;
      case 'clearArg':
        change(edit.id, (node) => {
          const { [edit.port]: _gone, ...args } = node.args;
          return { ...node, args };
        });
        break;
      case 'reorder': {
        const node = nodes.get(edit.id);
        if (!node) break;
        nodes.delete(edit.id);
        place(nodes, edit.id, node, edit.after);
        break;
      }
      case 'moveNode':
        if (nodes.has(edit.id)) layout.set(edit.id, edit.at);
        break;
      case 'setEpilogue':
        epilogue = edit.epilogue ?? undefined;
        break;
    }
  }
  return {
    format: formula.format,
    nodes: Object.fromEntries(nodes),
    ...(layout.size > 0 || formula.layout ? { layout: Object.fromEntries(layout) } : {}),
    ...(epilogue === undefined ? {} : { epilogue }),
  };
}

/** Puts a node behind another: `null` is the beginning, undefined (or a node that is gone) the end. */
function place(nodes: Map<NodeId, FormulaNode>, id: NodeId, node: FormulaNode, after: NodeId | null | undefined): void {
  const entries = [...nodes];
  const index = after === null ? 0 : entries.findIndex(([other]) => other === after) + 1 || entries.length;
  entries.splice(index, 0, [id, node]);
  nodes.clear();
  for (const [key, value] of entries) nodes.set(key, value);
}

function withoutWiresFrom(gone: ReadonlySet<NodeId>, node: FormulaNode): FormulaNode {
  const entries = Object.entries(node.args);
  const kept = entries.filter(([, arg]) => !isRef(arg) || !gone.has(arg.from));
  return kept.length === entries.length ? node : { ...node, args: Object.fromEntries(kept) };
}

/**
 * The smallest set of edits that makes `b` of `a`, nodes being the same when their ids are: `applyEdits(a, editsBetween(a, b))` is `b`, but
 * for the order of nodes that are no statements.
 */
export function editsBetween(a: Formula, b: Formula): Edit[] {
  const removed = new Set(Object.keys(a.nodes).filter((id) => !(id in b.nodes)));
  const edits: Edit[] = [...placements(a, b)];
  for (const id of removed) edits.push({ type: 'removeNode', id });
  for (const [id, node] of Object.entries(b.nodes)) {
    const old = a.nodes[id];
    if (old) edits.push(...changesOf(id, old, node, a.layout?.[id], b.layout?.[id]));
    const before = old ? withoutWiresFrom(removed, old).args : {};
    for (const port of Object.keys(before)) if (node.args[port] === undefined) edits.push({ type: 'clearArg', id, port });
    for (const [port, arg] of Object.entries(node.args)) if (!sameArg(before[port], arg)) edits.push({ type: 'setArg', id, port, arg });
  }
  if (a.epilogue !== b.epilogue) edits.push({ type: 'setEpilogue', epilogue: b.epilogue ?? null });
  return edits;
}

function* changesOf(id: NodeId, old: FormulaNode, node: FormulaNode, from: Point | undefined, to: Point | undefined): Generator<Edit> {
  if (old.block !== node.block) yield { type: 'setBlock', id, block: node.block };
  if (old.name !== node.name) yield { type: 'setName', id, name: node.name ?? null };
  if (old.comment !== node.comment) yield { type: 'setComment', id, comment: node.comment ?? null };
  if (to && (from?.x !== to.x || from.y !== to.y)) yield { type: 'moveNode', id, at: to };
}

/**
 * Adds what is new and moves as few statements as possible: all but a longest run that is in order already. Each comes behind what
 * stands before it in `b`, which is in its place by then. Wires are set later, once both their ends are there.
 */
function* placements(a: Formula, b: Formula): Generator<Edit> {
  const rank = new Map(Object.keys(a.nodes).map((id, index) => [id, index]));
  const statements = new Set(statementsOf(b).order);
  const common = [...statements].filter((id) => rank.has(id));
  const staying = new Set(longestIncreasing(common.map((id) => rank.get(id) ?? 0)).map((index) => common[index]));
  let after: NodeId | null = null;
  for (const [id, node] of Object.entries(b.nodes)) {
    const isNew = !rank.has(id);
    if (!isNew && !statements.has(id)) continue;
    const at = b.layout?.[id];
    if (isNew) yield { type: 'addNode', id, node: { ...node, args: {} }, after, ...(at ? { at } : {}) };
    else if (!staying.has(id)) yield { type: 'reorder', id, after };
    after = id;
  }
}
