import type { Graph, Vertex } from '../facts/graph.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { isRef } from '../model/formula.ts';
import { warningOf } from './report.ts';

/** What reads the volume of bars that have none. `without`: the symbols of such bars, null being the strategy's own. */
export function checkVolume({ vertices, find }: Graph, without: ReadonlySet<string | null>): Diagnostic[] {
  if (without.size === 0) return [];
  return vertices.flatMap((vertex) => {
    const symbols = symbolsOfVolume(vertex, find);
    const lacking = symbols.filter((symbol) => without.has(symbol));
    const [symbol] = lacking;
    if (symbol === undefined) return [];
    const name = vertex.node.name ?? vertex.node.block;
    const bars = symbol === null ? 'the bars' : `the bars of ${symbol}`;
    const message = `\`${name}\` reads the volume, which ${bars} do not have: it is missing (na) at every one of them.`;
    return [warningOf(vertex.id, 'no-volume', message)];
  });
}

/** Of whose bars a node reads the volume by itself: a block does that of its feed, and any node that is wired to it. */
function symbolsOfVolume({ node, block }: Vertex, find: Graph['find']): readonly (string | null)[] {
  const refs = Object.values(node.args).filter(isRef);
  const symbolOf = (id: string): string | null => {
    const symbol = find(id)?.node.args['symbol'];
    return typeof symbol === 'string' ? symbol : null;
  };
  const wired = refs
    .filter(({ from, output }) => output === 'volume' && find(from)?.block?.kind === 'feed')
    .map(({ from }) => symbolOf(from));
  if (block?.kind !== 'kernel' || block.reads?.includes('volume') !== true) return wired;
  const feed = node.args['feed'];
  return [...wired, isRef(feed) ? symbolOf(feed.from) : null];
}
