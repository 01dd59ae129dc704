import { findBlock, isBareName } from './catalogue.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId, type Ref } from './formula.ts';
import { printLiteral } from './literal.ts';
import { matchNodes } from './match-nodes.ts';

/**
 * Gives the nodes of freshly parsed code the ids that they have in `previous`: statements by name, then by what they say; the nodes
 * inside them by what they say, then by their place. What matches nothing gets an id from `newId`. Layout is kept. So a small change
 * of the code is a small change of the graph: `editsBetween(previous, reconcile(previous, parsed, newId))`.
 */
export function reconcile(previous: Formula, parsed: Formula, newId: () => NodeId): Formula {
  const ids = matchNodes(previous, parsed);
  const idOf = (id: NodeId): NodeId => {
    const known = ids.get(id);
    if (known !== undefined) return known;
    const fresh = newId();
    ids.set(id, fresh);
    return fresh;
  };
  const nodes = new Map<NodeId, FormulaNode>();
  for (const [id, node] of Object.entries(parsed.nodes)) {
    const old = nodeOf(previous, idOf(id));
    const args = Object.entries(node.args).map(([port, arg]): [string, Arg] => [port, keepArg(previous, node, port, old?.args[port], isRef(arg) ? { ...arg, from: idOf(arg.from) } : arg)]);
    nodes.set(idOf(id), { ...node, ...keptComment(old, node), args: Object.fromEntries(args) });
  }
  keepTwins(previous, nodes);
  const layout = Object.entries(previous.layout ?? {}).filter(([id]) => nodes.has(id));
  return { ...parsed, nodes: Object.fromEntries(nodes), ...(previous.layout ? { layout: Object.fromEntries(layout) } : {}) };
}

const isPrice = (node: FormulaNode | undefined): boolean => node !== undefined && node.name === undefined && isBareName(node.block);

/** What code writes the same way stays as it was: `"5.0%"` and `"5%"`, the only output named or not, one of several nodes of a price. */
function keepArg(previous: Formula, node: FormulaNode, port: string, old: Arg | undefined, now: Arg): Arg {
  if (old === undefined) return now;
  if (isRef(old) && isRef(now)) return isSameWire(previous, old, now) ? old : now;
  if (isRef(old) || isRef(now)) return now;
  const isText = findBlock(node.block)?.inputs.find(({ name }) => name === port)?.type === 'string';
  return printLiteral(old, isText) === printLiteral(now, isText) ? old : now;
}

function isSameWire(previous: Formula, old: Ref, now: Ref): boolean {
  const [before, after] = [nodeOf(previous, old.from), nodeOf(previous, now.from)];
  const isSingle = findBlock(before?.block ?? '')?.outputs.length === 1;
  if (old.output !== now.output && !isSingle) return false;
  return old.from === now.from || (isPrice(before) && isPrice(after) && before?.block === after?.block);
}

/** Spaces at the ends of a comment's lines are not written. */
function keptComment(old: FormulaNode | undefined, { comment }: FormulaNode): { readonly comment?: string } {
  const was = old?.comment;
  return was !== undefined && was.replace(/[^\S\n]+$/gm, '') === comment ? { comment: was } : {};
}

/** Code mentions a price once for all; on the canvas it may stand several times. Those that are wired stay, the others go. */
function keepTwins(previous: Formula, nodes: Map<NodeId, FormulaNode>): void {
  const used = new Set<NodeId>();
  for (const node of [...nodes.values()]) {
    for (const arg of Object.values(node.args)) {
      if (!isRef(arg)) continue;
      used.add(arg.from);
      const twin = nodeOf(previous, arg.from);
      if (twin && !nodes.has(arg.from)) nodes.set(arg.from, twin);
    }
  }
  for (const [id, node] of nodes) if (isPrice(node) && !used.has(id)) nodes.delete(id);
}
