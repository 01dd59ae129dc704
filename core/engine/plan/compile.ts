import { check } from '#core/formula/check/check.ts';
import { analyse } from '#core/formula/facts/analyse.ts';
import type { Constant } from '#core/formula/facts/constants.ts';
import { expand, type Expansion } from '#core/formula/functions/expand.ts';
import type { Diagnostic } from '#core/formula/model/diagnostic.ts';
import type { Formula, FormulaNode, NodeId } from '#core/formula/model/formula.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { checkInputs } from './inputs.ts';
import { lowerToPlan, outputKey, type CompileOptions } from './lower-to-plan.ts';
import type { Plan } from './plan.ts';

/**
 * Makes a formula ready to run: functions written out, constants folded, equal subexpressions shared, what no action
 * needs left out. `inputs` replaces values of inputs by name. A formula with errors, or an input that it does not
 * allow, is refused with all its problems.
 */
export function compile(
  formula: Formula,
  inputs: Readonly<Record<string, Constant>> = {},
  options: CompileOptions = {},
): Result<Plan, readonly Diagnostic[]> {
  const checked = check(formula);
  const problems = [
    ...checked.diagnostics.filter(({ severity }) => severity === 'error'),
    ...checkInputs(formula, inputs),
  ];
  if (problems.length > 0) return err(problems);
  // A replaced input may break what depends on it: a period of 0, say.
  const again =
    Object.keys(inputs).length === 0
      ? []
      : check(formula, { inputs }).diagnostics.filter(({ severity }) => severity === 'error');
  if (again.length > 0) return err(again);
  const expansion = expand(formula);
  const plain = options.keepNamed || options.keepNodes ? withResults(expansion) : expansion.formula;
  return ok(lowerToPlan(plain, analyse(plain, inputs), checked.warmUp, options));
}

/** With a value of its own for each result of calls that give several, so that each of them is kept. */
function withResults({ formula, results }: Expansion): Formula {
  if (results.size === 0) return formula;
  const nodes = Object.entries(formula.nodes).flatMap(([id, node]): [NodeId, FormulaNode][] => {
    const given = results.get(id);
    if (!given) return [[id, node]];
    const { name, ...bare } = node;
    const values = [...given].map(([output, x]): [NodeId, FormulaNode] => [
      outputKey(id, output),
      { block: 'value', args: { x }, ...(name === undefined ? {} : { name: `${name}.${output}` }) },
    ]);
    return [[id, bare], ...values];
  });
  return { ...formula, nodes: Object.fromEntries(nodes) };
}
