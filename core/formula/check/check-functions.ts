import { findBlock, isBareName } from '../blocks/catalogue.ts';
import type { Expansion, Refusal } from '../functions/expand.ts';
import { CALLEE, calleeOf, functionsOf, mayLeadTo, SCOPE, scopeOf, type FunctionParts } from '../language/functions.ts';
import { RESERVED } from '../language/syntax.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { argOf, isRef, MOST_NODES, nodeOf, type Formula, type FormulaNode, type NodeId } from '../model/formula.ts';
import { isName, isPortName } from '../model/port-name.ts';
import { errorOf, warningOf } from './report.ts';

/**
 * What is wrong with functions and their calls as they are written; what they make of values is looked at where they
 * are called.
 */
export function checkFunctions(formula: Formula, { refused }: Expansion): Diagnostic[] {
  const functions = functionsOf(formula);
  const called = new Set(Object.values(formula.nodes).map((node) => calleeOf(formula, node)));
  return [
    ...[...functions.values()].flatMap((parts) => checkFunction(formula, parts)),
    ...checkNamesBeside(formula, functions),
    ...[...functions.keys()].flatMap((id) =>
      called.has(id) ? [] : [warningOf(id, 'unused', `Nobody calls \`${nameOf(formula, id)}\`.`)],
    ),
    ...Object.entries(formula.nodes).flatMap(([id, node]) => [
      ...(node.block === 'call' ? checkCall(formula, id, node) : []),
      ...checkWires(formula, id, node),
    ]),
    ...[...refused].map(([id, why]) =>
      errorOf(id, why === 'recursion' ? 'recursion' : 'too-large', refusal(formula, id, why)),
    ),
  ];
}

/** What is called as something else that is known at the same place: as code says of statements. */
function checkNamesBeside(formula: Formula, functions: ReadonlyMap<NodeId, FunctionParts>): Diagnostic[] {
  if (functions.size === 0) return [];
  const [outside, inputs, found] = [new Set<string>(), new Set<string>(), [] as Diagnostic[]];
  for (const node of Object.values(formula.nodes)) {
    if (node.name === undefined || node.block === 'fn' || scopeOf(formula, node) !== undefined) continue;
    outside.add(node.name);
    if (node.block === 'input') inputs.add(node.name);
  }
  for (const { id, all } of functions.values()) {
    const { name } = nodeOf(formula, id) ?? {};
    if (name !== undefined && outside.has(name)) found.push(isNamedTwice(id, name));
    if (name !== undefined) outside.add(name);
    for (const part of all) {
      const own = nodeOf(formula, part);
      if (own?.name !== undefined && own.block !== 'result' && inputs.has(own.name))
        found.push(isNamedTwice(part, own.name));
    }
  }
  return found;
}

const isNamedTwice = (id: NodeId, name: string): Diagnostic =>
  errorOf(id, 'duplicate-name', `\`${name}\` is the name of another one already.`);

const nameOf = (formula: Formula, id: NodeId): string => nodeOf(formula, id)?.name ?? '';

const noName = (name: string): string =>
  `\`${name}\` is no name: letters, digits and _ only, not beginning with a digit.`;

function refusal(formula: Formula, id: NodeId, why: Refusal): string {
  const callee = nameOf(formula, calleeOf(formula, nodeOf(formula, id) ?? { block: '', args: {} }) ?? '');
  switch (why) {
    case 'recursion':
      return `\`${callee}\` calls itself here: a function can't depend on itself. Use the value of an earlier bar of something else.`;
    case 'depth':
      return `\`${callee}\` is called too deep within other functions. Call fewer functions from one another.`;
    case 'size':
      return `With what its functions are made of, the formula has more than ${MOST_NODES.toLocaleString('en')} nodes here. Call \`${callee}\` less often, or make the function smaller.`;
  }
}

