import type { Analysis } from './analyse.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isRef, type Formula, type FormulaNode, type NodeId } from './formula.ts';
import { numberOf } from './literal.ts';
import { isAction, sourcesOf, type Statements } from './statements.ts';

/** What is well-typed and still wrong or doubtful: inputs outside their own range, conditions that are constant, values that nobody reads. */
export function checkMeaning(formula: Formula, analysis: Analysis, statements: Statements): Diagnostic[] {
  const reading = new Set(Object.values(formula.nodes).flatMap(sourcesOf));
  const diagnostics = Object.entries(formula.nodes).flatMap(([id, node]) => [
    ...(node.block === 'input' ? inputProblems(id, node) : []),
    ...(isAction(node) ? conditionProblems(analysis, id, node) : []),
    ...(node.block === 'eq' || node.block === 'neq' ? equalityProblems(analysis, id, node) : []),
    ...(isAction(node) || reading.has(id) ? [] : [unused(id, statements.names.get(id) ?? node.block)]),
  ]);
  const acts = Object.values(formula.nodes).some(isAction);
  const nothing: Diagnostic = { code: 'no-action', severity: 'warning', message: 'Nothing acts yet: add buy(when: …), or info(when: …) for signals alone.' };
  return acts ? diagnostics : [...diagnostics, nothing];
}

function* inputProblems(id: NodeId, { name, args }: FormulaNode): Generator<Diagnostic> {
  const problem = (port: string, message: string): Diagnostic => ({ code: 'input', severity: 'error', message, nodeId: id, port });
  const { value, options } = args;
  if (name === undefined) yield problem('value', 'An input needs a name.');
  if (value === null || isRef(value) || Array.isArray(value)) return yield problem('value', 'An input needs a plain value: 10, 50%, "sma" or true.');
  const [number, min, max, step] = [value, args['min'], args['max'], args['step']].map((arg) => (arg === undefined || arg === null || isRef(arg) ? undefined : numberOf(arg)));
  if (number === undefined && (min !== undefined || max !== undefined)) yield problem('value', 'Only a number has a range.');
  if (min !== undefined && max !== undefined && min > max) yield problem('min', 'The range ends before it begins.');
  else if (number !== undefined && ((min !== undefined && number < min) || (max !== undefined && number > max))) yield problem('value', `The value lies outside its range ${min ?? ''}..${max ?? ''}.`);
  if (step !== undefined && !(step > 0)) yield problem('step', 'A step is above 0.');
  if (Array.isArray(options) && !options.some((option) => Object.is(option, value))) yield problem('value', 'The value is none of its own options.');
}

function* conditionProblems({ constants }: Analysis, id: NodeId, { block, args }: FormulaNode): Generator<Diagnostic> {
  const { when } = args;
  const constant = isRef(when) ? constants.get(when.from) : when;
  if (constant === false) yield { code: 'never', severity: 'warning', message: `This can never be true: \`${block}\` never acts.`, nodeId: id, port: 'when' };
  if (constant === true) yield { code: 'always', severity: 'warning', message: `This is always true: \`${block}\` acts at every bar.`, nodeId: id, port: 'when' };
}

function* equalityProblems(analysis: Analysis, id: NodeId, { block, args }: FormulaNode): Generator<Diagnostic> {
  const series = [args['a'], args['b']].filter((arg) => isRef(arg) && Object.values(analysis.types.get(arg.from) ?? {})[0] === 'series<number>');
  const computed = series.some((arg) => isRef(arg) && !analysis.constants.has(arg.from));
  if (!computed) return;
  yield { code: 'float-equality', severity: 'warning', message: `Computed prices are almost never exactly equal: \`${block === 'eq' ? '==' : '!='}\` rarely says what is meant. Compare with < or >, or abs(a - b) < 0.01.`, nodeId: id };
}

const unused = (id: NodeId, name: string): Diagnostic => ({
  code: 'unused', severity: 'warning', message: `Nobody uses \`${name}\`.`, nodeId: id,
  fix: { title: `Remove \`${name}\``, edits: [{ type: 'removeNode', id }] },
});
