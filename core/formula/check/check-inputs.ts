import type { Graph } from '../facts/graph.ts';
import { numberOf } from '../language/literal.ts';
import type { Diagnostic, Fix } from '../model/diagnostic.ts';
import type { Edit } from '../model/edit.ts';
import { isRef, type Arg, type FormulaNode, type Literal, type NodeId } from '../model/formula.ts';
import { errorOf } from './report.ts';

/** Inputs that contradict themselves: a value outside the range, a range that ends before it begins. */
export const checkInputs = ({ vertices }: Graph): Diagnostic[] =>
  vertices.filter(({ block }) => block?.kind === 'input').flatMap(({ id, node }) => [...problemsOf(id, node)]);

const set = (id: NodeId, port: string, arg: Literal): Edit => ({ type: 'setArg', id, port, arg });
const clear = (id: NodeId, port: string): Edit => ({ type: 'clearArg', id, port });

const literalOf = (arg: Arg | undefined): number | undefined =>
  arg === undefined || arg === null || isRef(arg) ? undefined : numberOf(arg);

function* problemsOf(id: NodeId, { name, args }: FormulaNode): Generator<Diagnostic> {
  const problem = (port: string, message: string, title?: string, ...edits: readonly Edit[]): Diagnostic =>
    errorOf(id, 'input', message, { port, fix: fixOf(title, edits) });
  if (name === undefined) yield problem('value', 'An input needs a name.');
  for (const port of ['min', 'max', 'step', 'options'])
    if (isRef(args[port]))
      yield problem(port, 'The range of an input is made of plain values.', 'Take the wire away', clear(id, port));
  for (const port of ['min', 'max', 'step'])
    if (isNoNumber(args[port]))
      yield problem(port, `\`${port}\` of an input is a number.`, 'Take it away', clear(id, port));
  const { value, options } = args;
  if (value === undefined) return;
  if (value === null || isRef(value) || Array.isArray(value))
    return yield problem('value', 'An input needs a plain value: 10, 50%, "sma" or true.');
  const [number, min, max, step] = [value, args['min'], args['max'], args['step']].map(literalOf);
  if (number === undefined && (min !== undefined || max !== undefined))
    yield problem('value', 'Only a number has a range.', 'Take the range away', clear(id, 'min'), clear(id, 'max'));
  if (min !== undefined && max !== undefined && min > max) {
    yield problem(
      'min',
      'The range ends before it begins.',
      'Turn it round',
      set(id, 'min', plain(args['max'])),
      set(id, 'max', plain(args['min'])),
    );
  } else if (number !== undefined && min !== undefined && number < min) {
    yield problem('value', outside(min, max), `Make it ${min}`, set(id, 'value', plain(args['min'])));
  } else if (number !== undefined && max !== undefined && number > max) {
    yield problem('value', outside(min, max), `Make it ${max}`, set(id, 'value', plain(args['max'])));
  }
  if (step !== undefined && !(step > 0))
    yield problem('step', 'A step is above 0.', 'Take the step away', clear(id, 'step'));
  if (options !== undefined && options !== null && !Array.isArray(options) && !isRef(options))
    yield problem('options', 'The options of an input are a list.', 'Take them away', clear(id, 'options'));
  else if (Array.isArray(options) && !options.some((option) => Object.is(option, value)))
    yield problem(
      'value',
      'The value is none of its own options.',
      options[0] === undefined ? undefined : `Make it ${String(options[0])}`,
      set(id, 'value', options[0] ?? null),
    );
}

const isNoNumber = (arg: Arg | undefined): boolean => arg !== undefined && !isRef(arg) && numberOf(arg) === undefined;

const fixOf = (title: string | undefined, edits: readonly Edit[]): Fix | undefined =>
  title === undefined ? undefined : { title, edits };

const plain = (arg: Arg | undefined): Literal => (arg === undefined || isRef(arg) ? null : arg);

const outside = (min: number | undefined, max: number | undefined): string =>
  `The value lies outside its range ${min ?? ''}..${max ?? ''}.`;
