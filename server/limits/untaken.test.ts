import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UNTAKEN } from '#server/policies/limits.ts';
import { Untaken } from './untaken.ts';

const BODY = new Uint8Array(3 * UNTAKEN.large);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a large answer', () => {
  it('counts until it is taken', async () => {
    const untaken = new Untaken();
    const reader = untaken.inPieces('ada', BODY, new AbortController().signal).getReader();
    for (let piece = 0; piece < 3; piece += 1) {
      expect(untaken.count('ada')).toBe(1);
      await reader.read();
    }
    expect(untaken.count('ada')).toBe(0);
    expect((await reader.read()).done).toBe(true);
  });

  it('counts no longer once the asker has left, though nobody pulls and nobody cancels', () => {
    const untaken = new Untaken();
    const asker = new AbortController();
    untaken.inPieces('ada', BODY, asker.signal);
    expect(untaken.count('ada')).toBe(1);
    asker.abort();
    expect(untaken.count('ada')).toBe(0);
    untaken.inPieces('ada', BODY, asker.signal);
    expect(untaken.count('ada')).toBe(0);
  });

  it('counts no longer than its time, though nobody begins to take it', () => {
    const untaken = new Untaken();
    untaken.inPieces('ada', BODY, new AbortController().signal);
    vi.advanceTimersByTime(UNTAKEN.pieceMs - 1);
    expect(untaken.count('ada')).toBe(1);
    vi.advanceTimersByTime(1);
    expect(untaken.count('ada')).toBe(0);
  });

  it('is counted off once, whatever happens in the end', async () => {
    const untaken = new Untaken();
    const asker = new AbortController();
    const first = untaken.inPieces('ada', BODY, asker.signal);
    untaken.inPieces('ada', BODY, new AbortController().signal);
    await first.cancel();
    asker.abort();
    vi.advanceTimersByTime(UNTAKEN.pieceMs - 1);
    expect(untaken.count('ada')).toBe(1);
  });
});
