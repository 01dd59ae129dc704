import type { SearchQuery } from '@codemirror/search';
import type { EditorState } from '@codemirror/state';

export interface Matches {
  /** Which match is selected, from 1; 0 when none is. */
  readonly current: number;
  readonly total: number;
  /** There are more than were counted. */
  readonly isMore: boolean;
}

/** Counting goes over the whole text at each key: a formula has fewer uses of anything worth looking for. */
const MOST_COUNTED = 1000;

/** How many matches of a valid query the text has, and which of them is selected. */
export function countMatches(state: EditorState, query: SearchQuery): Matches {
  const { from, to } = state.selection.main;
  let [current, total] = [0, 0];
  const cursor = query.getCursor(state);
  for (let match = cursor.next(); !match.done; match = cursor.next()) {
    if (total === MOST_COUNTED) return { current, total, isMore: true };
    total += 1;
    if (match.value.from === from && match.value.to === to) current = total;
  }
  return { current, total, isMore: false };
}
