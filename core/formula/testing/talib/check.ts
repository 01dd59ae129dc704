import { isSeriesPort } from '../../facts/constants.ts';
import type { Guarantee, KernelBlock, Params, Port } from '../../model/block.ts';
import { allowance, toNumber } from '../exact/exact.ts';
import { DEFINITIONS } from '../exact/oracle.ts';
import { columnOf, type Column } from '../exact/windows.ts';
import { askTalib, blockOf, optionPorts } from './functions.ts';
import type { TalibModule } from './module.ts';
import { between, randomOf, whole, type Random } from './random.ts';
import { candleBars, madeUpBars, madeUpSeries, SERIES_KINDS, type SeriesKind } from './series.ts';

/** The largest relative error that is allowed at any bar. */
export const TOLERANCE = 1e-9;

export interface FunctionCheck {
  /** TA-Lib's name. */
  readonly name: string;
  readonly runs: number;
  /** How many finite values were compared. */
  readonly values: number;
  /**
   * How many of them TA-Lib has wrong by more than the tolerance, and the block right, by a computation with 400
   * digits.
   */
  readonly corrected: number;
  /**
   * The largest relative error at any other bar of any run; Infinity where the lookback differs, or one has a value and
   * the other none.
   */
  readonly worst: number;
  /** What is wrong first, with what it takes to see it again. */
  readonly problem: string | null;
}

/**
 * Runs a block and TA-Lib's function on the same columns: first with the defaults of either on each kind of series,
 * then with parameters at random. Looks on the way whether the outputs are what their declaration guarantees of them.
 */
export function checkFunction(
  module: TalibModule,
  name: string,
  options: { readonly runs: number; readonly seed?: number },
): FunctionCheck {
  const block = blockOf(name);
  if (!block)
    return { name, runs: 0, values: 0, corrected: 0, worst: Number.POSITIVE_INFINITY, problem: 'no such block' };
  let values = 0;
  let corrected = 0;
  let worst = 0;
  let problem: string | null = null;
  for (let run = 0; run < options.runs; run += 1) {
    const seed = (options.seed ?? 1) + run;
    const random = randomOf(seed);
    const params = run < SERIES_KINDS.length ? null : someParams(name, block, random);
    const kind = kindOf(run, name, params);
    const columns = columnsOf(name, block, kind, whole(random, 1, 600), random);
    const found = compare(module, name, block, params, columns);
    values += found.values;
    corrected += found.corrected;
    worst = Math.max(worst, found.worst);
    problem ??=
      found.problem &&
      `${found.problem} (${kind} series, seed ${seed}, ${params ? JSON.stringify(params) : 'defaults'})`;
  }
  return { name, runs: options.runs, values, corrected, worst, problem };
}

/**
 * A phase is decided by what rounding leaves where a price stands still beside a price a billion times larger, and
 * TA-Lib's running sums leave much: on such series there is no saying who is right.
 */
function kindOf(run: number, name: string, params: Params | null): SeriesKind {
  const kind = SERIES_KINDS[run % SERIES_KINDS.length] ?? 'random';
  const isOfPhase = /^(HT_|MAMA)/.test(name) || Object.values(params ?? {}).includes('mama');
  return kind === 'extreme' && isOfPhase ? 'gapped' : kind;
}

type Found = Pick<FunctionCheck, 'values' | 'corrected' | 'worst' | 'problem'>;

function compare(
  module: TalibModule,
  name: string,
  block: KernelBlock,
  given: Params | null,
  columns: readonly Float64Array[],
): Found {
  const length = columns[0]?.length ?? 0;
  const expected = askTalib(module, name, block, given ?? 'its defaults', columns);
  const params = given ?? defaultsOf(block);
  const outputs = block.outputs.map(() => new Float64Array(length));
  block.kernel.batch(params, columns, outputs, length);
  const lookback = Math.min(block.lookback(params), length);
  if (lookback !== expected.begin)
    return {
      values: 0,
      corrected: 0,
      worst: Number.POSITIVE_INFINITY,
      problem: `lookback ${lookback}, TA-Lib has ${expected.begin}`,
    };
  let values = 0;
  let corrected = 0;
  let worst = 0;
  let problem: string | null = null;
  const arePrices = columns.every((column) => column.every((price) => price > 0));
  let exact: readonly Column[] | null | undefined;
  const isRight = (index: number, bar: number, ours: number): boolean => {
    exact ??= DEFINITIONS[block.name]?.(params, columns.map(columnOf), columns) ?? null;
    return exact !== null && isWithinAllowance(ours, exact[index]?.[bar] ?? null);
  };
  outputs.forEach((column, index) =>
    column.forEach((ours, bar) => {
      if (arePrices && !keepsTo(block.outputs[index], ours))
        problem ??= `${block.outputs[index]?.name} ${ours} at bar ${bar} is not what it guarantees`;
      const theirs = expected.outputs[index]?.[bar] ?? Number.NaN;
      const error = relativeError(ours, theirs);
      if (Number.isFinite(theirs)) values += 1;
      if (error > TOLERANCE && isRight(index, bar, ours)) {
        corrected += 1;
        return;
      }
      worst = Math.max(worst, error);
      if (error > TOLERANCE) problem ??= `${block.outputs[index]?.name} ${ours} at bar ${bar}, TA-Lib has ${theirs}`;
    }),
  );
  return { values, corrected, worst, problem };
}

