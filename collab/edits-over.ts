import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { sameArg, statementsOf } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';

/** One person's changes as edits of what colleagues have made of the formula meanwhile. */
export interface EditsOver {
  readonly edits: readonly Edit[];
  /**
   * Statements of `after` that the person has changed, and of which a node is not there any more: no edit changes the
   * rest of such a statement.
   */
  readonly lost: readonly NodeId[];
}

/**
 * The changes from `before` to `after` as edits of `now`. As in a document that both have: a deletion gives way to a
 * change that it has not seen, and what a wire is set from is there.
 */
export function editsOver(before: Formula, after: Formula, now: Formula): EditsOver {
  const made = withoutDeletionsOfChanged(editsBetween(before, after), before, now);
  const there = new Set([...Object.keys(now.nodes), ...addedBy(made)]);
  const missing = new Set(made.flatMap((edit) => (isChange(edit) && !there.has(edit.id) ? [edit.id] : [])));
  const lost = statementsWith(after, missing);
  const withheld = new Set(lost.flatMap((id) => insideOf(after, id)));
  const edits = made.filter(
    (edit) => edit.type === 'setEpilogue' || edit.type === 'removeNode' || !withheld.has(edit.id),
  );
  return { edits: [...whatIsMissing(edits, after, now), ...edits], lost };
}

/**
 * A statement as it is in `formula`, written whole: with what is inside of it, and with what it is wired to and `now`
 * has not.
 */
export function statementAnew(formula: Formula, id: NodeId, now: Formula): readonly Edit[] {
  const inside = insideOf(formula, id);
  const wires = inside.flatMap((part) =>
    wiresOf(formula.nodes[part]).map(([port, arg]): Edit => ({ type: 'setArg', id: part, port, arg })),
  );
  const needed = whatIsMissing(wires, formula, now).filter(
    (edit) => edit.type !== 'addNode' || !inside.includes(edit.id),
  );
  const parts = inside.flatMap((part): readonly Edit[] => {
    const [node, at] = [formula.nodes[part], formula.layout?.[part]];
    if (!node) return [];
    return [
      { type: 'addNode', id: part, node: { ...node, args: {} }, ...(at ? { at } : {}) },
      { type: 'setBlock', id: part, block: node.block },
    ];
  });
  const args = inside.flatMap((part) =>
    Object.entries(formula.nodes[part]?.args ?? {}).map(([port, arg]): Edit => ({
      type: 'setArg',
      id: part,
      port,
      arg,
    })),
  );
  return [...needed, ...parts, ...args];
}

type NodeChange = Extract<Edit, { type: 'setBlock' | 'setName' | 'setComment' | 'setFlag' | 'setArg' | 'clearArg' }>;

/** Of its meaning: nobody misses where a node that is gone would be. */
const isChange = (edit: Edit): edit is NodeChange =>
  (edit.type === 'setFlag' && edit.flag === 'muted') ||
  ['setBlock', 'setName', 'setComment', 'setArg', 'clearArg'].includes(edit.type);

const addedBy = (edits: readonly Edit[]): readonly NodeId[] =>
  edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : []));

const wiresOf = (node: FormulaNode | undefined) =>
  Object.entries(node?.args ?? {}).flatMap(([port, arg]) => (isRef(arg) ? [[port, arg] as const] : []));

function withoutDeletionsOfChanged(edits: readonly Edit[], before: Formula, now: Formula): readonly Edit[] {
  const removed = new Set(
    edits.flatMap((edit) => (edit.type === 'removeNode' && Object.hasOwn(now.nodes, edit.id) ? [edit.id] : [])),
  );
  if (removed.size === 0) return edits;
  const kept = new Set([...removed].filter((id) => !isSame(before.nodes[id], now.nodes[id])));
  const statements = new Set(statementsOf(now).all);
  const users = new Map<NodeId, NodeId[]>();
  for (const [user, node] of Object.entries(now.nodes)) {
    for (const [port, arg] of wiresOf(node)) {
      users.set(arg.from, [...(users.get(arg.from) ?? []), user]);
      if (!removed.has(user) && removed.has(arg.from) && !sameArg(before.nodes[user]?.args[port], arg))
        kept.add(arg.from);
    }
  }
  for (const id of kept) {
    for (const user of users.get(id) ?? []) if (removed.has(user) && !statements.has(id)) kept.add(user);
    for (const [, { from }] of wiresOf(now.nodes[id])) if (removed.has(from)) kept.add(from);
  }
  return kept.size === 0 ? edits : edits.filter((edit) => edit.type !== 'removeNode' || !kept.has(edit.id));
}

function isSame(a: FormulaNode | undefined, b: FormulaNode | undefined): boolean {
  if (!a || !b) return a === b;
  const ports = new Set([...Object.keys(a.args), ...Object.keys(b.args)]);
  return (
    a.block === b.block &&
    a.name === b.name &&
    a.comment === b.comment &&
    a.muted === b.muted &&
    [...ports].every((port) => sameArg(a.args[port], b.args[port]))
  );
}

/** Adds what edits wire to, as `after` has it, where it is not there. */
function whatIsMissing(edits: readonly Edit[], after: Formula, now: Formula): readonly Edit[] {
  const there = new Set([...Object.keys(now.nodes), ...addedBy(edits)]);
  const needed = new Set(
    edits.flatMap((edit) =>
      edit.type === 'setArg' &&
      isRef(edit.arg) &&
      !there.has(edit.arg.from) &&
      Object.hasOwn(after.nodes, edit.arg.from)
        ? [edit.arg.from]
        : [],
    ),
  );
  for (const id of needed)
    for (const [, { from }] of wiresOf(after.nodes[id]))
      if (!there.has(from) && Object.hasOwn(after.nodes, from)) needed.add(from);
  return [...needed].flatMap((id): readonly Edit[] => {
    const node = after.nodes[id];
    return node ? [{ type: 'addNode', id, node }] : [];
  });
}

function statementsWith(formula: Formula, parts: ReadonlySet<NodeId>): readonly NodeId[] {
  return parts.size === 0
    ? []
    : statementsOf(formula).all.filter((id) => insideOf(formula, id).some((part) => parts.has(part)));
}

/** A statement's node, and the nodes that are written inside the statement. */
function insideOf(formula: Formula, id: NodeId): readonly NodeId[] {
  const statements = new Set(statementsOf(formula).all);
  const found = new Set([id]);
  for (const at of found)
    for (const [, { from }] of wiresOf(formula.nodes[at]))
      if (Object.hasOwn(formula.nodes, from) && !statements.has(from)) found.add(from);
  return [...found];
}
