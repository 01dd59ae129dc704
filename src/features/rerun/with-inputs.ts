import type { Formula } from '#core/formula/model/formula.ts';

/** The formula with the values of its inputs that a run was given, by their names. */
export function withInputs(formula: Formula, inputs: Readonly<Record<string, number | boolean | string>>): Formula {
  const nodes = Object.entries(formula.nodes).map(([id, node]) => {
    const given = node.block === 'input' && node.name !== undefined && Object.hasOwn(inputs, node.name);
    const value = given ? inputs[node.name ?? ''] : undefined;
    return [id, value === undefined ? node : { ...node, args: { ...node.args, value } }] as const;
  });
  return { ...formula, nodes: Object.fromEntries(nodes) };
}
