import { SearchQuery } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { countMatches } from './count-matches.ts';

const stateOf = (doc: string, anchor = 0, head = anchor) => EditorState.create({ doc, selection: { anchor, head } });

describe('matches in the code', () => {
  it('are counted by the options of the query, and the selected match has its number', () => {
    const doc = 'fast = ema(close, 5)\nFastest = fast + 1';
    const count = (options: object, anchor = 0, head = 0) =>
      countMatches(stateOf(doc, anchor, head), new SearchQuery({ search: 'fast', ...options }));
    expect(count({})).toEqual({ current: 0, total: 3, isMore: false });
    expect(count({ caseSensitive: true }, 31, 35)).toEqual({ current: 2, total: 2, isMore: false });
    expect(count({ wholeWord: true }, 0, 4)).toEqual({ current: 1, total: 2, isMore: false });
    expect(count({ search: 'f.st', regexp: true })).toEqual({ current: 0, total: 3, isMore: false });
    expect(count({ search: 'slow' })).toEqual({ current: 0, total: 0, isMore: false });
  });

  it('are counted up to a bound', () => {
    expect(countMatches(stateOf('a '.repeat(5000)), new SearchQuery({ search: 'a' }))).toEqual({
      current: 0,
      total: 1000,
      isMore: true,
    });
  });
});
