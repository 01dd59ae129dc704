import type { InputDeclaration } from '#core/engine/plan/inputs.ts';
import { rangeOf, type Axis } from '#core/engine/sweep/space.ts';
import { readValue, splitSets, UsageError } from './usage.ts';

/**
 * `--set fast=2..50 --set slow=5..200:5 --set kind=sma,ema` as the values that inputs take. A range without a step
 * takes the input's, or 1 (1% of percentages).
 */
export function readAxes(sets: readonly string[] | undefined, inputs: readonly InputDeclaration[]): Axis[] {
  return splitSets(sets, 'name=2..50, name=5..200:5 or name=a,b').map(([name, text]) => ({
    name,
    values: readValues(text, inputs.find((input) => input.name === name)?.step),
  }));
}

/** `1,000` is a list of 1 and 000, which nobody means. */
function listOf(text: string): Axis['values'] {
  const values = text.split(',').map((value) => value.trim());
  if (values.some((value) => /^[+-]?0\d/.test(value)))
    throw new UsageError(
      `"${text}" is a list, since a comma stands between values: write ${text.replaceAll(',', '')} for one number, and values without leading zeros.`,
    );
  return values.map((value) => readValue(value));
}

function readValues(text: string, stepOfInput: number | undefined): Axis['values'] {
  const [, from, to, step] = /^([^.:]+(?:\.\d+)?)\.\.([^:]+)(?::(.+))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return listOf(text);
  const usual = stepOfInput === undefined ? (to.endsWith('%') ? '1%' : '1') : String(stepOfInput);
  const numbers = [from, to, step ?? usual].map(readValue).filter((value) => typeof value === 'number');
  const [first, last, by] = numbers;
  if (first === undefined || last === undefined || by === undefined)
    throw new UsageError(`"${text}" is no range of numbers: it reads 5..200 or 5..200:5.`);
  // One value is no range: whoever writes an end expects to see the way there.
  if (step === undefined && by > last - first && last > first)
    throw new UsageError(`"${text}" needs a step: ${text}:${tenth(last - first, to)}, say.`);
  const values = rangeOf(first, last, by);
  if (values.length === 0) throw new UsageError(`The range "${text}" is empty, or far too long.`);
  return values;
}

/** A tenth of a distance, in the unit of the range's end. */
const tenth = (distance: number, end: string): string =>
  end.endsWith('%') ? `${Number((distance * 10).toPrecision(2))}%` : String(Number((distance / 10).toPrecision(2)));
