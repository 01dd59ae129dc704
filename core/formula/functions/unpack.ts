import { isBareName } from '../blocks/catalogue.ts';
import { FreeNames } from '../language/free-names.ts';
import { calleeOf, functionsOf, resultName, SCOPE, scopeOf } from '../language/functions.ts';
import { isMuted } from '../language/statements.ts';
import type { Edit } from '../model/edit.ts';
import { argOf, isRef, nodeOf, type Arg, type Formula, type NodeId, type Point } from '../model/formula.ts';

/**
 * Puts what a function is made of in the place of one of its calls; the function goes with its last call. The formula
 * gives the same bits. Of a muted call nothing: it does not compute what the function is made of.
 */
export function unpackCall(formula: Formula, id: NodeId, newId: () => NodeId): readonly Edit[] {
  const call = nodeOf(formula, id);
  const callee = call && calleeOf(formula, call);
  const parts = functionsOf(formula).get(callee ?? '');
  if (!call || !parts || callee === undefined || isMuted(call)) return [];
  const scope = scopeOf(formula, call);
  const body = parts.all.filter((part) => !parts.params.includes(part) && !parts.results.includes(part));
  const ids = new Map(body.map((part) => [part, newId()]));
  const given = new Map(
    parts.params.map((param) => {
      const { name = '', args = {} } = nodeOf(formula, param) ?? {};
      return [param, argOf(call, name) ?? args['default']] as const;
    }),
  );
  const copy = (arg: Arg): Arg | undefined => {
    if (!isRef(arg)) return arg;
    if (!given.has(arg.from)) return { ...arg, from: ids.get(arg.from) ?? arg.from };
    const value = given.get(arg.from);
    return arg.output === undefined || !isRef(value) || value.output !== undefined
      ? value
      : { ...value, output: arg.output };
  };
  const results = parts.results.flatMap((result) => {
    const node = nodeOf(formula, result);
    const x = node?.args['x'];
    return node ? [{ name: resultName(node), arg: x === undefined ? undefined : copy(x) }] : [];
  });
  const [first] = results;
  const isLast = !Object.entries(formula.nodes).some(
    ([other, node]) => other !== id && calleeOf(formula, node) === callee,
  );
  // With the last call the function goes, and its names are free.
  const going = new Set(isLast ? parts.all : []);
  const names = new FreeNames(
    Object.entries(formula.nodes).map(([node, { name }]) => (going.has(node) ? undefined : name)),
  );
  const heir = isRef(first?.arg) && first.arg.output === undefined ? first.arg.from : undefined;
  const root = formula.layout?.[id];
  const laidOut = body.flatMap((part) => formula.layout?.[part] ?? []);
  const corner = { x: Math.min(...laidOut.map(({ x }) => x)), y: Math.min(...laidOut.map(({ y }) => y)) };
  /** As the parts stand to one another in the function. */
  const placeOf = (part: NodeId, index: number, { x, y }: Point): Point => {
    const own = formula.layout?.[part];
    return own ? { x: x + own.x - corner.x, y: y + own.y - corner.y } : { x: x + (index % 3) * 40, y: y + index * 60 };
  };
  const added = body.map((part, index): Edit => {
    const node = nodeOf(formula, part) ?? { block: 'value', args: {} };
    const own = ids.get(part) ?? part;
    const args = Object.entries(node.args).flatMap(([port, arg]): [string, Arg][] => {
      if (port === SCOPE) return scope === undefined ? [] : [[port, { from: scope }]];
      const value = copy(arg);
      return value === undefined ? [] : [[port, value]];
    });
    const { name: _name, ...bare } = node;
    const name =
      own === heir && call.name !== undefined
        ? call.name
        : node.name === undefined || isBareName(node.block)
          ? undefined
          : names.take(node.name);
    return {
      type: 'addNode',
      id: own,
      node: { ...bare, ...(name === undefined ? {} : { name }), args: Object.fromEntries(args) },
      ...(root ? { at: placeOf(part, index, root) } : {}),
      after: id,
    };
  });
  const rewired = Object.entries(formula.nodes).flatMap(([user, { args }]) =>
    Object.entries(args).flatMap(([port, arg]): Edit[] => {
      if (!isRef(arg) || arg.from !== id) return [];
      const value = results.find(({ name }) => name === (arg.output ?? first?.name))?.arg;
      return value === undefined
        ? [{ type: 'clearArg', id: user, port }]
        : [{ type: 'setArg', id: user, port, arg: value }];
    }),
  );
  return [
    ...added.reverse(),
    ...rewired,
    { type: 'removeNode', id },
    ...(isLast ? [...parts.all, callee].map((part): Edit => ({ type: 'removeNode', id: part })) : []),
  ];
}
