import type { Block } from '../model/block.ts';
import { groupBlocks } from './groups.ts';
import { symbolOf } from './symbol-of.ts';
import { SYNONYMS } from './synonyms.ts';

interface Entry {
  readonly block: Block;
  /** How code writes it: its name, or its sign. */
  readonly names: readonly string[];
  readonly title: string;
  /** What else people call it. */
  readonly synonyms: readonly string[];
  readonly rest: string;
}

const ENTRIES: readonly Entry[] = groupBlocks().flatMap(({ title, blocks }) =>
  blocks.map((block) => ({
    block,
    names: [...new Set([block.name.toLowerCase(), symbolOf(block)])],
    title: block.title.toLowerCase(),
    synonyms: SYNONYMS[block.name] ?? [],
    rest: [
      title,
      block.help,
      block.source,
      ...block.outputs.map(({ name }) => name),
      ...block.inputs.map(({ name }) => name),
    ]
      .join(' ')
      .toLowerCase(),
  })),
);

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Blocks in the order of the reference; with a query those in which every word is found, the nearest first. */
export function findBlocks(query: string): readonly Block[] {
  const whole = query.trim().toLowerCase();
  const words = wordsOf(whole);
  if (words.length === 0) return ENTRIES.map(({ block }) => block);
  return ENTRIES.map((entry) => ({
    block: entry.block,
    distance: wholeDistance(entry, whole) ?? words.reduce((sum, word) => sum + distance(entry, word), 0),
  }))
    .filter((found) => Number.isFinite(found.distance))
    .sort((a, b) => a.distance - b.distance || a.block.name.length - b.block.name.length)
    .map(({ block }) => block);
}

/** Of a query that is a name as a whole; null where it is none. */
function wholeDistance({ names, title, synonyms }: Entry, query: string): number | null {
  if (names.includes(query)) return 0;
  if (title === query) return 0.25;
  return synonyms.includes(query) ? 0.5 : null;
}

/** 0 for a block of that name; the farther from its name a word is found, the more; Infinity where it is not. */
function distance({ names, title, synonyms, rest }: Entry, word: string): number {
  if (names.includes(word)) return 0;
  if (names.some((name) => name.startsWith(word))) return 1;
  if (title.split(/\W+/).some((part) => part.startsWith(word))) return 2;
  if (synonyms.some((synonym) => wordsOf(synonym).some((part) => part.startsWith(word)))) return 3;
  if (names.some((name) => name.includes(word)) || title.includes(word)) return 4;
  // A mention counts where a word begins: `less` is not in `unless`.
  return rest.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)) ? 8 : Number.POSITIVE_INFINITY;
}
