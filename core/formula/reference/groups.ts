import { BLOCKS } from '../blocks/catalogue.ts';
import type { Block, BlockGroup } from '../model/block.ts';

interface GroupTitle {
  readonly group: BlockGroup;
  readonly title: string;
  /** One line, in plain words. */
  readonly help: string;
}

/** The groups of blocks, in the order in which people look for them. */
const BLOCK_GROUPS: readonly GroupTitle[] = [
  { group: 'actions', title: 'Actions', help: 'What the strategy does: opening, closing, telling.' },
  { group: 'input', title: 'Inputs', help: 'Settings that a backtest, a sweep or a bot may change.' },
  { group: 'price', title: 'Prices', help: 'The bars themselves, their times, and the bars of other markets.' },
  {
    group: 'indicators',
    title: 'Indicators',
    help: 'Averages, bands, oscillators and the other studies of prices and volume.',
  },
  { group: 'windows', title: 'Windows', help: 'Statistics over the last bars.' },
  { group: 'events', title: 'Events', help: 'What happened, when, and how often.' },
  { group: 'logic', title: 'Logic', help: 'Comparisons, conditions and choices.' },
  { group: 'math', title: 'Math', help: 'Arithmetic on every bar.' },
  { group: 'position', title: 'Position', help: 'What the strategy holds, and how much an entry takes.' },
  {
    group: 'patterns',
    title: 'Candle patterns',
    help: 'Shapes of a few candles: 100 where they point up, -100 where they point down.',
  },
];

/** The groups that have blocks, each with its blocks in the order of their names. */
export function groupBlocks(
  blocks: readonly Block[] = BLOCKS,
): readonly (GroupTitle & { readonly blocks: readonly Block[] })[] {
  return BLOCK_GROUPS.map((group) => ({
    ...group,
    blocks: blocks.filter((block) => block.group === group.group).sort((a, b) => (a.name < b.name ? -1 : 1)),
  })).filter((group) => group.blocks.length > 0);
}
