import { check } from '#core/formula/check/check.ts';
import { analyse } from '#core/formula/facts/analyse.ts';
import { parse } from '#core/formula/language/parse.ts';
import { print } from '#core/formula/language/print.ts';
import type { Formula } from '#core/formula/model/formula.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import type { Inputs } from './space.ts';

/** The candidates for which a condition on a formula's inputs holds, in the formula's own language: `fast < slow`. */
export function candidatesWhere(
  formula: Formula,
  candidates: readonly Inputs[],
  condition: string,
): Result<Inputs[], string> {
  const inputs = Object.entries(formula.nodes).filter(([, { block }]) => block === 'input');
  const names = new Set(inputs.map(([, { name }]) => name));
  let kept = 'whatTheConditionSays';
  // Neither an input nor the condition says this name.
  while (names.has(kept) || condition.includes(kept)) kept += '_';
  if (condition.includes('\n')) return err('A condition is one line.');
  const parsed = parse(
    `${print({ format: formula.format, nodes: Object.fromEntries(inputs) })}\n${kept} = ${condition}`,
  );
  const problems = parsed.diagnostics.length > 0 ? parsed.diagnostics : check(parsed.formula).diagnostics;
  const wrong = problems.find(({ severity }) => severity === 'error');
  if (wrong) return err(wrong.message);
  const [id] = Object.entries(parsed.formula.nodes).find(([, { name }]) => name === kept) ?? [''];
  const holds = (values: Inputs) => analyse(parsed.formula, values).constants.get(id);
  if (candidates.some((values) => typeof holds(values) !== 'boolean'))
    return err(`\`${condition}\` is no condition on the inputs alone.`);
  return ok(candidates.filter((values) => holds(values) === true));
}
