import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import { PacedReader } from './paced-reader.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RATE = 100;
const BURST = 50;
const bucket = (): TokenBucket => new TokenBucket(RATE, BURST, performance.now());

/** Sockets of one person, each with what was read of it; a message is the milliseconds that it takes. */
function person(sockets: number) {
  const [shared, organisation] = [bucket(), new TokenBucket(1e9, 1e9, performance.now())];
  const read: number[] = [];
  const floods: number[] = [];
  const readers = Array.from({ length: sockets }, (_, index) => {
    const socket = { readyState: 1, OPEN: 1, pause: () => undefined, resume: () => undefined } as unknown as WebSocket;
    const reader: PacedReader = new PacedReader({
      socket,
      own: bucket(),
      person: shared,
      organisation,
      limits: { message: 2_000_000 },
      onPaid: () => undefined,
      onFlood: () => floods.push(index),
      read: (data) => {
        reader.charge(data.length);
        reader.timed(() => vi.advanceTimersByTime(0));
        read.push(index);
      },
    });
    return reader;
  });
  return { readers, read, floods };
}

describe('reading as fast as is paid for', () => {
  it('reads no more of a person than burst and rate, over any number of sockets, and all of it in the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 60 }), (sockets, each) => {
        const { readers, read } = person(sockets);
        // In one piece, at one moment.
        for (const reader of readers)
          for (let message = 0; message < each; message += 1) reader.take(new Uint8Array(10));
        expect(read.length).toBeLessThanOrEqual(BURST + 1);
        vi.advanceTimersByTime(1_000);
        expect(read.length).toBeLessThanOrEqual(BURST + RATE + 2);
        vi.advanceTimersByTime(((sockets * each) / RATE) * 1_000 * 2 + 10_000);
        expect(read.length).toBe(sockets * each);
      }),
      { numRuns: 40 },
    );
  });

  it('charges nobody for a collection of garbage that falls into their message', () => {
    const { readers, read } = person(1);
    const [reader] = readers;
    const spent = vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 2_000_000, system: 0 });
    reader?.take(new Uint8Array(10));
    spent.mockRestore();
    reader?.take(new Uint8Array(10));
    // 150 ms at four pieces a millisecond, at a hundred pieces a second.
    vi.advanceTimersByTime(6_000);
    expect(read.length).toBe(2);
  });

  it('lets one message in debt, not one a socket', () => {
    const { readers, read } = person(32);
    for (const reader of readers) reader.take(new Uint8Array(16_384 * BURST * 4));
    expect(read.length).toBe(1);
  });

  it('gives up who sends more in one piece than anybody of ours', () => {
    const {
      readers: [reader],
      floods,
    } = person(1);
    for (let message = 0; message < 25_000; message += 1) reader?.take(Uint8Array.of(0));
    expect(floods.length).toBeGreaterThan(0);
  });
});
