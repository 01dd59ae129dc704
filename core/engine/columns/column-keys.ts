import { hashCode } from '#core/formula/language/hash.ts';
import type { Operand, Plan, Step } from '../plan/plan.ts';

/** Longer keys are hashed: written out, a formula that uses everything twice would double them with each step. */
const LONGEST = 160;

/**
 * What each column of a plan holds, as text: equal for columns of equal values, whatever plan they are in and whatever
 * thread asks. Columns that depend on the position have none.
 */
export function columnKeys(plan: Plan): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  const keyOf = (operand: Operand): string =>
    operand.kind === 'constant' ? textOf(operand.value) : (keys.get(operand.column) ?? '?');
  for (const step of plan.steps) {
    const { symbol, timeframe } = plan.clocks[step.clock] ?? { symbol: null, timeframe: null };
    const text = `${contentOf(step, keyOf)}@${symbol ?? ''}/${timeframe ?? ''}`;
    const key = text.length > LONGEST ? hashCode(text) : text;
    if (step.kind !== 'kernel') keys.set(step.output, key);
    else step.outputs.forEach((column, index) => keys.set(column, index === 0 ? key : `${key}.${index}`));
  }
  return keys;
}

function contentOf(step: Step, keyOf: (operand: Operand) => string): string {
  switch (step.kind) {
    case 'kernel':
      return `${step.block.name}${JSON.stringify(step.params)}(${step.operands.map(keyOf).join(' ')})`;
    case 'bars':
      return step.source;
    case 'align':
      return `align(${keyOf({ kind: 'column', column: step.operand })})`;
    case 'position':
      return step.value;
  }
}

const textOf = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