function checkFunction(formula: Formula, { id, params, results, all }: FunctionParts): Diagnostic[] {
  const name = nameOf(formula, id);
  const found: Diagnostic[] = [];
  if (!isName(name)) found.push(errorOf(id, 'reserved', noName(name)));
  else if (RESERVED.has(name) || findBlock(name))
    found.push(errorOf(id, 'reserved', `\`${name}\` has a meaning already; choose another name.`));
  if (results.length === 0)
    found.push(errorOf(id, 'return', `What \`${name}\` gives is missing: give the function a result.`));
  const resultNames = results.map((result) => nodeOf(formula, result)?.name);
  if (results.length > 1 && new Set(resultNames).size < results.length)
    found.push(errorOf(id, 'return', 'Of several results each has a name of its own.'));
  if (results.length > 1 && resultNames.includes(undefined))
    found.push(errorOf(id, 'return', 'Of several results each has a name: return upper: a, lower: b.'));
  for (const result of results)
    if (nodeOf(formula, result)?.args['x'] === undefined)
      found.push(errorOf(result, 'missing-argument', `What \`${name}\` gives is missing.`, { port: 'x' }));
  const owners = new Set<string>();
  for (const part of all) {
    const node = nodeOf(formula, part);
    if (!node) continue;
    const kind = findBlock(node.block)?.kind;
    if (kind === 'action' || kind === 'input')
      found.push(
        errorOf(
          part,
          'function-statement',
          'A function holds values alone: an action or an input stands outside of functions.',
        ),
      );
    if (node.name !== undefined && !isName(node.name)) found.push(errorOf(part, 'reserved', noName(node.name)));
    if (node.name === undefined || node.block === 'result') continue;
    if (
      isBareName(node.name) ||
      RESERVED.has(node.name) ||
      (params.includes(part) && (node.name === CALLEE || !isPortName(node.name)))
    )
      found.push(errorOf(part, 'reserved', `\`${node.name}\` has a meaning already; choose another name.`));
    else if (owners.has(node.name)) found.push(isNamedTwice(part, node.name));
    owners.add(node.name);
  }
  return found;
}

function checkCall(formula: Formula, id: NodeId, node: FormulaNode): Diagnostic[] {
  const callee = calleeOf(formula, node);
  const parts = functionsOf(formula).get(callee ?? '');
  if (!parts || callee === undefined)
    return [errorOf(id, 'unknown-function', 'The function that is called here is gone.')];
  const params = parts.params.flatMap((param) => nodeOf(formula, param) ?? []);
  const names = new Set(params.map(({ name }) => name));
  return [
    ...params.flatMap(({ name = '', args }) =>
      argOf(node, name) === undefined && args['default'] === undefined
        ? [errorOf(id, 'missing-argument', `\`${nameOf(formula, callee)}\` needs \`${name}\`.`, { port: name })]
        : [],
    ),
    ...Object.keys(node.args).flatMap((port) =>
      port === SCOPE || port === CALLEE || names.has(port)
        ? []
        : [
            errorOf(id, 'unknown-argument', `\`${nameOf(formula, callee)}\` has no argument \`${port}\`.`, {
              port,
              fix: { title: `Remove \`${port}\``, edits: [{ type: 'clearArg', id, port }] },
            }),
          ],
    ),
  ];
}

/**
 * Into a function lead wires from its own nodes, and from the prices and inputs of the strategy. None leads out of a
 * function but by its results.
 */
function checkWires(formula: Formula, id: NodeId, node: FormulaNode): Diagnostic[] {
  const scope = scopeOf(formula, node);
  return Object.entries(node.args).flatMap(([port, arg]) => {
    const source = isRef(arg) && port !== SCOPE && port !== CALLEE ? nodeOf(formula, arg.from) : undefined;
    if (!source || mayLeadTo(formula, source, node)) return [];
    const name = source.name ?? source.block;
    const message =
      scope === undefined
        ? `\`${name}\` is inside of a function: use what the function gives.`
        : `\`${name}\` is outside of the function: make it a parameter, and give it where the function is called.`;
    return [errorOf(id, 'outside-function', message, { port })];
  });
}
