import { nameTokens, tokensOf } from '../tokens.ts';
import type { TextChange } from './text-changes.ts';

/** The changes that give statements their new names wherever a code mentions them. */
export function renameTokens(code: string, renames: ReadonlyMap<string, string>): readonly TextChange[] {
  if (renames.size === 0) return [];
  return nameTokens(tokensOf(code)).flatMap(({ text, start, end }) => {
    const insert = renames.get(text);
    return insert === undefined ? [] : [{ from: start, to: end, insert }];
  });
}
