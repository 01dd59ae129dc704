import { findBlock, findPort } from '../blocks/catalogue.ts';
import { CALLEE, calleeOf, functionsOf, SCOPE, scopeOf } from '../language/functions.ts';
import type { Port } from '../model/block.ts';
import { isRef, nodeOf, type Arg, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';

/** No id that code or JSON can give. */
const PREFIX = 'stand-in ';

/** Whether a node stands there only so that a function which nobody calls is looked at, too. */
export const isStandIn = (id: NodeId): boolean => id.startsWith(PREFIX);

/**
 * The formula with a call of each function that nobody calls. Its arguments are such as its parameters are used for.
 */
export function withStandIns(formula: Formula): Formula {
  const functions = functionsOf(formula);
  if (functions.size === 0) return formula;
  const idle = idleFunctions(formula).flatMap((id) => functions.get(id) ?? []);
  if (idle.length === 0) return formula;
  const ports = new ParameterPorts(formula);
  const calls = idle.map(({ id, params }): [NodeId, FormulaNode] => [
    `${PREFIX}${id}`,
    {
      block: 'call',
      args: {
        [CALLEE]: { from: id },
        ...Object.fromEntries(
          params.flatMap((param): [string, Arg][] => {
            const { name = '', args = {} } = nodeOf(formula, param) ?? {};
            return args['default'] === undefined ? [[name, standIn(ports.of(param))]] : [];
          }),
        ),
      },
    },
  ]);
  return { ...formula, nodes: { ...formula.nodes, ...VALUES, ...Object.fromEntries(calls) } };
}

/**
 * Functions that no call outside of functions leads to, each with what it calls: those that nobody calls, and one of
 * each circle of functions that call one another alone.
 */
function idleFunctions(formula: Formula): readonly NodeId[] {
  const calls = new Map<NodeId | undefined, NodeId[]>();
  const called = new Set<NodeId>();
  for (const node of Object.values(formula.nodes)) {
    const callee = calleeOf(formula, node);
    if (callee === undefined) continue;
    const caller = scopeOf(formula, node);
    const own = calls.get(caller);
    if (own) own.push(callee);
    else calls.set(caller, [callee]);
    called.add(callee);
  }
  const reached = new Set<NodeId>(calls.get(undefined));
  const reach = (from: Set<NodeId>): void => {
    for (const id of from) for (const callee of calls.get(id) ?? []) from.add(callee);
  };
  reach(reached);
  const ids = [...functionsOf(formula).keys()];
  return [...ids.filter((id) => !called.has(id)), ...ids].filter((id) => {
    if (reached.has(id)) return false;
    reached.add(id);
    reach(reached);
    return true;
  });
}

const idOf = (name: string): NodeId => `${PREFIX}${name}`;

const VALUES: Formula['nodes'] = {
  [idOf('close')]: { block: 'close', args: {} },
  [idOf('open')]: { block: 'open', args: {} },
  [idOf('condition')]: { block: 'gt', args: { a: { from: idOf('close') }, b: { from: idOf('open') } } },
  [idOf('feed')]: { block: 'feed', args: { timeframe: '1d' } },
};

/** So many parameters of other functions are followed from one parameter: those of a chain, or of a wide fan. */
const MOST_FOLLOWED = 64;

/** What a parameter enters within its own function. */
interface Uses {
  readonly ports: Set<Port>;
  /** Parameters of the functions that are called with it. */
  readonly params: Set<NodeId>;
}

/**
 * The ports that parameters enter, also through calls. Each wire is looked at once, however many ways lead along it.
 */
class ParameterPorts {
  readonly #uses: ReadonlyMap<NodeId, Uses>;

  constructor(formula: Formula) {
    const functions = functionsOf(formula);
    const uses = new Map<NodeId, Uses>();
    for (const { params } of functions.values())
      for (const param of params) uses.set(param, { ports: new Set(), params: new Set() });
    const named = new Map([...functions].map(([id, { params }]) => [id, byName(formula, params)]));
    for (const node of Object.values(formula.nodes)) {
      const callee = named.get(calleeOf(formula, node) ?? '');
      const block = findBlock(node.block);
      for (const [name, arg] of Object.entries(node.args)) {
        const of = isRef(arg) && name !== SCOPE ? uses.get(arg.from) : undefined;
        const inner = callee?.get(name);
        const port = block && findPort(block, name);
        if (inner !== undefined) of?.params.add(inner);
        else if (port) of?.ports.add(port);
      }
    }
    this.#uses = uses;
  }

  of(param: NodeId): readonly Port[] {
    const followed = new Set([param]);
    for (const id of followed)
      for (const inner of this.#uses.get(id)?.params ?? []) if (followed.size < MOST_FOLLOWED) followed.add(inner);
    return [...new Set([...followed].flatMap((id) => [...(this.#uses.get(id)?.ports ?? [])]))];
  }
}

const byName = (formula: Formula, params: readonly NodeId[]): ReadonlyMap<string, NodeId> =>
  new Map(params.toReversed().map((param) => [nodeOf(formula, param)?.name ?? '', param]));

function standIn(ports: readonly Port[]): Arg {
  const of = (...types: readonly Port['type'][]) => ports.find(({ type }) => types.includes(type));
  const constant = of('number', 'string', 'bool');
  if (constant)
    return (
      constant.default ??
      constant.options?.[0] ??
      (constant.type === 'string' ? 'text' : constant.type === 'bool' ? true : (constant.min ?? 2))
    );
  if (of('feed')) return { from: idOf('feed') };
  return { from: idOf(of('series<bool>') ? 'condition' : 'close') };
}
