import { findBlock, findPort } from '../blocks/catalogue.ts';
import { CALLEE, calleeOf, functionsOf, SCOPE } from '../language/functions.ts';
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
  const called = new Set(Object.values(formula.nodes).map((node) => calleeOf(formula, node)));
  const idle = [...functions.values()].filter(({ id }) => !called.has(id));
  if (idle.length === 0) return formula;
  const calls = idle.map(({ id, params }): [NodeId, FormulaNode] => [
    `${PREFIX}${id}`,
    {
      block: 'call',
      args: {
        [CALLEE]: { from: id },
        ...Object.fromEntries(
          params.flatMap((param): [string, Arg][] => {
            const { name = '', args = {} } = nodeOf(formula, param) ?? {};
            return args['default'] === undefined ? [[name, standIn(portsOf(formula, param, 0))]] : [];
          }),
        ),
      },
    },
  ]);
  return { ...formula, nodes: { ...formula.nodes, ...VALUES, ...Object.fromEntries(calls) } };
}

const idOf = (name: string): NodeId => `${PREFIX}${name}`;

const VALUES: Formula['nodes'] = {
  [idOf('close')]: { block: 'close', args: {} },
  [idOf('open')]: { block: 'open', args: {} },
  [idOf('condition')]: { block: 'gt', args: { a: { from: idOf('close') }, b: { from: idOf('open') } } },
  [idOf('feed')]: { block: 'feed', args: { timeframe: '1d' } },
};

const MOST_STEPS = 8;

/** The ports that a parameter enters, also through calls. */
function portsOf(formula: Formula, param: NodeId, step: number): readonly Port[] {
  if (step > MOST_STEPS) return [];
  return Object.values(formula.nodes).flatMap((node) =>
    Object.entries(node.args).flatMap(([name, arg]): readonly Port[] => {
      if (name === SCOPE || !isRef(arg) || arg.from !== param) return [];
      const callee = functionsOf(formula).get(calleeOf(formula, node) ?? '');
      const inner = callee?.params.find((each) => nodeOf(formula, each)?.name === name);
      if (inner !== undefined) return portsOf(formula, inner, step + 1);
      const block = findBlock(node.block);
      const port = block && findPort(block, name);
      return port ? [port] : [];
    }),
  );
}

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
