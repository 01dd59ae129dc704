import { editsBetween } from '#core/formula/change/apply-edits.ts';
import { reconcile } from '#core/formula/change/reconcile.ts';
import { scopeOf } from '#core/formula/language/functions.ts';
import type { Parsed } from '#core/formula/language/parse.ts';
import { isAction, sameArg, statementsOf } from '#core/formula/language/statements.ts';
import type { Edit } from '#core/formula/model/edit.ts';
import { isRef, type Formula, type NodeId } from '#core/formula/model/formula.ts';
import { codeTextOf, printedStatements, textOf, type CodeText, type Part, type Settled } from './parts.ts';

/**
 * What the person has typed as changes of the formula, the whole text being settled then; null while it has problems.
 * `parsed` is the text as it reads.
 */
export function takeTyped(
  text: CodeText,
  parsed: Parsed,
  now: Formula,
  newId: () => NodeId,
): { readonly text: CodeText; readonly edits: readonly Edit[] } | null {
  if (parsed.diagnostics.length > 0) return null;
  const { parts, formula: ancestor } = text;
  const formula = reconcile(ancestor, parsed.formula, newId);
  const made = [...editsBetween(ancestor, formula), ...clearedWith(ancestor, formula)];
  const kept = keepingChanges(made, text, now);
  const edits = withWhatIsMissing([...replacedIn(ancestor, now, kept), ...kept], formula, now);
  const found = partsOf(textOf(parts), parsed, formula);
  // A statement too deep to be read is printed as several: the text then follows the print.
  return { edits, text: found ? { parts: found, formula } : codeTextOf(formula) };
}

/**
 * The statements of the text, named or acting, and what they are in the formula: found by the name that it writes,
 * actions by their order.
 */
function statementsIn(
  parsed: Formula,
  formula: Formula,
): readonly (readonly [parsedId: NodeId, id: NodeId | undefined])[] {
  const { order, names } = statementsOf(formula);
  const named = new Map(order.flatMap((id) => (names.has(id) ? [[names.get(id), id] as const] : [])));
  const actions = order.filter((id) => !names.has(id));
  return Object.entries(parsed.nodes).flatMap(([id, node]) => {
    if (scopeOf(parsed, node) !== undefined) return [];
    if (node.name !== undefined) return [[id, named.get(node.name)] as const];
    return isAction(node) ? [[id, actions.shift()] as const] : [];
  });
}

/** A comment behind a statement, on its line, is that statement's. */
const COMMENT_BEHIND = /[^\S\n]*#[^\n]*/y;

/** The text cut into the statements that it was read as; null when the formula is printed as others. */
function partsOf(code: string, { formula: parsed, spans }: Parsed, formula: Formula): readonly Settled[] | null {
  const printed = new Map(printedStatements(formula).map((statement) => [statement.id, statement]));
  const statements = statementsIn(parsed, formula);
  const written = statements.flatMap(([parsedId, id]) => {
    const [statement, span] = [id === undefined ? undefined : printed.get(id), spans.get(parsedId)];
    return statement && span ? [{ statement, ...span }] : [];
  });
  const last = printed.get(null);
  if (!last || written.length !== statements.length || written.length + 1 !== printed.size) return null;
  const parts: Settled[] = [];
  let at = 0;
  for (const { statement, start, end } of written.sort((a, b) => a.start - b.start)) {
    COMMENT_BEHIND.lastIndex = end;
    const close = end + (COMMENT_BEHIND.exec(code)?.[0].length ?? 0);
    parts.push({ kind: 'settled', lead: code.slice(at, start), body: code.slice(start, close), printed: statement });
    at = close;
  }
  return [...parts, { kind: 'settled', lead: code.slice(at), body: '', printed: last }];
}

/**
 * What a colleague has written inside of a statement meanwhile goes where the person writes something else in its
 * place.
 */