/** Where the definition is over nothing but rounding, no double is wrong. */
const isWithinAllowance = (ours: number, exact: Column[number]): boolean =>
  exact === null || Math.abs(ours - toNumber(exact)) <= allowance(exact);

/** Where TA-Lib has no finite number (it divides by zero, takes the root of a negative), the language has `na`. */
function relativeError(ours: number, theirs: number): number {
  if (!Number.isFinite(theirs)) return Number.isNaN(ours) ? 0 : Number.POSITIVE_INFINITY;
  if (ours === theirs) return 0;
  return Number.isNaN(ours) ? Number.POSITIVE_INFINITY : Math.abs(ours - theirs) / Math.abs(theirs);
}

function keepsTo(guarantee: Guarantee = {}, value: number): boolean {
  const { min = -Infinity, max = Infinity, integer, rounded } = guarantee;
  const slack = rounded ? 1e-6 * Math.max(Math.abs(guarantee.min ?? 0), Math.abs(guarantee.max ?? 0)) : 0;
  return (
    Number.isNaN(value) ||
    (value >= min - slack && value <= max + slack && (integer !== true || Number.isInteger(value)))
  );
}

const defaultsOf = (block: KernelBlock): Params =>
  Object.fromEntries(optionPorts(block).map(({ name, default: value }) => [name, value ?? null]));

/**
 * Where TA-Lib reads memory that is none of its columns: it takes the lookback of an average of one bar for -1, and
 * averages over the least number of bars even where the most is below it.
 */
const WELL_DEFINED: readonly (readonly [least: number | string, port: string, functions: readonly string[]])[] = [
  [2, 'signalPeriod', ['MACD', 'MACDFIX']],
  [2, 'timePeriod', ['TRIX']],
  [2, 'timePeriod3', ['ULTOSC']],
  ['minPeriod', 'maxPeriod', ['MAVP']],
];

function someParams(name: string, block: KernelBlock, random: Random): Params {
  const params: Record<string, number | string> = {};
  for (const port of optionPorts(block)) params[port.name] = someValue(port, random);
  for (const [least, port, functions] of WELL_DEFINED) {
    if (functions.includes(name))
      params[port] = Math.max(Number(params[port]), typeof least === 'number' ? least : Number(params[least]));
  }
  return params;
}

function someValue(port: Port, random: Random): number | string {
  if (port.options) return port.options[whole(random, 0, port.options.length - 1)] ?? '';
  const least = port.min ?? -4;
  if (!port.integer) return between(random, least, Math.min(port.max ?? 4, 4));
  const reach = random() < 0.2 ? 3 : random() < 0.8 ? 40 : 400;
  return whole(random, least, Math.min(port.max ?? least + reach, least + reach));
}

/** Functions that are defined only near zero, or overflow beyond it. */
const REACH: Readonly<Record<string, number>> = { ACOS: 1.02, ASIN: 1.02, EXP: 700, SINH: 700, COSH: 700 };

function columnsOf(
  name: string,
  block: KernelBlock,
  kind: SeriesKind,
  length: number,
  random: Random,
): readonly Float64Array[] {
  const bars: Readonly<Record<string, Float64Array>> =
    name.startsWith('CDL') && random() < 0.5 ? candleBars(length, random) : madeUpBars(kind, length, random);
  const series = block.inputs
    .filter(({ type }) => isSeriesPort(type))
    .map((port): Float64Array => {
      if (port.name === 'periods') return new Float64Array(length).map(() => between(random, -1, 60));
      const column = madeUpSeries(kind, length, random);
      const reach = REACH[name];
      return reach === undefined ? column : column.map((x) => reach * Math.sin(x));
    });
  return [
    ...(block.reads ?? []).map((read: string) => bars[read === 'date' ? 'time' : read] ?? new Float64Array(length)),
    ...series,
  ];
}
