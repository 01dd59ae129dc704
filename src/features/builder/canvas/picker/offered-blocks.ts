import type { Block } from '#core/formula/model/block.ts';
import { isRef, nodeOf, type Formula } from '#core/formula/model/formula.ts';
import { findBlocks } from '#core/formula/reference/find-blocks.ts';
import { fittingBlocks, functionBlocks, insertBlock } from '#features/graph/index.ts';
import type { Wanted } from '../use-add-at.ts';
import { likelyBlocks } from './likely.ts';

const isOwn = ({ kind }: Block): boolean => kind === 'call';

/** Those that are found among what fits: functions of the strategy by their name, then the blocks of the catalogue. */
export function searchedBlocks(fitting: ReadonlySet<Block>, query: string): readonly Block[] {
  const words = query.toLowerCase().split(/\s+/);
  const own = [...fitting].filter(
    (block) => isOwn(block) && words.every((word) => block.name.toLowerCase().includes(word)),
  );
  return [...own, ...findBlocks(query).filter((block) => fitting.has(block))];
}

/** Those that fit what they are for: of the formula as it is drawn. */
export function fittingFor(formula: Formula, wanted: Wanted): ReadonlySet<Block> {
  const all = [...functionBlocks(formula), ...findBlocks('')];
  if (wanted === null) return new Set(all);
  if (!('onto' in wanted)) return fittingBlocks(formula, all, wanted);
  const { onto } = wanted;
  const arg = nodeOf(formula, onto.node)?.args[onto.port];
  if (!isRef(arg)) return new Set();
  const taking = fittingBlocks(formula, all, { from: arg });
  const both = fittingBlocks(formula, [...taking], { to: onto });
  return new Set([...both].filter((block) => insertBlock(formula, block, { x: 0, y: 0 }, onto)));
}

export interface OfferedGroup {
  /** Empty where nothing needs to be said. */
  readonly title: string;
  readonly blocks: readonly Block[];
}

const MOST_RECENT = 5;

/**
 * What a picker shows before anything is typed: what is likely there, what the person has used lately, the rest in the
 * order of the reference.
 */
export function offeredBlocks(
  fitting: ReadonlySet<Block>,
  {
    formula,
    wanted,
    recent,
  }: { readonly formula: Formula; readonly wanted: Wanted; readonly recent: readonly string[] },
): readonly OfferedGroup[] {
  const byName = new Map([...fitting].map((block) => [block.name, block]));
  const take = (names: readonly string[]): Block[] =>
    names.flatMap((name) => {
      const block = byName.get(name);
      byName.delete(name);
      return block ? [block] : [];
    });
  const used = take(recent.filter((name) => byName.has(name)).slice(0, MOST_RECENT));
  const own = take([...byName.values()].filter(isOwn).map(({ name }) => name));
  const likely = take(likelyBlocks(formula, wanted));
  const groups = [
    { title: 'Recently used', blocks: used },
    { title: 'Functions', blocks: own },
    { title: 'Likely here', blocks: likely },
    { title: used.length + own.length + likely.length > 0 ? 'All that fit' : '', blocks: [...byName.values()] },
  ];
  // Behind a wire, what is likely counts for more than what was used for something else.
  const ordered =
    wanted === null ? groups : [groups[2], groups[0], groups[1], groups[3]].flatMap((group) => group ?? []);
  return ordered.filter(({ blocks }) => blocks.length > 0);
}
