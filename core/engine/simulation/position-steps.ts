import type { StreamState } from '#core/formula/model/block.ts';
import { drawdownOf } from '#core/trading/account.ts';
import type { BrokerView } from '#core/trading/broker.ts';
import type { Operand, Plan, PositionValue, Step } from '../plan/plan.ts';
import { read } from './desk.ts';

type WritableColumns = readonly (Float64Array | undefined)[];

/** The steps that depend on the position, one bar at a time, written into the columns at `at`. */
export interface PositionSteps {
  run(view: BrokerView, columns: WritableColumns, at: number, close: number): void;
  save(): number[][];
  restore(saved: readonly (readonly number[])[]): void;
}

export function createPositionSteps(plan: Plan): PositionSteps {
  const steps = plan.positionSteps.map(startStep);
  return {
    run: (view, columns, at, close) => {
      for (const step of steps) step.run(view, columns, at, close);
    },
    save: () => steps.map((step) => step.state?.save() ?? []),
    restore: (saved) => steps.forEach((step, index) => step.state?.restore(saved[index] ?? [])),
  };
}

interface Running {
  readonly state?: StreamState;
  run(view: BrokerView, columns: WritableColumns, at: number, close: number): void;
}

function startStep(step: Step): Running {
  if (step.kind === 'kernel') return startKernel(step.block.kernel.stream(step.params), step.operands, step.outputs);
  if (step.kind !== 'position') return { run: () => undefined };
  return {
    run: (view, columns, at, close) => put(columns, step.output, at, positionValue(step.value, view, close)),
  };
}

/** A kernel that takes its operands from the columns and puts its results there. */
function startKernel(state: StreamState, operands: readonly Operand[], outputs: readonly number[]): Running {
  const values = new Float64Array(operands.length);
  const out = new Float64Array(outputs.length);
  return {
    state,
    run: (_view, columns, at) => {
      operands.forEach((operand, index) => (values[index] = read(operand, columns, at)));
      state.step(values, out);
      outputs.forEach((column, index) => put(columns, column, at, out[index] ?? Number.NaN));
    },
  };
}

function put(columns: WritableColumns, column: number, at: number, value: number): void {
  const target = columns[column];
  if (target) target[at] = value;
}

function positionValue(value: PositionValue, view: BrokerView, close: number): number {
  const { units, entryPrice, entryBar, bar, equity, peak } = view;
  switch (value) {
    case 'size':
      return units;
    case 'entry':
      return entryPrice;
    case 'bars':
      return units === 0 ? Number.NaN : bar - entryBar;
    case 'pnl':
      return units === 0 ? Number.NaN : Math.sign(units) * fractionBetween(entryPrice, close);
    case 'equity':
      return equity;
    case 'drawdown':
      return drawdownOf(view) === 0 ? 0 : fractionBetween(peak, equity);
  }
}

/** Beyond a million times the start, doubles have no thirteen digits behind the point. */
const MOST_ROUNDED = 1e6;

/**
 * The change from one amount to another as a fraction, as people reckon it: from 1.1 to 1.21 are 10%. Doubles make
 * 0.09999999999999992, which a condition of `>= 10%` misses. Thirteen digits behind the point are kept.
 */
function fractionBetween(from: number, to: number): number {
  const fraction = to / from - 1;
  return Math.abs(fraction) < MOST_ROUNDED ? Math.round(fraction * 1e13) / 1e13 : fraction;
}
