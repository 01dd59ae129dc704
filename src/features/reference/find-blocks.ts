import type { Block } from '#core/formula/block.ts';
import { groupBlocks } from '#core/formula/reference/groups.ts';

interface Entry {
  readonly block: Block;
  /** How code writes it: its name, or its sign. */
  readonly names: readonly string[];
  readonly title: string;
  readonly rest: string;
}

const ENTRIES: readonly Entry[] = groupBlocks().flatMap(({ title, blocks }) => blocks.map((block) => ({
  block,
  names: [block.name.toLowerCase(), ...(block.syntax && 'symbol' in block.syntax ? [block.syntax.symbol] : [])],
  title: block.title.toLowerCase(),
  rest: [title, block.help, block.source, ...block.outputs.map(({ name }) => name), ...block.inputs.map(({ name }) => name)].join(' ').toLowerCase(),
})));

/** Blocks in the order of the reference; with a query those in which every word is found, the nearest first. */
export function findBlocks(query: string): readonly Block[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return ENTRIES.map(({ block }) => block);
  return ENTRIES.map((entry) => ({ block: entry.block, distance: words.reduce((sum, word) => sum + distance(entry, word), 0) }))
    .filter((found) => Number.isFinite(found.distance))
    .sort((a, b) => a.distance - b.distance || a.block.name.length - b.block.name.length)
    .map(({ block }) => block);
}

/** 0 for a block of that name; the farther from its name a word is found, the more; Infinity where it is not. */
function distance({ names, title, rest }: Entry, word: string): number {
  if (names.includes(word)) return 0;
  if (names.some((name) => name.startsWith(word))) return 1;
  if (title.split(/\W+/).some((part) => part.startsWith(word))) return 2;
  if (names.some((name) => name.includes(word)) || title.includes(word)) return 4;
  return rest.includes(word) ? 8 : Number.POSITIVE_INFINITY;
}
