import type { EditorState } from '@codemirror/state';
import type { CodePoint } from '#collab/presence.ts';
import type { NodeId } from '#core/formula/formula.ts';
import { partRanges, type PartRange } from '../text/text-field.ts';

/** A part of the text that colleagues may have too, and where its statement starts. */
interface Anchor {
  readonly ids: readonly (NodeId | null)[];
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

function anchorOf({ part, from, to }: PartRange): Anchor {
  if (part.kind === 'settled') return { ids: [part.printed.id], start: from + part.lead.length, from, to };
  const [first] = part.over;
  return { ids: part.over.map(({ printed }) => printed.id), start: Math.min(to, from + (first?.lead.length ?? 0)), from, to };
}

/** A place in this text as colleagues can find it in theirs. A statement that they don't have yet counts as the end of the one above. */
export function pointAt(state: EditorState, at: number): CodePoint {
  let above: CodePoint | undefined;
  for (const anchor of partRanges(state).map(anchorOf)) {
    const [id] = anchor.ids;
    if (id === undefined) {
      if (at <= anchor.to && above) return above;
      continue;
    }
    if (at <= anchor.to) return { node: id, offset: at - anchor.start };
    above = { node: id, offset: anchor.to - anchor.start };
  }
  return above ?? { node: null, offset: 0 };
}

/** Where a colleague's place is in this text: as near as the statement here lets it be. undefined while there is no such statement. */
export function placeOf(state: EditorState, { node, offset }: CodePoint): number | undefined {
  const anchor = partRanges(state).map(anchorOf).find(({ ids }) => ids.includes(node));
  return anchor && Math.max(anchor.from, Math.min(anchor.to, anchor.start + offset));
}
