import { describe, expect, it } from 'vitest';
import { idOf } from '#core/requests/ids.ts';
import { standingOf, stateOf, type ReviewRow } from './review-state.tsx';

const person = (verdict: 'approved' | 'changes' | null, contentHash: string | null, isWaiting = false) => ({
  userId: idOf('user', crypto.randomUUID()),
  name: 'Rita',
  askedAt: 0,
  isWaiting,
  verdict,
  contentHash,
});

const review = (people: ReviewRow['people'], state: ReviewRow['state'] = 'open'): ReviewRow => ({
  id: idOf('review', 'r'),
  formulaId: idOf('formula', 'f'),
  formulaName: 'Cross',
  title: 'Look',
  state,
  author: null,
  versionId: idOf('version', 'v'),
  versionNumber: 2,
  contentHash: 'now',
  baseId: null,
  baseNumber: null,
  isEditedSince: false,
  createdAt: 0,
  updatedAt: 0,
  people,
});

describe('where people stand in a review', () => {
  it('a verdict is stale for any other content than it is of', () => {
    expect(standingOf(person('approved', 'now'), 'now')).toBe('approved');
    expect(standingOf(person('approved', 'then'), 'now')).toBe('stale');
    expect(standingOf(person('changes', 'then'), 'now')).toBe('stale');
    expect(standingOf(person(null, null, true), 'now')).toBe('waiting');
    expect(standingOf(person(null, null), 'now')).toBe('silent');
  });

  it('a review is approved by all who are asked, and stale as soon as the draft says something else', () => {
    const approved = review([person('approved', 'now'), person('approved', 'now')]);
    expect(stateOf(approved).label).toBe('approved');
    expect(stateOf(approved, 'edited').label).toBe('stale');
    expect(stateOf(review([person('approved', 'now'), person(null, null, true)])).label).toBe('1 of 2 approved');
    expect(stateOf(review([person('approved', 'now'), person('approved', 'then')])).label).toBe('partly stale');
    expect(stateOf(review([person('approved', 'now'), person('changes', 'now')])).label).toBe('changes asked for');
    expect(stateOf(review([], 'withdrawn')).label).toBe('withdrawn');
  });
});