function replacedIn(ancestor: Formula, now: Formula, made: readonly Edit[]): readonly Edit[] {
  const unseen = new Set(Object.keys(now.nodes).filter((id) => !Object.hasOwn(ancestor.nodes, id)));
  if (unseen.size === 0) return [];
  const written = new Set(
    made.flatMap((edit) => (edit.type === 'setArg' || edit.type === 'clearArg' ? [`${edit.id}/${edit.port}`] : [])),
  );
  const gone = new Set(made.flatMap((edit) => (edit.type === 'removeNode' ? [edit.id] : [])));
  const wires = Object.entries(now.nodes).flatMap(([user, { args }]) =>
    Object.entries(args).flatMap(([port, arg]) =>
      isRef(arg) && unseen.has(arg.from) && !gone.has(user) && !written.has(`${user}/${port}`)
        ? [{ user, from: arg.from }]
        : [],
    ),
  );
  const stay = (from: string): void => {
    if (!unseen.delete(from)) return;
    for (const wire of wires) if (wire.user === from) stay(wire.from);
  };
  for (const { user, from } of wires) if (!unseen.has(user)) stay(from);
  return [...unseen].map((id) => ({ type: 'removeNode', id }));
}

/**
 * The wires that go with the nodes which the person deletes, out of what they have written anew: should such a node
 * come back, it is not used there.
 */
const clearedWith = (ancestor: Formula, formula: Formula): readonly Edit[] =>
  Object.entries(formula.nodes).flatMap(([id, { args }]) =>
    Object.entries(ancestor.nodes[id]?.args ?? {}).flatMap(([port, arg]): readonly Edit[] =>
      isRef(arg) && !Object.hasOwn(formula.nodes, arg.from) && !Object.hasOwn(args, port)
        ? [{ type: 'clearArg', id, port }]
        : [],
    ),
  );

/**
 * Does not delete what a colleague has changed since the person began to delete it, nor what a colleague has begun to
 * use: it comes back whole, with what it is written with.
 */
function keepingChanges(edits: readonly Edit[], { parts, formula: ancestor }: CodeText, now: Formula): readonly Edit[] {
  const removed = new Set(edits.flatMap((edit) => (edit.type === 'removeNode' ? [edit.id] : [])));
  if (removed.size === 0 || ancestor === now) return edits;
  const kept = new Set(
    [...changedSince(parts, now), ...newlyUsed(ancestor, now, removed)].filter((id) => removed.has(id)),
  );
  for (const id of kept) for (const arg of Object.values(now.nodes[id]?.args ?? {})) if (isRef(arg)) kept.add(arg.from);
  return kept.size === 0 ? edits : edits.filter((edit) => edit.type !== 'removeNode' || !kept.has(edit.id));
}

/** Statements below what the person has typed that are written otherwise now than when the person began. */
function changedSince(parts: readonly Part[], now: Formula): readonly NodeId[] {
  const begun = parts.flatMap((part) => (part.kind === 'open' ? part.over.map(({ printed }) => printed) : []));
  const printed = new Map(printedStatements(now).map((statement) => [statement.id, statement]));
  return begun.flatMap(({ id, lead, body }) => {
    const is = printed.get(id);
    return id !== null && is && (is.body !== body || is.lead.trim() !== lead.trim()) ? [id] : [];
  });
}

/** Where wires come from that are new, and lead into what stays. */
const newlyUsed = (ancestor: Formula, now: Formula, removed: ReadonlySet<NodeId>): readonly NodeId[] =>
  Object.entries(now.nodes).flatMap(([user, { args }]) =>
    removed.has(user)
      ? []
      : Object.entries(args).flatMap(([port, arg]) =>
          isRef(arg) && !sameArg(ancestor.nodes[user]?.args[port], arg) ? [arg.from] : [],
        ),
  );

/** Adds again what edits are wired to and a colleague has deleted meanwhile. */
function withWhatIsMissing(edits: readonly Edit[], formula: Formula, now: Formula): readonly Edit[] {
  const there = new Set([
    ...Object.keys(now.nodes),
    ...edits.flatMap((edit) => (edit.type === 'addNode' ? [edit.id] : [])),
  ]);
  const missing = new Set<NodeId>();
  const need = (id: NodeId): void => {
    const node = formula.nodes[id];
    if (!node || there.has(id) || missing.has(id)) return;
    missing.add(id);
    for (const arg of Object.values(node.args)) if (isRef(arg)) need(arg.from);
  };
  for (const edit of edits) if (edit.type === 'setArg' && isRef(edit.arg)) need(edit.arg.from);
  const added = [...missing].flatMap((id): Edit[] => {
    const node = formula.nodes[id];
    return node ? [{ type: 'addNode', id, node }] : [];
  });
  return [...added, ...edits];
}
