import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UNTAKEN } from '#server/policies/limits.ts';
import { cut, Untaken, type HeldAnswer } from './untaken.ts';

const BODY = new Uint8Array(3 * UNTAKEN.large);
const ada = { person: 'ada', organisation: 'acme' };
const stays = (): AbortSignal => new AbortController().signal;

let untaken: Untaken;
/** One answer of `BODY`'s size, and what hands it on. */
function answer(gone = stays(), payer = ada): ReadableStream<Uint8Array> {
  const held = untaken.hold(payer);
  held.grow(BODY.length);
  return held.handOn(cut(BODY), gone);
}
const counts = () => [untaken.count('ada').large, untaken.count('acme').large];

beforeEach(() => {
  untaken = new Untaken();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a large answer', () => {
  it('counts until it is taken, of its person and of the organisation', async () => {
    const reader = answer().getReader();
    for (let piece = 0; piece < 3; piece += 1) {
      expect(counts()).toEqual([1, 1]);
      expect((await reader.read()).value?.length).toBe(UNTAKEN.large);
    }
    expect((await reader.read()).done).toBe(true);
    expect(counts()).toEqual([0, 0]);
    expect(untaken.count('ada').bytes).toBe(0);
  });

  it('counts no longer once the asker has left, though nobody pulls and nobody cancels', () => {
    const asker = new AbortController();
    answer(asker.signal);
    expect(counts()).toEqual([1, 1]);
    asker.abort();
    expect(counts()).toEqual([0, 0]);
    answer(asker.signal);
    expect(counts()).toEqual([0, 0]);
  });

  it('counts no longer than its time, though nobody begins to take it', () => {
    answer();
    vi.advanceTimersByTime(UNTAKEN.pieceMs - 1);
    expect(counts()).toEqual([1, 1]);
    vi.advanceTimersByTime(1);
    expect(counts()).toEqual([0, 0]);
  });

  it('ends by time also while its next piece is being made', async () => {
    const held = untaken.hold(ada);
    held.grow(BODY.length);
    const frozen = new Promise<void>(() => undefined);
    async function* pieces(): AsyncGenerator<Uint8Array> {
      yield BODY;
      await frozen;
    }
    const reader = held.handOn(pieces(), stays()).getReader();
    await reader.read();
    const next = expect(reader.read()).rejects.toThrow('The answer was not made in time.');
    await vi.advanceTimersByTimeAsync(UNTAKEN.madeMs - 1);
    expect(counts()).toEqual([1, 1]);
    await vi.advanceTimersByTimeAsync(1);
    await next;
    expect(counts()).toEqual([0, 0]);
  });

  it('is counted off once, whatever happens in the end', async () => {
    const asker = new AbortController();
    const first = answer(asker.signal);
    answer();
    await first.cancel();
    asker.abort();
    vi.advanceTimersByTime(UNTAKEN.pieceMs - 1);
    expect(counts()).toEqual([1, 1]);
  });

  it('is written no further than it is taken', async () => {
    let written = 0;
    function* pieces(): Generator<Uint8Array> {
      for (;;) {
        written += 1;
        yield new Uint8Array(10);
      }
    }
    const reader = untaken.hold(ada).handOn(pieces(), stays()).getReader();
    await reader.read();
    await reader.read();
    expect(written).toBe(2);
  });
});

describe('more is refused', () => {
  const hold = (payer: { person: string; organisation: string }, bytes: number): HeldAnswer => {
    const held = untaken.hold(payer);
    held.grow(bytes);
    return held;
  };

  it('by the number of large answers of a person, and small ones go on', () => {
    for (let index = 0; index < UNTAKEN.person.heavy; index += 1) answer();
    expect(() => untaken.refuseMore(ada, 'heavy')).toThrow(/Earlier answers have not been taken yet/);
    untaken.refuseMore(ada, 'any');
    for (let index = 0; index < 500; index += 1) hold({ person: 'ben', organisation: 'b' }, 1_000);
    untaken.refuseMore({ person: 'ben', organisation: 'b' }, 'heavy');
  });

  it('by bytes, also of answers that are not sent yet', () => {
    const batch = untaken.hold(ada);
    for (let call = 0; call < 32; call += 1) batch.grow(UNTAKEN.person.bytes / 32);
    expect(() => untaken.refuseMore(ada, 'any')).toThrow(/Wait 5 seconds/);
    batch.end();
    untaken.refuseMore(ada, 'any');
  });

  it('by organisation, whoever of its people asks', () => {
    for (let index = 0; index < UNTAKEN.organisation.heavy; index += 1)
      answer(stays(), { ...ada, person: String(index) });
    expect(() => untaken.refuseMore({ ...ada, person: 'new' }, 'heavy')).toThrow(/Wait/);
    untaken.refuseMore({ person: 'new', organisation: 'other' }, 'heavy');
  });

  it('by what all have, except to an organisation that has little', () => {
    for (let index = 0; index * UNTAKEN.fewOfOrganisation < UNTAKEN.all; index += 1)
      hold({ person: `p${index}`, organisation: `o${index}` }, UNTAKEN.fewOfOrganisation);
    expect(() => untaken.refuseMore({ person: 'x', organisation: 'o1' }, 'any')).toThrow(/Wait/);
    untaken.refuseMore({ person: 'x', organisation: 'new' }, 'heavy');
  });
});
