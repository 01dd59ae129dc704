import { findBlock, isBareName } from '#core/formula/blocks/catalogue.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print, printWithSpans } from '#core/formula/language/print.ts';
import { sourcesOf, statementsOf } from '#core/formula/language/statements.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import {
  FORMULA_FORMAT,
  isRef,
  nodeOf,
  type Formula,
  type FormulaNode,
  type NodeId,
} from '#core/formula/model/formula.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { placeMissing } from '#features/graph/index.ts';
import type { Fragment } from './fragment.ts';

/** The nodes of those ids as code: what they say, with the names of what they are wired to. */
export function codeOf(formula: Formula, ids: ReadonlySet<NodeId>): string {
  const { names } = statementsOf(formula);
  const nodes = new Map<NodeId, FormulaNode>();
  const add = (id: NodeId): void => {
    const node = nodeOf(formula, id);
    if (!node || nodes.has(id)) return;
    const name = names.get(id);
    // Of a statement outside, only the name is written.
    const isOutside = !ids.has(id) && name !== undefined;
    nodes.set(
      id,
      isOutside
        ? { block: node.block, name, args: {} }
        : { ...node, ...(name === undefined || isBareName(node.block) ? {} : { name }) },
    );
    if (!isOutside) sourcesOf(node).forEach(add);
  };
  for (const id of Object.keys(formula.nodes)) if (ids.has(id)) add(id);
  const ordered = Object.keys(formula.nodes).flatMap((id): [NodeId, FormulaNode][] => {
    const node = nodes.get(id);
    return node ? [[id, node]] : [];
  });
  const { code, spans } = printWithSpans({ format: FORMULA_FORMAT, nodes: Object.fromEntries(ordered) });
  return [...spans]
    .filter(([id]) => ids.has(id))
    .map(([id, { start, end }]) => `${commentOf(nodes.get(id))}${code.slice(start, end)}\n`)
    .join('');
}

const commentOf = (node: FormulaNode | undefined): string =>
  node?.comment === undefined
    ? ''
    : node.comment
        .split('\n')
        .map((line) => `${`# ${line}`.trimEnd()}\n`)
        .join('');

interface ReadCode {
  readonly fragment: Fragment;
  /** Of names that are not there: their wires are left out. */
  readonly unknown: readonly Diagnostic[];
}

/**
 * Reads code that is pasted into a formula: its names are those of the formula, but for those that it gives itself.
 * Else why it is not code.
 */
export function readCode(formula: Formula, code: string): Result<ReadCode, string> {
  const own = new Set(Object.values(parse(code).formula.nodes).flatMap(({ name }) => name ?? []));
  const { named, ids } = withNames(formula, own);
  const above = `${print(named)}\n`;
  const parsed = parse(above + code);
  const isPasted = (id: NodeId): boolean => (parsed.spans.get(id)?.start ?? 0) >= above.length;
  const wrong = parsed.diagnostics.filter(({ span }) => (span?.start ?? above.length) >= above.length);
  const unreadable = wrong.find((problem) => problem.code !== 'unknown-name');
  if (unreadable) return err(unreadable.message);
  const nodes = Object.entries(parsed.formula.nodes).filter(([id]) => isPasted(id));
  if (nodes.length === 0) return err('There is no statement in the text.');
  if (nodes.every(([, { block }]) => !findBlock(block))) return err(wrong[0]?.message ?? 'There is no such block.');
  const idOf = (id: NodeId): NodeId => outsideOf(formula, ids, parsed.formula.nodes[id]) ?? id;
  const pasted = Object.fromEntries(
    nodes.map(([id, node]) => [
      `pasted ${id}`,
      {
        ...node,
        args: Object.fromEntries(
          Object.entries(node.args).map(([port, arg]) => [
            port,
            isRef(arg) ? { ...arg, from: isPasted(arg.from) ? `pasted ${arg.from}` : idOf(arg.from) } : arg,
          ]),
        ),
      },
    ]),
  );
  const outer = Object.entries(formula.nodes).map(([id, { block }]) => [id, { block }] as const);
  const layout = Object.fromEntries(placeMissing({ format: FORMULA_FORMAT, nodes: pasted }));
  return ok({ fragment: { nodes: pasted, layout, outer: Object.fromEntries(outer) }, unknown: wrong });
}

/** The formula with a name at each statement, and those names changed that are `own` to the code below it. */
function withNames(
  formula: Formula,
  own: ReadonlySet<string>,
): { readonly named: Formula; readonly ids: ReadonlyMap<string, NodeId> } {
  const ids = new Map<string, NodeId>();
  const { names } = statementsOf(formula);
  const taken = new Set([...own, ...names.values()]);
  const nodes = Object.entries(formula.nodes).map(([id, node]): [NodeId, FormulaNode] => {
    const name = names.get(id);
    if (name === undefined) return [id, node];
    let free = name;
    while (own.has(free) || (free !== name && taken.has(free))) free += '_';
    taken.add(free);
    ids.set(free, id);
    return [id, { ...node, name: free }];
  });
  return { named: { format: formula.format, nodes: Object.fromEntries(nodes) }, ids };
}

/** The node of the formula that a node of the text above is: by its name, or, of prices, by what it is. */
function outsideOf(
  formula: Formula,
  ids: ReadonlyMap<string, NodeId>,
  node: FormulaNode | undefined,
): NodeId | undefined {
  if (node?.name !== undefined) return ids.get(node.name);
  return node && isBareName(node.block)
    ? Object.entries(formula.nodes).find(([, other]) => other.block === node.block)?.[0]
    : undefined;
}
