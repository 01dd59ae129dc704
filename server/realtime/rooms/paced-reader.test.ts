import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { TokenBucket } from '#server/limits/token-bucket.ts';
import { PacedReader } from './paced-reader.ts';
import { WaitingLine } from './waiting-line.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const RATE = 100;
const BURST = 50;
const bucket = (): TokenBucket => new TokenBucket(RATE, BURST, performance.now());

interface Crowd {
  /** Of each person. */
  readonly sockets: readonly number[];
  readonly organisation?: TokenBucket;
}

/**
 * The sockets of people of one organisation, person after person, with which was read when; a message takes no time.
 */
function crowd({ sockets, organisation = new TokenBucket(1e9, 1e9, performance.now()) }: Crowd) {
  const line = new WaitingLine();
  const read: { readonly socket: number; readonly at: number }[] = [];
  const floods: number[] = [];
  const people = sockets.map((count) => {
    const shared = bucket();
    return Array.from({ length: count }, () => shared);
  });
  const readers = people.flat().map((shared, index) => {
    const socket = { readyState: 1, OPEN: 1, pause: () => undefined, resume: () => undefined } as unknown as WebSocket;
    const reader: PacedReader = new PacedReader({
      socket,
      own: bucket(),
      person: shared,
      organisation,
      line,
      limits: { message: 2_000_000 },
      onPaid: () => undefined,
      onFlood: () => floods.push(index),
      read: (data) => {
        reader.charge(data.length);
        reader.timed(() => vi.advanceTimersByTime(0));
        read.push({ socket: index, at: performance.now() });
      },
    });
    return reader;
  });
  return { readers, read, floods };
}
const person = (sockets: number) => crowd({ sockets: [sockets] });

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

  it('lets each message through as soon as the messages before it are paid, and never later', () => {
    vi.spyOn(process, 'threadCpuUsage').mockReturnValue({ user: 0, system: 0 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 32 }), fc.integer({ min: 1, max: 120 }), (sockets, each) => {
        const { readers, read } = person(sockets);
        const [began, message] = [performance.now(), new Uint8Array(10)];
        const cost = 1 + message.length / 16_384;
        for (const reader of readers) for (let turn = 0; turn < each; turn += 1) reader.take(message);
        vi.advanceTimersByTime(((sockets * each * cost) / RATE) * 1_000 + 2);
        expect(read.length).toBe(sockets * each);
        read.forEach(({ at }, before) => {
          // One message may be on credit, and a timer has whole milliseconds.
          const paid = Math.max(0, ((before * cost - BURST) / RATE) * 1_000);
          expect(at - began).toBeGreaterThanOrEqual(Math.floor(paid) - 1);
          expect(at - began).toBeLessThanOrEqual(paid + 2);
        });
      }),
      { numRuns: 40 },
    );
    vi.restoreAllMocks();
  });

  it('gives the sockets of a person their turns', () => {
    const { readers, read } = person(4);
    const message = new Uint8Array(10);
    for (const reader of readers.slice(0, 3)) for (let turn = 0; turn < 500; turn += 1) reader.take(message);
    const sent = read.length;
    readers[3]?.take(message);
    vi.advanceTimersByTime(1_000);
    // Behind one message of each other socket at the most.
    expect(read.slice(sent).findIndex(({ socket }) => socket === 3)).toBeLessThanOrEqual(3);
  });

  it('makes nobody wait for a colleague who floods, however many sockets the colleague has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 32 }), (hostile, sockets) => {
        const organisation = new TokenBucket(RATE, BURST, performance.now());
        const { readers, read } = crowd({
          sockets: [...Array.from({ length: hostile }, () => sockets), 1],
          organisation,
        });
        const message = new Uint8Array(10);
        const floods = readers.slice(0, -1);
        for (const reader of floods) for (let turn = 0; turn < 100; turn += 1) reader.take(message);
        vi.advanceTimersByTime(50);
        const sent = read.length;
        readers.at(-1)?.take(message);
        vi.advanceTimersByTime(1_000);
        expect(read.slice(sent).findIndex(({ socket }) => socket === readers.length - 1)).toBeGreaterThanOrEqual(0);
        expect(read.slice(sent).findIndex(({ socket }) => socket === readers.length - 1)).toBeLessThanOrEqual(hostile);
      }),
      { numRuns: 40 },
    );
  });
});
