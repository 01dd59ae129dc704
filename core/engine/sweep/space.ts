import { addDecimals } from '#core/elementary/add-decimals.ts';
import { toDecimal } from '#core/elementary/to-decimal.ts';
import type { Constant } from '#core/formula/facts/constants.ts';
import { err, ok, type Result } from '#core/result/result.ts';
import { randomOf } from '../chance/random.ts';

/** Values that an input takes, one after the other. */
export interface Axis {
  readonly name: string;
  readonly values: readonly Exclude<Constant, null>[];
}

/** Which of all combinations are tried: every one, or so many of them, drawn without repeating one. */
export type Search =
  { readonly kind: 'grid' } | { readonly kind: 'random'; readonly samples: number; readonly seed: number };

/** Values of inputs, by name. */
export type Inputs = Readonly<Record<string, Exclude<Constant, null>>>;

/** Settings of a sweep. A million of them take minutes to plan alone. */
const MOST_CANDIDATES = 1_000_000;

/**
 * Steps of a range are counted, not added up, and rid of what binary fractions leave: 0.1..0.3 in steps of 0.1 is 0.1,
 * 0.2, 0.3.
 */
export function rangeOf(from: number, to: number, step: number): number[] {
  if (!(step > 0) || !(to >= from)) return [];
  const count = Math.floor(addDecimals(to, -from) / step + 1e-9) + 1;
  return count > MOST_CANDIDATES
    ? []
    : Array.from({ length: count }, (_, index) => addDecimals(from, toDecimal(index * step)));
}

/**
 * How many settings a search tries, without drawing any: O(axes). Fails in words when an axis is empty, or for too
 * many.
 */
export function countCandidates(axes: readonly Axis[], search: Search): Result<number, string> {
  const empty = axes.find(({ values }) => values.length === 0);
  if (empty) return err(`There are no values for the input \`${empty.name}\`.`);
  const total = axes.reduce((product, { values }) => product * values.length, 1);
  const count = search.kind === 'random' ? Math.min(search.samples, total) : total;
  if (!(count <= MOST_CANDIDATES))
    return err(
      `That would be ${total.toLocaleString('en')} settings, and at the most ${MOST_CANDIDATES.toLocaleString('en')} can be run: take larger steps, or a random search.`,
    );
  return ok(count);
}

/** Settings in their order. An array of them is one; `candidatesIn` makes each when it is asked for. */
export interface Candidates {
  readonly length: number;
  at(index: number): Inputs | undefined;
}

/** The settings of a sweep, said in a few bytes however many there are. */
export interface Space {
  readonly axes: readonly Axis[];
  readonly search: Search;
  /** Places of those that are run, among all that the search tries; all of them unless said otherwise. */
  readonly only?: Uint32Array;
}

/**
 * The combinations of a grid or a random search, in the order of the grid: the last axis changes fastest. O(axes) for
 * those of a grid, and for their number alone; the first that is asked for of a random search draws all of it.
 */
export function candidatesIn({ axes, search, only }: Space): Result<Candidates, string> {
  const counted = countCandidates(axes, search);
  if (!counted.ok) return counted;
  const count = counted.value;
  const total = axes.reduce((product, { values }) => product * values.length, 1);
  let drawn: readonly number[] | null = null;
  const indexAt = (place: number): number | undefined =>
    count === total ? place : (drawn ??= draw(total, count, search.kind === 'random' ? search.seed : 0))[place];
  return ok({
    length: only ? only.length : count,
    at: (asked) => {
      const place = only ? only[asked] : asked;
      const index = place !== undefined && place >= 0 && place < count ? indexAt(place) : undefined;
      return index === undefined ? undefined : inputsAt(axes, index);
    },
  });
}

/** All of `candidatesIn` as a list. */
export function candidatesOf(axes: readonly Axis[], search: Search): Result<Inputs[], string> {
  const candidates = candidatesIn({ axes, search });
  return candidates.ok ? ok(listOf(candidates.value)) : candidates;
}

export const listOf = (candidates: Candidates): Inputs[] =>
  Array.from({ length: candidates.length }, (_, index) => candidates.at(index) ?? {});

function inputsAt(axes: readonly Axis[], index: number): Inputs {
  const inputs: Record<string, Exclude<Constant, null>> = {};
  let rest = index;
  for (const { name, values } of axes.toReversed()) {
    const value = values[rest % values.length];
    if (value !== undefined) inputs[name] = value;
    rest = Math.floor(rest / values.length);
  }
  return Object.fromEntries(axes.flatMap(({ name }) => (inputs[name] === undefined ? [] : [[name, inputs[name]]])));
}

/** So many different numbers below `total`, ascending, each as likely as any other (Floyd's sampling). */
function draw(total: number, count: number, seed: number): number[] {
  const random = randomOf(seed);
  const drawn = new Set<number>();
  for (let bound = total - count; bound < total; bound += 1) {
    const index = random.below(bound + 1);
    drawn.add(drawn.has(index) ? bound : index);
  }
  return [...drawn].sort((a, b) => a - b);
}
