import type { Vertex } from '../facts/graph.ts';
import type { Block, Implied } from '../model/block.ts';
import { isRef, type Arg } from '../model/formula.ts';
import type { Values } from './values.ts';

/** As `and`, `or` and the actions take it: `na` is not true. */
export const isTrue = (value: number): boolean => value === 1;

interface Compared {
  readonly vertex: Vertex;
  readonly block: Block;
  readonly bar: number;
  readonly isYes: boolean;
  readonly implied: readonly Implied[];
  readonly argOf: (port: string) => Arg | undefined;
}

const CROSSINGS: Readonly<Record<string, string>> = {
  crossover: 'crossed above',
  crossunder: 'crossed below',
  cross: 'crossed',
};

const SIGNS: Readonly<Record<string, string>> = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', neq: '!=' };

/** What a comparison says, with both sides: `fastLine 101.2 > slowLine 101.9`, or what it lacks. */
export function describeRelations(values: Values, compared: Compared): string {
  const { vertex, block, bar, isYes, implied, argOf } = compared;
  const [x, y] = [argOf('x'), argOf('y')];
  const crossed = CROSSINGS[block.name];
  if (crossed !== undefined) return describeCrossing(values, { x, y, crossed, bar, isYes });
  const sign = SIGNS[block.name];
  const [a, b] = [argOf('a'), argOf('b')];
  if (isYes && sign !== undefined) return `${values.side(a, bar)} ${sign} ${values.side(b, bar)}`;
  if (isYes)
    return implied
      .map(([low, relation, high]) => `${values.side(argOf(low), bar)} ${relation} ${values.side(argOf(high), bar)}`)
      .join(' and ');
  const compares = new Set(implied.flatMap(([low, , high]) => [low, high]));
  const sides = block.inputs
    .filter(({ name }) => compares.has(name))
    .map(({ name }) => argOf(name))
    .filter(isRef)
    .map((arg) => values.side(arg, bar));
  return `\`${values.expression(vertex.id)}\` was false${sides.length > 0 ? `: ${sides.join(', ')}` : ''}`;
}

interface Crossed {
  readonly x: Arg | undefined;
  readonly y: Arg | undefined;
  readonly crossed: string;
  readonly bar: number;
  readonly isYes: boolean;
}

function describeCrossing(values: Values, { x, y, crossed, bar, isYes }: Crossed): string {
  const now = `${values.side(x, bar)}, ${values.side(y, bar)}`;
  // What is computed on the bars of a feed had another bar before.
  const isKnown = bar > 0 && (values.isOwnClock(x) || values.isOwnClock(y));
  const before = isKnown ? `; a bar before ${values.shown(x, bar - 1)}, ${values.shown(y, bar - 1)}` : '';
  const verb = isYes ? crossed : crossed.replace(/^crossed/, 'did not cross');
  return `${values.label(x)} ${verb} ${values.label(y)} at this bar (${now}${before})`;
}

interface Missing {
  readonly arg: Arg;
  readonly bar: number;
  /** Bars that the block itself waits for; 0 where it lacks something else. */
  readonly lookback: number;
}

/** Why a number is not there. */
export function describeMissing(values: Values, { arg, bar, lookback }: Missing): string {
  const text = `${values.label(arg)} had no value (na)`;
  const warmUp = isRef(arg) ? values.warmUpOf(arg.from) : null;
  return lookback > 0 && warmUp !== null && bar < warmUp
    ? `${text}: it begins with bar ${warmUp + 1}, this is bar ${bar + 1}`
    : text;
}
