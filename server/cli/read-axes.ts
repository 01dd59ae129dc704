import type { InputDeclaration } from '#core/engine/inputs.ts';
import { rangeOf, type Axis } from '#core/engine/sweep/space.ts';
import { readValue, splitSets, UsageError } from './usage.ts';

/** `--set fast=2..50 --set slow=5..200:5 --set kind=sma,ema` as the values that inputs take. A range without a step takes the input's, or 1. */
export function readAxes(sets: readonly string[] | undefined, inputs: readonly InputDeclaration[]): Axis[] {
  return splitSets(sets, 'name=2..50, name=5..200:5 or name=a,b').map(([name, text]) => ({ name, values: readValues(text, inputs.find((input) => input.name === name)?.step ?? 1) }));
}

function readValues(text: string, usualStep: number): Axis['values'] {
  const [, from, to, step] = /^([^.:]+(?:\.\d+)?)\.\.([^:]+)(?::(.+))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return text.split(',').map((value) => readValue(value.trim()));
  const numbers = [from, to, step ?? String(usualStep)].map(readValue).filter((value) => typeof value === 'number');
  const [first, last, by] = numbers;
  if (first === undefined || last === undefined || by === undefined) throw new UsageError(`"${text}" is no range of numbers: it reads 5..200 or 5..200:5.`);
  const values = rangeOf(first, last, by);
  if (values.length === 0) throw new UsageError(`The range "${text}" is empty, or far too long.`);
  return values;
}
