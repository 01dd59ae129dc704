import { argumentOf, findPort } from '../blocks/catalogue.ts';
import type { Arg } from '../model/formula.ts';
import { behindNames } from './facts.ts';
import type { Graph, Vertex } from './graph.ts';
import type { ValueNumbers } from './value-numbers.ts';

/** The prices of one bar that lie between its low and its high. */
const WITHIN_BAR: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close']);

/** An argument whose other side it bounds: the value of a window that counts its own bar. */
export interface KnownOrder {
  /** The window; undefined where the two are prices of one bar. */
  readonly window: Arg | undefined;
}

/**
 * Whether a value is never above another, as far as prices of a bar and windows that count their own bar tell: `low`,
 * `close` and `highest(high, 20)` in this order. Both on the clock of the strategy. Null where that is not known.
 */
export function neverAbove(
  { graph, numbers }: { readonly graph: Graph; readonly numbers: ValueNumbers },
  low: Arg | undefined,
  high: Arg | undefined,
): KnownOrder | null {
  const [below, above] = [behindNames(graph, low), behindNames(graph, high)];
  if (!below || !above) return null;
  if (isPriceBelow(below, above)) return { window: undefined };
  if (above.node.block === 'highest' && isAtMost(low, below, sourceOf(above))) return { window: high };
  if (below.node.block === 'lowest' && isAtLeast(high, above, sourceOf(below))) return { window: low };
  return null;

  function isAtMost(arg: Arg | undefined, value: Vertex, source: Arg | undefined): boolean {
    const looked = behindNames(graph, source);
    return numbers.areSame(arg, source) || (looked !== undefined && isPriceBelow(value, looked));
  }

  function isAtLeast(arg: Arg | undefined, value: Vertex, source: Arg | undefined): boolean {
    const looked = behindNames(graph, source);
    return numbers.areSame(arg, source) || (looked !== undefined && isPriceBelow(looked, value));
  }
}

function sourceOf({ node, block }: Vertex): Arg | undefined {
  const port = block && findPort(block, 'source');
  return port && argumentOf(node, port);
}

/** Of one bar, on the strategy's own clock: prices of feeds are not compared. */
function isPriceBelow(below: Vertex, above: Vertex): boolean {
  if (!isOwnPrice(below) || !isOwnPrice(above) || below.node.block === above.node.block) return false;
  return below.node.block === 'low' || above.node.block === 'high';
}

const isOwnPrice = ({ node, block }: Vertex): boolean =>
  WITHIN_BAR.has(node.block) && (block?.inputs ?? []).every(({ name }) => (node.args[name] ?? null) === null);
