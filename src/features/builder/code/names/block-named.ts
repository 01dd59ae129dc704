import type { EditorState } from '@codemirror/state';
import { findBlock } from '#core/formula/blocks/catalogue.ts';
import { blockOfFunction } from '#core/formula/language/block-of-call.ts';
import { functionsOf } from '#core/formula/language/functions.ts';
import type { Block } from '#core/formula/model/block.ts';
import { parsedOf } from '../read-code.ts';

/** The functions that the text defines, as the blocks that calls of them are. */
export function functionBlocks(state: EditorState): readonly Block[] {
  const { formula } = parsedOf(state);
  return [...functionsOf(formula).keys()].flatMap((id) => blockOfFunction(formula, id) ?? []);
}

/** What a call of that name calls: a block of the catalogue, or a function of the text. */
export const blockNamed = (state: EditorState, name: string): Block | undefined =>
  findBlock(name) ?? functionBlocks(state).find((block) => block.name === name);
