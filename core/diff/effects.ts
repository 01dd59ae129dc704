import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { dataflowOrder } from '#core/formula/facts/dataflow-order.ts';
import { isRef, nodeOf, type Formula, type FormulaNode, type NodeId } from '#core/formula/model/formula.ts';
import type { Change, FormulaDiff } from './diff.ts';

/** What a change is about to whoever trades, in the order in which people ask for it. */
export const EFFECTS = ['entries', 'exits', 'sizing', 'risk', 'inputs', 'other'] as const;

export type Effect = (typeof EFFECTS)[number];

/** What the ports of actions are about; their condition is about going in or out. */
const OF_PORTS: Readonly<Record<string, Effect>> = {
  size: 'sizing',
  adds: 'sizing',
  stop: 'risk',
  target: 'risk',
  trail: 'risk',
  limit: 'entries',
  expires: 'entries',
};

const OF_ACTIONS: Readonly<Record<string, Effect>> = {
  buy: 'entries',
  short: 'entries',
  sell: 'exits',
  cover: 'exits',
};

function effectOf({ block }: FormulaNode, port: string): Effect {
  const action = OF_ACTIONS[block];
  if (action === undefined || port === 'note') return 'other';
  return port === 'when' || action === 'exits' ? action : (OF_PORTS[port] ?? action);
}

/** What each node of a formula has an effect on, through whatever it is wired to. */
function effectsOfNodes(formula: Formula): ReadonlyMap<NodeId, ReadonlySet<Effect>> {
  const effects = new Map<NodeId, Set<Effect>>();
  const of = (id: NodeId): Set<Effect> => {
    const known = effects.get(id) ?? new Set<Effect>();
    effects.set(id, known);
    return known;
  };
  for (const id of dataflowOrder(formula).order.toReversed()) {
    const node = nodeOf(formula, id);
    if (!node) continue;
    const isAction = findBlock(node.block)?.kind === 'action';
    for (const [port, arg] of Object.entries(node.args)) {
      if (!isRef(arg)) continue;
      const source = of(arg.from);
      if (isAction) source.add(effectOf(node, port));
      else for (const effect of of(id)) source.add(effect);
    }
  }
  return effects;
}

export interface ChangesByEffect {
  readonly effect: Effect;
  readonly changes: readonly Change[];
}

/**
 * Changes by the first thing that each has an effect on; effects of which nothing has changed are left out. `a` and `b`
 * are the formulas that were compared, with the same ids.
 */
export function groupByEffect(
  a: Formula,
  b: Formula,
  { changes }: Pick<FormulaDiff, 'changes'>,
): readonly ChangesByEffect[] {
  const [before, after] = [effectsOfNodes(a), effectsOfNodes(b)];
  const groups = new Map<Effect, Change[]>();
  for (const change of changes) {
    const effect = firstEffect(change, a, b, [before, after]);
    const members = groups.get(effect);
    if (members) members.push(change);
    else groups.set(effect, [change]);
  }
  return EFFECTS.flatMap((effect) => {
    const members = groups.get(effect);
    return members ? [{ effect, changes: members }] : [];
  });
}

/** Changes that are only of how a strategy is written. */
const OF_WRITING: ReadonlySet<Change['kind']> = new Set(['renamed', 'commented', 'reordered', 'epilogue', 'moved']);

function firstEffect(
  change: Change,
  a: Formula,
  b: Formula,
  effects: readonly ReadonlyMap<NodeId, ReadonlySet<Effect>>[],
): Effect {
  if (!('id' in change) || OF_WRITING.has(change.kind)) return 'other';
  const node = nodeOf(b, change.id) ?? nodeOf(a, change.id);
  if (!node) return 'other';
  if (node.block === 'input') return 'inputs';
  const port = 'path' in change ? change.path[0]?.port : 'when';
  if (findBlock(node.block)?.kind === 'action') return effectOf(node, port ?? 'when');
  return EFFECTS.find((effect) => effects.some((of) => of.get(change.id)?.has(effect))) ?? 'other';
}
